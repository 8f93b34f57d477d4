"""From round to sealed PDF: frozen, rendered in the background, sealed, published once, and checkable by others."""

import json
import shutil
import subprocess
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from agreements.documents import store
from agreements.history.models import Event
from agreements.pdf.keys import trusted_roots
from agreements.pdf.verify import verify_pdf
from agreements.reports.models import Report
from agreements.reports.operations import create_report, publish_report, render_report
from agreements.reports.queries import snapshot_of
from tests.world import TODAY, World, a_closed_round, an_update


def a_report(world: World, *, is_published: bool = False) -> Report:
    """A rendered report on the third round; published when asked."""
    report = create_report(world.round, by=world.coordinator, on=TODAY)
    report.refresh_from_db()
    return publish_report(report, by=world.colleague, on=TODAY) if is_published else report


def pdfsig(data: bytes, path) -> str:
    """What poppler, which is not ours, says of the signatures in a file."""
    path.write_bytes(data)
    assert shutil.which("pdfsig")
    return subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True).stdout


def test_a_coordinator_makes_reads_and_publishes_and_the_council_downloads(world, visit, tmp_path):
    an_update(world, value=52, status="at_risk")
    client = visit(world.coordinator)
    answer = client.post("/rapportages/nieuw/", {"round": world.round.pk})
    address = answer["Location"]
    assert address == "/rapportages/PA-2017-K3-1/"
    assert "klaar om te lezen" in client.get(address).content.decode()
    assert visit().get(address).status_code == 404, "nobody else sees a draft"

    own = visit(world.coordinator).get(address + "publiceren/")
    assert own.status_code == 403
    assert "U maakte deze rapportage zelf." in own.content.decode()
    client = visit(world.colleague)
    assert "Dit kunt u niet ongedaan maken." in client.get(address + "publiceren/").content.decode()
    assert client.post(address + "publiceren/").status_code == 303

    page = visit(world.councillor).get(address)
    assert "Digitaal verzegeld door" in page.content.decode()
    download = client.get("/rapportages/PA-2017-K3-1.pdf")
    data = b"".join(download.streaming_content)
    assert "Signature is Valid." in pdfsig(data, tmp_path / "echt.pdf")
    assert verify_pdf(data, trust=trusted_roots()).is_genuine

    place = data.index(b"stream") + 100
    changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
    assert "Signature is Valid." not in pdfsig(changed, tmp_path / "veranderd.pdf")
    assert not verify_pdf(changed, trust=trusted_roots()).is_genuine


def test_a_download_streams_the_stored_file_and_answers_304(world, client):
    report = a_report(world, is_published=True)
    address = f"/rapportages/{report.number}.pdf"
    first = client.get(address)
    assert b"".join(first.streaming_content) == store.read(report.sha256)
    assert first["ETag"] == f'"{report.sha256}"'
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_snapshot_never_changes(world):
    an_update(world, value=52)
    report = a_report(world)
    an_update(world, value=70)
    rows = {row["code"]: row for row in snapshot_of(Report.objects.get(pk=report.pk))["commitments"]}
    assert [update["value"] for update in rows["17-01"]["updates"]] == ["52"]
    assert rows["17-02"]["status"] == "no_data", "silence is printed as silence"


def test_a_report_holds_the_controlepunt_of_its_moment(world):
    an_update(world)
    report = a_report(world)
    event = Event.objects.get(number=report.checkpoint_count)
    assert event.digest == report.checkpoint_digest == snapshot_of(report)["report"]["checkpoint"]["digest"]


def test_a_report_tells_what_changed_since_the_published_one_before(world):
    earlier = a_closed_round(world, "2017-K2", "Tweede kwartaal 2017", date(2017, 6, 30))
    first = create_report(earlier, by=world.coordinator, on=TODAY)
    publish_report(first, by=world.colleague, on=TODAY)
    an_update(world, value=52, status="at_risk")
    report = a_report(world)
    found = snapshot_of(report)["changes"]
    assert [(change["code"], change["was"], change["now"]) for change in found] == [
        ("17-01", "no_data", "at_risk")
    ]
    assert report.previous == first


def test_nobody_but_a_coordinator_publishes(world, visit):
    report = a_report(world)
    for name in ("reporter", "director", "chair", "councillor", "stranger"):
        answer = visit(world.cast[name]).post(f"/rapportages/{report.number}/publiceren/")
        assert answer.status_code == 404, name
    report.refresh_from_db()
    assert report.state == "ready"


def test_a_report_is_published_once(world, visit):
    report = a_report(world, is_published=True)
    answer = visit(world.colleague).post(f"/rapportages/{report.number}/publiceren/")
    assert answer.status_code == 403
    assert "De stand is: Gepubliceerd." in answer.content.decode()
    assert Event.objects.filter(verb="reports.published").count() == 1


def test_without_a_seal_nothing_is_published_and_the_reason_is_told(world, visit, settings, tmp_path):
    report = a_report(world)
    settings.SEAL_P12 = tmp_path / "weg.p12"
    answer = visit(world.colleague).post(f"/rapportages/{report.number}/publiceren/")
    assert answer.status_code == 422
    assert "Verzegelen lukt nu niet. Het bestand met het zegel is er niet." in answer.content.decode()
    report.refresh_from_db()
    assert (report.state, report.sha256) == ("ready", "")


def test_rendering_that_takes_too_long_fails_with_a_reason_and_can_be_tried_again(world, visit):
    with override_settings(PDF_TIMEOUT=1, PDF_MEMORY_MB=100):
        report = a_report(world)
    assert report.state == "failed"
    client, address = visit(world.coordinator), f"/rapportages/{report.number}/"
    page = client.get(address).content.decode()
    assert "Het maken is niet gelukt" in page
    assert report.failure in page
    assert client.post(address + "opnieuw/").status_code == 303
    report.refresh_from_db()
    assert (report.state, report.failure) == ("ready", "")


def test_rendering_twice_gives_the_same_bytes_and_harms_nothing(world):
    report = a_report(world)
    Report.objects.filter(pk=report.pk).update(state="rendering", draft_sha256="")
    render_report.call(report.pk)
    again = Report.objects.get(pk=report.pk)
    assert again.draft_sha256 == report.draft_sha256
    publish_report(again, by=world.colleague, on=TODAY)
    render_report.call(report.pk)
    assert Report.objects.get(pk=report.pk).state == "published"


def test_a_report_in_the_making_refreshes_itself(world, visit):
    report = a_report(world)
    Report.objects.filter(pk=report.pk).update(state="rendering", progress=40, step="Pagina 4 is opgemaakt.")
    client = visit(world.coordinator)
    page = client.get(f"/rapportages/{report.number}/").content.decode()
    assert "Pagina 4 is opgemaakt." in page
    assert 'http-equiv="refresh"' in page
    assert 'hx-trigger="every 2s"' in page
    part = client.get(f"/rapportages/{report.number}/", headers={"HX-Request": "true", "HX-Target": "stand"})
    assert "<header" not in part.content.decode()


def test_verify_history_uses_the_controlepunt_in_published_reports(world, capsys):
    report = a_report(world, is_published=True)
    call_command("verify_history")
    assert "De geschiedenis is heel" in capsys.readouterr().out
    Report.objects.filter(pk=report.pk).update(checkpoint_digest="0" * 64)
    with pytest.raises(CommandError, match="Het controlepunt van rapportage PA-2017-K3-1 past niet"):
        call_command("verify_history")


def test_the_data_in_the_pdf_is_the_snapshot(world, tmp_path):
    import pikepdf

    an_update(world)
    report = a_report(world, is_published=True)
    (tmp_path / "r.pdf").write_bytes(store.read(report.sha256))
    with pikepdf.open(tmp_path / "r.pdf") as pdf:
        inside = json.loads(pdf.attachments["rapportage.json"].get_file().read_bytes())
    assert inside == snapshot_of(report)
