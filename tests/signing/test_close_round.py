"""Closing: declines and silence in the document, a last seal, the outcome in words, and the year adopted."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from agreements.access.refusals import Refused
from agreements.accounts.models import User
from agreements.agreement.models import YearSlice
from agreements.documents import store
from agreements.history.models import Event
from agreements.history.queries import broken_links, digest_at
from agreements.notifications.models import Mail, Notification
from agreements.notifications.operations import notify_people
from agreements.pdf.keys import trusted_roots
from agreements.pdf.verify import verify_pdf
from agreements.process.operations import close_signing, finish_signing, finish_waiting
from agreements.signing.models import Seat, SigningRound
from agreements.signing.operations import decline, end_round, finish_round, prepare_ending, sign
from agreements.signing.outcome import in_words
from tests.agenda.test_show_agenda import an_item
from tests.signing.builders import DUE, a_proof, a_signer, close, seat_of
from tests.world import TODAY

REASON = "Onze leden vinden dat er te weinig is geregeld over de huurprijs."
ADDRESS = "/jaarschijven/2018/ondertekening/1/sluiten/"


@pytest.fixture
def answered(round_) -> SigningRound:
    """Three parties signed; the tenants declined."""
    for key in ("gh", "hv", "bw"):
        seat = seat_of(round_, key)
        sign(seat, by=a_signer(seat.party), on=TODAY, proof=a_proof())
    tenants = seat_of(round_, "hrh")
    decline(tenants, by=a_signer(tenants.party), on=TODAY, proof=a_proof(), reason=REASON)
    return round_


def test_a_year_is_adopted_with_a_decline_and_everyone_reads_why(answered, world, visit):
    client = visit(world.coordinator)
    assert "Sluit de ondertekening van jaarschijf 2018" in client.get("/mijn-taken/").content.decode()
    assert "Dit kunt u niet ongedaan maken" in client.get(ADDRESS).content.decode()
    assert client.post(ADDRESS).status_code == 303
    year_slice = YearSlice.objects.get(year=2018)
    assert (year_slice.phase, year_slice.adopted_on) == ("adopted", TODAY)
    page = visit().get("/jaarschijven/2018/ondertekening/1/").content.decode()
    assert "Ondertekend door drie partijen; Huurdersraad Heideveld tekende niet." in page
    assert REASON in page
    assert page.count("akkoord in het portaal") == 3
    assert "gekwalificeerd" not in page
    assert REASON in visit().get("/jaarschijven/2018/").content.decode()
    assert visit(world.coordinator).post(ADDRESS).status_code == 403, "once"


def test_the_document_tells_all_and_is_genuine(answered, world):
    close(answered, by=world.coordinator, on=TODAY)
    last = answered.revisions.last()
    verdict = verify_pdf(store.read(last.sha256), trust=trusted_roots())
    assert verdict.is_genuine
    by_field = {one.field: one.signer for one in verdict.signatures}
    assert by_field["partij-hv"] == "Directeur-bestuurder, Woonstichting Heideveld"
    assert by_field["partij-hrh"] == by_field["slot"] == "Zegel (voorbeeld, niet rechtsgeldig)"
    assert len(by_field) == 6
    kept = [store.read(revision.sha256) for revision in answered.revisions.all()]
    assert all(after.startswith(before) for before, after in zip(kept, kept[1:], strict=False))


def test_history_proves_afterwards_what_was_answered(answered, world):
    close(answered, by=world.coordinator, on=TODAY)
    told = {event.data["fingerprint"] for event in Event.objects.filter(verb="signing.answered")}
    closing = Event.objects.get(verb="signing.round_closed")
    assert {answer["fingerprint"] for answer in closing.data["answers"]} == told
    assert {answer["outcome"] for answer in closing.data["answers"]} == {"signed", "declined"}
    answered.refresh_from_db()
    assert digest_at(answered.checkpoint_count) == answered.checkpoint_digest
    assert list(broken_links()) == []


def test_before_the_last_day_everyone_is_waited_for(round_, world, visit, settings):
    sign(seat_of(round_, "hv"), by=a_signer(world.heideveld), on=TODAY, proof=a_proof())
    with pytest.raises(Refused, match="Nog niet alle partijen hebben geantwoord"):
        close_signing(round_, by=world.coordinator, on=TODAY)
    settings.TODAY = DUE
    assert visit(world.coordinator).get(ADDRESS).status_code == 403, "the last day itself is for the parties"


def test_after_the_last_day_silence_is_written_as_silence(round_, world, visit, settings):
    sign(seat_of(round_, "hv"), by=a_signer(world.heideveld), on=TODAY, proof=a_proof())
    settings.TODAY = DUE.replace(day=DUE.day + 1)
    client = visit(world.coordinator)
    assert "Deze partijen reageerden niet" in client.get(ADDRESS).content.decode()
    assert client.post(ADDRESS).status_code == 303
    assert set(Seat.objects.exclude(party=world.heideveld).values_list("outcome", flat=True)) == {"silent"}
    page = visit().get("/jaarschijven/2018/ondertekening/1/").content.decode()
    assert "Ondertekend door één partij; Gemeente Hilversum reageerde niet" in page
    assert page.count("<span>Niet gereageerd</span>") == 3


def test_only_coordinators_close(answered, world):
    for name in world.cast:
        if name not in ("coordinator", "colleague"):
            with pytest.raises(Refused):
                close_signing(answered, by=world.cast[name], on=TODAY)
    assert SigningRound.objects.get().is_open


def test_a_condition_that_is_not_met_keeps_the_round_open(answered, world, visit):
    an_item(world)
    page = visit(world.coordinator).get(ADDRESS).content.decode()
    assert "A-01 De voorraad blijft op peil." in page
    assert "Ja, sluit en stel" not in page
    with pytest.raises(ValidationError, match="Over elk agendapunt van het jaar is besloten"):
        close_signing(answered, by=world.coordinator, on=TODAY)
    assert SigningRound.objects.get().is_open
    assert answered.revisions.count() == 4


def waiting(round_, world, settings) -> None:
    """Closed while there was no seal."""
    seal, settings.SEAL_P12 = settings.SEAL_P12, settings.VAR / "weg.p12"
    close(round_, by=world.coordinator, on=TODAY)
    settings.SEAL_P12 = seal


def test_without_a_seal_it_waits_in_sight_and_then_closes_by_itself(
    answered, world, settings, visit, time_machine
):
    page = "/jaarschijven/2018/ondertekening/1/"
    waiting(answered, world, settings)
    assert (answered.state, YearSlice.objects.get(year=2018).phase) == ("closing", "signing")
    client = visit(world.coordinator)
    assert "Het bestand met het zegel is er niet." in client.get(page).content.decode()
    assert "Kijk waarom de ondertekening" in client.get("/mijn-taken/").content.decode()
    public = visit().get(page).content.decode()
    assert "wordt gesloten" in public
    assert "bestand met het zegel" not in public
    assert REASON not in public
    with pytest.raises(Refused, match="niet open"):
        decline(
            seat_of(answered, "hrh"),
            by=User.objects.get(email="tekent-hrh@test.example"),
            on=TODAY,
            proof=a_proof(),
            reason=REASON,
        )
    time_machine.move_to(timezone.now() + timedelta(minutes=2))
    finish_waiting()
    assert YearSlice.objects.get(year=2018).is_adopted
    assert REASON in visit().get(page).content.decode()


def test_when_it_goes_wrong_often_people_are_told_and_the_worker_goes_on(
    answered, world, settings, visit, time_machine
):
    seal = settings.SEAL_P12
    settings.SEAL_P12_PASSWORD = "fout"
    settings.SEAL_P12 = settings.VAR / "stuk.p12"
    settings.SEAL_P12.write_bytes(b"geen sleutel")
    close(answered, by=world.coordinator, on=TODAY)
    for hours in range(1, 8):
        time_machine.move_to(timezone.now() + timedelta(hours=2), tick=False)
        finish_waiting()
        answered.refresh_from_db()
        assert answered.tries == hours + 1
    assert answered.try_at - timezone.now() == timedelta(hours=1), "the longest pause"
    assert Event.objects.filter(verb="signing.closing_stuck").count() == 1
    while notify_people():
        pass
    stuck = Notification.objects.filter(title__contains="sluit niet")
    assert {one.user for one in stuck} == {world.coordinator, world.colleague}
    settings.SEAL_P12, settings.SEAL_P12_PASSWORD = seal, ""
    client = visit(world.coordinator)
    assert client.post("/jaarschijven/2018/ondertekening/1/opnieuw/").status_code == 303
    finish_waiting()
    answered.refresh_from_db()
    assert (answered.state, answered.failure) == ("closed", "")


def test_finishing_twice_is_once(answered, world, settings):
    waiting(answered, world, settings)
    ending = prepare_ending(SigningRound.objects.get())
    finish_signing.call(answered.pk)
    assert finish_round(ending) is None, "a second worker comes too late"
    finish_signing.call(answered.pk)
    assert Event.objects.filter(verb="signing.round_closed").count() == 1
    assert answered.revisions.count() == 6


def test_a_round_that_cannot_close_can_be_ended(answered, world, settings):
    settings.SEAL_P12 = settings.VAR / "weg.p12"
    close(answered, by=world.coordinator, on=TODAY)
    ended = end_round(answered, by=world.coordinator, on=TODAY, reason="Er is geen zegel meer.")
    finish_signing.call(answered.pk)
    assert ended.state == "ended"
    assert answered.revisions.count() == 4


def test_everyone_gets_the_link_to_the_signed_document(answered, world, post_office):
    close(answered, by=world.coordinator, on=TODAY)
    while notify_people():
        pass
    link = "/jaarschijven/2018/ondertekening/1/ondertekend.pdf"
    told = Notification.objects.filter(address=link)
    assert {one.user for one in told} >= {world.reporter, world.chair, world.councillor, world.stranger}
    assert link in Mail.objects.get(user=world.chair, subject__contains="Getekend document").text


@pytest.mark.parametrize(
    ("outcomes", "sentence"),
    [
        (["signed"] * 8 + ["declined"], "Ondertekend door acht partijen; P8 tekende niet."),
        (["signed", "silent"], "Ondertekend door één partij; P1 reageerde niet."),
        (["declined", "silent"], "Door geen enkele partij ondertekend; P0 tekende niet; P1 reageerde niet."),
        (["signed"] * 13, "Ondertekend door 13 partijen."),
    ],
)
def test_the_outcome_in_words(world, outcomes, sentence):
    seats = [Seat(party=world.heideveld.__class__(name=f"P{n}"), outcome=o) for n, o in enumerate(outcomes)]
    assert in_words(seats) == sentence
