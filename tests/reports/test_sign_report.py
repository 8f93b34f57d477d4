"""An alderman signs a report in a visible field: asked for when publishing, valid, conformant, published at once."""

import io
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError

from agreements.access.refusals import Refused
from agreements.accounts.models import User
from agreements.documents import store
from agreements.history.models import Event
from agreements.notifications.models import Notification
from agreements.notifications.operations import notify_people
from agreements.pdf.keys import trusted_roots
from agreements.pdf.verify import verify_pdf
from agreements.reports import document
from agreements.reports.models import Report
from agreements.reports.operations import (
    ask_signature,
    drop_signature,
    publish_report,
    share_report,
    sign_report,
)
from agreements.workspace.queries import count_tasks, tasks_of
from tests.pdf.conftest import broken_rules, run  # noqa: F401
from tests.reports.builders import a_draft, make_ready
from tests.reports.snapshots import a_commitment, a_snapshot
from tests.signing.builders import a_proof, a_signer
from tests.signing.test_sign import proved
from tests.world import TODAY, World

pytestmark = pytest.mark.usefixtures("no_worker")
TICKED = {"has_read": "on", "may_sign": "on"}


@pytest.fixture
def alderman(world: World) -> User:
    return a_signer(world.municipality)


@pytest.fixture
def report(world: World, page_to_sign: bytes) -> Report:
    """A draft for which the second coordinator asked a signature, made again by the worker."""
    asked = ask_signature(a_draft(world, page_to_sign), by=world.colleague, on=TODAY)
    assert asked.state == "rendering"
    return make_ready(asked, page_to_sign)


def fields(data: bytes) -> dict[str, bool]:
    """{name of a signature field: whether it is filled}."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {str(field.T): "/V" in field for field in pdf.Root.AcroForm.Fields}


def test_the_field_is_there_only_when_it_was_asked(page_to_sign):
    page = document.html(a_snapshot(a_commitment()))
    assert "wethouder" not in page
    assert fields(page_to_sign) == {"wethouder": False, "zegel": False}


def test_the_signature_is_valid_visible_and_conformant_and_publishes(
    world,
    report,
    alderman,
    client,
    broken_rules,  # noqa: F811
    run,  # noqa: F811
):
    signed = sign_report(report, by=alderman, on=TODAY, proof=a_proof())
    data = store.read(signed.sha256)
    verdict = verify_pdf(data, trust=trusted_roots())

    assert (signed.state, signed.published_by, signed.signed_by) == ("published", world.colleague, alderman)
    assert [one.field for one in verdict.signatures] == ["zegel", "wethouder"]
    assert verdict.is_genuine
    assert verdict.signatures[1].issued_for == "wethouder"
    assert data.startswith(store.read(report.draft_sha256)), "what was read is what was signed"
    assert set(broken_rules(signed=data).values()) == {"ok"}
    assert run("pdfsig", data, "-nocert").count("Signature is Valid") == 2
    assert "Getekend namens Gemeente Hilversum" in run("pdftotext", data, after=("-",))
    page = client.get(f"/rapportages/{report.number}/").content.decode()
    assert "Getekend door: " in page
    assert Event.objects.filter(verb="reports.signed", actor=alderman).count() == 1


def test_with_a_time_stamp_service_seal_and_signature_last(report, alderman, time_service):
    signed = sign_report(report, by=alderman, on=TODAY, proof=a_proof())
    verdict = verify_pdf(store.read(signed.sha256), trust=trusted_roots())
    assert [one.level for one in verdict.signatures] == ["B-LTA", "B-LTA", ""]
    assert signed.seal_level == "B-LTA"


def test_without_a_time_stamp_nothing_is_signed_or_published_and_later_it_is(report, alderman, time_service):
    time_service.fault = "nonsense"
    with pytest.raises(ValidationError, match="De tijdstempeldienst geeft geen goed antwoord"):
        sign_report(report, by=alderman, on=TODAY, proof=a_proof())
    report.refresh_from_db()
    assert (report.state, report.signed_at, report.sha256) == ("ready", None, "")
    time_service.fault = ""
    assert sign_report(report, by=alderman, on=TODAY, proof=a_proof()).is_published


def test_in_the_browser_with_task_message_proof_and_ticks(world, report, alderman, visit):
    while notify_people():
        pass
    assert Notification.objects.get(user=alderman, kind="duty").title == "Teken een rapportage"
    assert [task.address for task in tasks_of(alderman)] == ["reports:sign_report"]
    assert count_tasks(User.objects.get(pk=alderman.pk)) == 1
    client, address = visit(alderman), f"/rapportages/{report.number}/tekenen/"
    assert address in client.get(f"/rapportages/{report.number}/").content.decode()
    page = client.get(address).content.decode()
    assert "Zet inloggen in twee stappen aan" in page
    assert client.post(address, TICKED).status_code == 303, "no second factor yet"
    answer = proved(client).post(address, {})
    assert answer.status_code == 422
    assert "Zet een vinkje bij ‘Ik heb de rapportage gelezen’." in answer.content.decode()
    assert client.post(address, TICKED).status_code == 303
    report.refresh_from_db()
    assert report.is_published


@pytest.mark.parametrize(("seconds", "is_accepted"), [(299, True), (301, False)])
def test_the_proof_is_at_most_five_minutes_old(report, alderman, seconds, is_accepted):
    given: dict[str, Any] = {"by": alderman, "on": TODAY, "proof": a_proof(seconds)}
    if is_accepted:
        assert sign_report(report, **given).is_published
    else:
        with pytest.raises(Refused, match="langer dan vijf minuten"):
            sign_report(report, **given)


def test_nobody_else_signs_or_reads_the_draft(world, report, visit):
    stranger = a_signer(world.heideveld)
    for user in (*world.cast.values(), stranger):
        with pytest.raises(Refused):
            sign_report(report, by=user, on=TODAY, proof=a_proof())
    address = f"/rapportages/{report.number}/"
    for user in (stranger, world.chair, world.councillor, None):
        assert visit(user).get(address).status_code == 404


def test_meanwhile_it_is_not_published_or_shared_and_one_can_go_on_without(world, report, alderman):
    with pytest.raises(Refused, match="wacht op de handtekening"):
        publish_report(report, by=world.colleague, on=TODAY)
    with pytest.raises(Refused, match="al een handtekening gevraagd"):
        share_report(report, by=world.coordinator, on=TODAY, until=TODAY)
    without = drop_signature(report, by=world.coordinator, on=TODAY)
    assert (without.state, without.awaits_signature) == ("rendering", False)
    make_ready(without, store.read(report.draft_sha256))
    with pytest.raises(Refused, match="kunt deze rapportage nu niet tekenen"):
        sign_report(report, by=alderman, on=TODAY, proof=a_proof())
    assert publish_report(report, by=world.colleague, on=TODAY).signed_at is None


def test_who_made_it_does_not_ask_and_a_summary_of_one_page_has_no_place(world, page_to_sign, visit):
    with pytest.raises(Refused, match="U maakte deze rapportage zelf"):
        ask_signature(a_draft(world, page_to_sign), by=world.coordinator, on=TODAY)
    with pytest.raises(Refused, match="geen plaats voor een handtekening"):
        ask_signature(a_draft(world, page_to_sign, kind="council"), by=world.colleague, on=TODAY)


def test_the_pages_of_asking_and_doing_without(world, page_to_sign, visit):
    report = a_draft(world, page_to_sign)
    client, address = visit(world.colleague), f"/rapportages/{report.number}/"
    assert address + "handtekening-vragen/" in client.get(address + "publiceren/").content.decode()
    assert "meteen gepubliceerd" in client.get(address + "handtekening-vragen/").content.decode()
    assert client.post(address + "handtekening-vragen/").status_code == 303
    make_ready(Report.objects.get(pk=report.pk), page_to_sign)
    page = client.get(address).content.decode()
    assert "wacht op de handtekening van een wethouder" in page
    assert address + "publiceren/" not in page
    assert client.post(address + "zonder-handtekening/").status_code == 303
    assert client.get(address + "zonder-handtekening/").status_code == 405
    assert not Report.objects.get(pk=report.pk).awaits_signature


def test_a_draft_that_was_made_again_while_somebody_signed_is_not_published(report, alderman, monkeypatch):
    """The bytes that are published are those that were read."""
    from agreements.reports.operations import signature

    finish = signature.finished_file

    def finish_slowly(*given: Any, **named: Any) -> Any:
        finished = finish(*given, **named)
        Report.objects.filter(pk=report.pk).update(draft_sha256="f" * 64)
        return finished

    monkeypatch.setattr(signature, "finished_file", finish_slowly)
    with pytest.raises(ValidationError, match="net opnieuw gemaakt"):
        sign_report(report, by=alderman, on=TODAY, proof=a_proof())
    assert not Report.objects.get(pk=report.pk).is_published
