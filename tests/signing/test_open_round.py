"""A coordinator freezes the text; the worker makes the document; ending a round lets the text change."""

import io
import json
import re
from datetime import timedelta

import pikepdf
import pytest
from django.core.exceptions import ValidationError

from agreements.access.refusals import Refused
from agreements.agreement.models import YearSlice
from agreements.commitments.models import Commitment
from agreements.commitments.operations import edit_commitment
from agreements.documents import store
from agreements.history.models import Event
from agreements.parties.models import Party
from agreements.process.operations import change_phase
from agreements.signing.models import SigningRound
from agreements.signing.operations import decline, end_round, open_round, render_document, sign
from tests.signing.builders import DUE, a_proof, a_signer, an_open_round, in_phase_signing, seat_of
from tests.world import TODAY

ADDRESS = "/jaarschijven/2018/ondertekening/nieuw/"
REASON = "De tekst over de huurprijs moet toch anders."


def test_a_coordinator_opens_a_round_in_the_browser(world, visit):
    in_phase_signing(world)
    client = visit(world.coordinator)
    assert ADDRESS in client.get("/jaarschijven/2018/").content.decode()
    page = client.get(ADDRESS).content.decode()
    parties = Party.objects.all()
    assert page.count('name="parties"') == page.count("checked") == 4
    answer = client.post(ADDRESS, {"due_on": "01-12-2017", "parties": [party.pk for party in parties]})
    assert answer.status_code == 303
    assert answer["Location"] == "/jaarschijven/2018/ondertekening/1/"
    assert visit(world.coordinator).get("/jaarschijven/2018/ondertekening/1/").status_code == 200


def test_the_document_holds_exactly_the_text_and_a_field_for_each_party(round_):
    text = round_.content()
    (row,) = text["commitments"]
    assert (row["code"], row["text"]) == ("18-01", "Heideveld levert 60 woningen op.")
    data = store.read(round_.document_sha256)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fields = {str(field.T): "/V" in field for field in pdf.Root.AcroForm.Fields}
        inside = json.loads(pdf.attachments["jaarschijf.json"].get_file().read_bytes())
    expected = {f"partij-{key}": False for key in ("gh", "hv", "bw", "hrh")}
    assert fields == {**expected, "zegel": True, "slot": False}
    assert inside == text


def test_nobody_edits_while_a_round_runs_and_there_is_no_way_back(world, round_):
    with pytest.raises(Refused):
        edit_commitment(world.draft, by=world.coordinator, on=TODAY, version=1, changes={"text": "Anders."})
    year_slice = YearSlice.objects.get(year=2018)
    with pytest.raises(ValidationError, match="beëindig eerst ondertekening 1 van Jaarschijf 2018"):
        change_phase(
            year_slice, "consultation", seen="signing", by=world.coordinator, on=TODAY, why="Toch anders."
        )


def test_ending_needs_a_reason_and_then_the_text_can_change_and_be_signed_anew(world, round_, visit):
    hv, tenant = a_signer(world.heideveld), a_signer(seat_of(round_, "hrh").party)
    sign(seat_of(round_, "hv"), by=hv, on=TODAY, proof=a_proof())
    decline(seat_of(round_, "hrh"), by=tenant, on=TODAY, proof=a_proof(), reason=REASON)
    client = visit(world.coordinator)
    address = "/jaarschijven/2018/ondertekening/1/beeindigen/"
    assert client.post(address, {"reason": "Nee."}).status_code == 422
    assert client.post(address, {"reason": REASON}).status_code == 303
    assert client.post(address, {"reason": REASON}).status_code == 403
    for back in ("consultation", "concept"):
        year_slice = YearSlice.objects.get(year=2018)
        change_phase(
            year_slice, back, seen=year_slice.phase, by=world.coordinator, on=TODAY, why="Toch anders."
        )
    version = Commitment.objects.get(pk=world.draft.pk).version
    edit_commitment(world.draft, by=world.coordinator, on=TODAY, version=version, changes={"text": "Anders."})
    second = an_open_round(world)
    assert second.number == 2
    assert second.content()["commitments"][0]["text"] == "Anders."
    earlier = visit().get("/jaarschijven/2018/ondertekening/1/").content.decode()
    assert "Beëindigd op 15\xa0november 2017" in earlier
    assert "Getekend" in earlier, "earlier answers stay visible"
    assert "Huurdersraad Heideveld tekende niet" in earlier
    signed = visit().get("/jaarschijven/2018/ondertekening/1/ondertekend.pdf")
    assert b"".join(signed.streaming_content) == store.read(round_.revisions.last().sha256)


@pytest.mark.parametrize("phase", [p for p in YearSlice.Phase.values if p != "signing"])
def test_only_a_text_in_the_phase_of_signing_is_asked(world, phase):
    year_slice = in_phase_signing(world)
    year_slice.phase, year_slice.adopted_on = phase, TODAY
    year_slice.save()
    with pytest.raises(Refused, match="Breng hem eerst naar de fase ondertekening"):
        open_round(year_slice, by=world.coordinator, on=TODAY, due_on=DUE, parties=list(Party.objects.all()))


def test_there_is_one_round_at_a_time_and_only_coordinators_open_it(world, round_):
    for name in world.cast:
        with pytest.raises(Refused):
            an_open_round(world, by=world.cast[name])
    assert SigningRound.objects.count() == 1


def test_days_and_parties_must_make_sense(world):
    with pytest.raises(ValidationError, match="Deze dag is al voorbij"):
        an_open_round(world, due_on=TODAY - timedelta(days=1))
    with pytest.raises(ValidationError, match="Kies ook de gemeente"):
        an_open_round(world, parties=[world.heideveld])


def test_a_failed_document_is_told_and_made_again(world, settings, visit):
    seal = settings.SEAL_P12
    settings.SEAL_P12 = settings.VAR / "weg.p12"
    in_phase_signing(world)
    parties = list(Party.objects.all())
    year_slice = YearSlice.objects.get(year=2018)
    round_ = open_round(year_slice, by=world.coordinator, on=TODAY, due_on=DUE, parties=parties)
    round_.refresh_from_db()
    assert (round_.state, round_.failure) == ("failed", "Het bestand met het zegel is er niet.")
    assert visit().get("/jaarschijven/2018/ondertekening/1/").status_code == 404
    client = visit(world.coordinator)
    assert (
        "Het bestand met het zegel is er niet."
        in client.get("/jaarschijven/2018/ondertekening/1/").content.decode()
    )
    assert "Maak het document van jaarschijf 2018 opnieuw" in client.get("/mijn-taken/").content.decode()
    settings.SEAL_P12 = seal
    assert client.post("/jaarschijven/2018/ondertekening/1/opnieuw/").status_code == 303
    round_.refresh_from_db()
    assert round_.is_open


def test_a_second_worker_and_an_ended_round_change_nothing(world, round_):
    render_document.call(round_.pk)
    assert round_.revisions.count() == 1
    end_round(round_, by=world.coordinator, on=TODAY, reason=REASON)
    SigningRound.objects.filter(pk=round_.pk).update(heartbeat_at=None)
    render_document.call(round_.pk)
    assert SigningRound.objects.get(pk=round_.pk).state == "ended"


def test_events_for_others_to_hook_on(round_):
    verbs = list(Event.objects.filter(verb__startswith="signing.").values_list("verb", flat=True))
    assert verbs == ["signing.round_opened", "signing.document_ready"]
    assert re.fullmatch(r"[0-9a-f]{64}", Event.objects.get(verb="signing.document_ready").data["sha256"])
