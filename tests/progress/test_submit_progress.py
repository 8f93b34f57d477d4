"""A party reports progress: what is accepted, what is refused in plain Dutch, and that nothing typed is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from agreements.commitments.models import Commitment
from agreements.documents.models import Evidence
from agreements.history.models import Event
from agreements.progress.models import Claim, ProgressUpdate
from agreements.progress.operations import submit_progress
from tests.world import PASSWORD, TODAY, a_closed_round, an_update

ADDRESS = "/afspraken/17-01/voortgang/"
TEXT = "Er zijn 16 woningen opgeleverd, samen 52."
CSV = b"straat;woningen\nVoorbeeldstraat;16\n"


def answers(**changed: str) -> dict[str, str]:
    usual = {
        "key": str(uuid4()),
        "seen": "0",
        "value": "52",
        "as_of": "30-09-2017",
        "certainty": "final",
        "status": "on_track",
        "explanation": TEXT,
        "measure": "",
        "expected_on": "",
        "visibility": "public",
    }
    return {**usual, **changed}


def test_a_reporter_sees_it_on_the_page_at_once(world, visit):
    answer = visit(world.reporter).post(ADDRESS, answers())
    assert (answer.status_code, answer["Location"]) == (302, "/afspraken/17-01/")
    page = visit().get("/afspraken/17-01/").content.decode()
    assert TEXT in page
    assert "52 van 84 woningen" in page
    assert "Volgens de planning moest dat toen 54 zijn." in page
    homes = Commitment.objects.get(code="17-01")
    assert (homes.status, homes.value, homes.as_of) == ("on_track", 52, date(2017, 9, 30))


def test_the_form_is_filled_with_the_last_figure(world, visit):
    an_update(world, value=36)
    page = visit(world.reporter).get(ADDRESS).content.decode()
    assert 'value="36"' in page
    assert "36 woningen, op koers" in page
    assert "van minstens 84 woningen" in page


@pytest.mark.parametrize(("typed", "value"), [("1.250", None), ("60", 60), (" 60 ", 60), ("84", 84)])
def test_dutch_numbers_are_read(world, visit, typed, value):
    answer = visit(world.reporter).post(ADDRESS, answers(value=typed))
    if value is None:  # 1.250 is a number, but far above what is plausible for 84 homes
        assert "Vul een getal van 0 tot en met 252 in. U vulde 1.250 in." in answer.content.decode()
    else:
        assert ProgressUpdate.objects.get().figure.value == value


WRONG = [
    ({"value": "abc"}, "Vul een getal in, bijvoorbeeld 31 of 1.250. U vulde ‘abc’ in."),
    ({"value": "12,5"}, "Vul een heel getal in, zonder komma. U vulde ‘12,5’ in."),
    ({"value": "-3"}, "U vulde -3 in."),
    ({"value": "9999"}, "Vul een getal van 0 tot en met 252 in. U vulde 9.999 in."),
    ({"value": ""}, "Beantwoord de vraag ‘Indicator homes: hoeveel woningen?’"),
    ({"as_of": "30-09-2016"}, "Vul een dag in 2017 in."),
    ({"as_of": "31-12-2017"}, "Deze dag is nog niet geweest."),
    ({"as_of": "gisteren"}, "Vul een datum in, bijvoorbeeld 31-12-2017. U vulde ‘gisteren’ in."),
    ({"status": ""}, "Beantwoord de vraag ‘Hoe staat de afspraak ervoor?’"),
    ({"status": "dropped"}, "Kies een van de antwoorden"),
    ({"explanation": "Kort."}, "Gebruik bij ‘Toelichting’ minstens 20 tekens. U gebruikte er 5."),
    (
        {"explanation": "x" * 2_000_000},
        "Gebruik bij ‘Toelichting’ hoogstens 2000 tekens. U gebruikte er 2000000.",
    ),
    ({"explanation": "Met een \x00 teken erin dat niet kan."}, "In de tekst staat een teken"),
    ({"status": "behind"}, "Schrijf op wat u gaat doen."),
    ({"status": "achieved"}, "U kiest ‘Gerealiseerd’, maar het doel is minstens 84 woningen."),
    ({"expected_on": "32-13-2018"}, "De datum ‘32-13-2018’ bestaat niet."),
]


@pytest.mark.parametrize(("wrong", "sentence"), WRONG, ids=lambda given: str(given)[:40])
def test_a_wrong_answer_gets_a_sentence_and_nothing_typed_is_lost(world, visit, wrong, sentence):
    given = answers(**wrong)
    answer = visit(world.reporter).post(ADDRESS, given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Uw voortgang is nog niet verstuurd." in page
    assert given["key"] in page, "the same form, so a second try is not a second update"
    assert given["explanation"].replace("\x00", "")[:20] in page.replace("\x00", "")
    assert not ProgressUpdate.objects.exists()


def test_a_lower_total_must_be_confirmed(world, visit):
    an_update(world, value=52)
    client = visit(world.reporter)
    lower = answers(
        value="40", seen="1", status="at_risk", measure="Wij tellen opnieuw.", reason="Dubbel geteld."
    )
    answer = client.post(ADDRESS, lower)
    assert answer.status_code == 422
    assert "Het cijfer is lager dan vorige keer (52)." in answer.content.decode()
    assert client.post(ADDRESS, {**lower, "is_lower": "on"}).status_code == 302


def test_sending_the_same_form_twice_gives_one_update(world, visit):
    given, client = answers(), visit(world.reporter)
    assert client.post(ADDRESS, given).status_code == 302
    assert client.post(ADDRESS, given).status_code == 302
    assert ProgressUpdate.objects.count() == 1
    assert Event.objects.filter(verb="progress.submitted").count() == 1


def test_a_colleague_was_first_and_both_answers_stay(world, visit):
    an_update(world, value=50, by=world.director)
    client = visit(world.reporter)
    answer = client.post(ADDRESS, answers(seen="0"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "heeft intussen al voortgang doorgegeven: Op koers, 50 woningen." in page
    assert TEXT in page
    assert client.post(ADDRESS, answers(seen="1", reason="Er kwamen er nog twee bij.")).status_code == 302
    assert list(ProgressUpdate.objects.order_by("number").values_list("measurement__value", flat=True)) == [
        50,
        52,
    ]


def test_yes_or_no_is_asked_as_yes_or_no(world, visit):
    client = visit(world.reporter)
    address = "/afspraken/17-02/voortgang/"
    assert "is dat gedaan?" in client.get(address).content.decode()
    client.post(address, answers(value="1", status="achieved"))
    assert ProgressUpdate.objects.get().figure.value == 1
    assert "gedaan" in client.get("/afspraken/17-02/").content.decode()


def test_missed_can_be_said_once_the_date_has_passed(world, visit):
    client = visit(world.reporter)
    assert "Niet gehaald" in client.get("/afspraken/17-02/voortgang/").content.decode()
    assert "Niet gehaald" not in client.get(ADDRESS).content.decode()


def test_without_an_open_round_the_reason_is_told(world, visit):
    world.round.closed_on = TODAY
    world.round.save()
    answer = visit(world.reporter).get(ADDRESS)
    assert answer.status_code == 403
    assert "Er is nu geen rapportageronde open." in answer.content.decode()


def test_a_round_that_closes_meanwhile_refuses_and_keeps_the_text(world):
    world.round.closed_on = TODAY
    world.round.save()
    with pytest.raises(ValidationError, match="De ronde derde kwartaal 2017 is gesloten"):
        an_update(world)


def test_silence_in_a_closed_round_reads_no_data(world, client):
    an_update(world)
    a_closed_round(world, "2017-K2", "Tweede kwartaal 2017", date(2017, 6, 30))
    homes, coach = Commitment.objects.get(code="17-01"), Commitment.objects.get(code="17-02")
    assert (homes.status, coach.status) == ("no_data", "no_data")
    assert "Geen gegevens" in client.get("/afspraken/?status=no_data").content.decode()


def test_the_session_ends_while_typing_and_the_text_is_still_there(world, client):
    typed = answers(explanation="Dit verhaal kostte mij een half uur.", value="12.5")
    assert client.post(ADDRESS, typed).status_code == 302
    client.post("/account/login/", {"login": world.reporter.email, "password": PASSWORD})
    page = client.get(ADDRESS).content.decode()
    assert "Dit verhaal kostte mij een half uur." in page
    assert 'value="12.5"' in page
    assert typed["key"] in page


def test_htmx_gets_only_the_form_and_then_the_confirmation(world, visit):
    client = visit(world.reporter)
    htmx = {"HX-Request": "true", "HX-Target": "formulier"}
    wrong = client.post(ADDRESS, answers(value="abc"), headers=htmx)
    assert wrong.status_code == 422
    assert "<header" not in wrong.content.decode()
    assert "<title>Fout: " in wrong.content.decode()
    assert "HX-Target" in wrong["Vary"]
    right = client.post(ADDRESS, answers(), headers=htmx).content.decode()
    assert "Uw voortgang is verstuurd" in right
    assert 'hx-swap-oob="true"' in right


def test_evidence_stays_when_another_answer_is_wrong(world, visit):
    client = visit(world.reporter)
    files = {"uploads": SimpleUploadedFile("lijst.csv", CSV)}
    answer = client.post(ADDRESS, {**answers(value="abc"), **files})
    piece = Evidence.objects.get()
    assert answer.status_code == 422
    assert f'name="kept" value="{piece.pk}"' in answer.content.decode()
    assert visit().get(f"/bewijs/{piece.pk}/lijst.csv").status_code == 404, "nobody else sees it yet"

    client = visit(world.reporter)
    client.post(ADDRESS, answers(kept=str(piece.pk)))
    assert list(ProgressUpdate.objects.get().evidence.all()) == [piece]
    download = visit().get(f"/bewijs/{piece.pk}/lijst.csv")
    assert b"".join(download.streaming_content) == CSV


def test_a_kept_file_can_be_taken_away(world, visit):
    client = visit(world.reporter)
    client.post(ADDRESS, {**answers(value="abc"), "uploads": SimpleUploadedFile("lijst.csv", CSV)})
    piece = Evidence.objects.get()
    answer = client.post(
        ADDRESS, answers(kept=str(piece.pk), remove=str(piece.pk), explanation="Blijft staan.")
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "lijst.csv" not in page
    assert "Blijft staan." in page
    assert not ProgressUpdate.objects.exists()


def test_somebody_elses_waiting_file_cannot_be_taken_along(world, visit):
    visit(world.director).post(
        ADDRESS, {**answers(value="abc"), "uploads": SimpleUploadedFile("geheim.csv", CSV)}
    )
    piece = Evidence.objects.get()
    visit(world.reporter).post(ADDRESS, answers(kept=str(piece.pk)))
    assert not ProgressUpdate.objects.get().evidence.exists()


def test_a_refused_file_is_named_and_the_rest_stays(world, visit):
    upload = SimpleUploadedFile("rapport.pdf", b"<html>geen pdf</html>")
    answer = visit(world.reporter).post(ADDRESS, {**answers(), "uploads": upload})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "‘rapport.pdf’ is geen goed pdf-bestand." in page
    assert TEXT in page
    assert not ProgressUpdate.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_the_same_moment_give_one_update(world):
    key = uuid4()

    def click(_: int) -> int:
        update = submit_progress(
            world.homes,
            by=world.reporter,
            on=TODAY,
            round=world.round,
            key=key,
            claim=Claim(status="on_track", explanation=TEXT, value=Decimal(52)),
            seen=0,
        )
        connections.close_all()
        return update.pk

    with ThreadPoolExecutor(5) as pool:
        assert len(set(pool.map(click, range(10)))) == 1
    assert ProgressUpdate.objects.count() == 1
