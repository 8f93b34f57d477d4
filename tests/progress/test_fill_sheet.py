"""One sheet for a party and a round: everything asked, the last figure there, sent together."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.commitments.models import Commitment
from agreements.history.models import Event
from agreements.progress.models import Claim, Draft, ProgressUpdate
from agreements.progress.operations import submit_progress
from tests.progress.sheets import SHEET, STORY, a_draft, many, post, row, typed
from tests.world import TODAY, a_closed_round, a_round, an_update


@pytest.fixture
def earlier(world):
    """The second quarter: homes stood at 36, on track."""
    year = world.homes.year_slice
    round_ = a_round(year, "2017-K2", "Tweede kwartaal 2017", date(2017, 6, 30), due_on=date(2017, 7, 14))
    update = an_update(world, round=round_, value=36, on=date(2017, 7, 10))
    round_.closed_on = date(2017, 7, 20)
    round_.save()
    return update


def test_everything_that_is_asked_stands_there_by_theme_with_the_last_figure(world, visit, earlier):
    page = visit(world.reporter).get(SHEET).content.decode()
    assert "0 van 2 ingevuld" in page
    assert "Sociale voorraad" in page
    assert "Vorige keer: 36 woningen, op koers" in page
    assert typed(page)["17-01-value"] == "36"
    assert "Tel alles op van 1 januari tot en met 30\xa0september 2017." in page
    assert "Eerste keer" not in page


def test_what_is_filled_in_is_sent_and_the_rest_is_left(world, visit):
    client = visit(world.reporter)
    answer = post(client, row())
    assert (answer.status_code, answer["Location"]) == (303, f"{SHEET}?partij=hv")
    update = ProgressUpdate.objects.get()
    assert (update.commitment.code, update.figure.value, update.figure.as_of) == (
        "17-01",
        54,
        date(2017, 9, 30),
    )
    page = client.get(SHEET).content.decode()
    assert "1 antwoord is verstuurd." in page
    assert "1 van 2 ingevuld" in page
    assert "17-01-value" not in page, "what was sent is corrected in its own form"


def test_unchanged_takes_over_value_status_and_text_with_the_new_day_and_says_so(world, visit, earlier):
    assert post(visit(world.reporter), {"17-01-unchanged": "on", "17-01-as_is": "on"}).status_code == 422
    given = {"17-01-unchanged": "on", "17-01-as_is": "on", "17-01-explanation": STORY}
    assert post(visit(world.reporter), given).status_code == 303
    update = ProgressUpdate.objects.get(round=world.round)
    assert (update.status, update.figure.value, update.is_unchanged) == ("on_track", 36, True)
    assert update.figure.as_of == date(2017, 9, 30)
    event = Event.objects.filter(verb="progress.submitted").last()
    assert event.sentence == "Voortgang derde kwartaal 2017: ongewijzigd, Op koers, 36 woningen."
    assert "Ongewijzigd overgenomen" in visit().get("/afspraken/17-01/").content.decode()


def test_unchanged_needs_nothing_else_where_the_figures_agree(world, visit):
    extra = many(world, 1)[0]
    k2 = a_round(
        world.homes.year_slice, "2017-K2", "Tweede kwartaal 2017", date(2017, 6, 30), due_on=date(2017, 7, 14)
    )
    claim = Claim(
        status="at_risk",
        explanation="Er is vertraging.",
        measure="Wij zoeken een aannemer.",
        value=Decimal(7),
    )
    submit_progress(extra, by=world.reporter, on=TODAY, round=k2, key=uuid4(), claim=claim)
    k2.closed_on = TODAY
    k2.save()
    assert post(visit(world.reporter), {f"{extra.code}-unchanged": "on"}).status_code == 303
    taken = extra.updates.get(round=world.round)
    assert (taken.status, taken.explanation, taken.measure) == ("at_risk", claim.explanation, claim.measure)


def test_unchanged_and_another_answer_is_a_contradiction(world, visit, earlier):
    answer = post(visit(world.reporter), {"17-01-unchanged": "on", "17-01-value": "40"})
    assert answer.status_code == 422
    assert "gaf ook een ander antwoord. Kies één van de twee." in answer.content.decode()


def test_nothing_is_sent_until_all_rows_are_right_and_the_right_ones_can_go_alone(world, visit):
    client = visit(world.reporter)
    page = client.get(SHEET).content.decode()
    rows = (row(), {"17-02-status": "on_track", "17-02-explanation": "Kort."})
    answer = post(client, *rows, page=page)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Controleer 1 afspraak" in said
    assert "17-02: Gebruik bij ‘Toelichting’ minstens 20 tekens. U gebruikte er 5." in said
    assert "Verstuur alleen wat klopt (1)" in said
    assert "Kort." in said
    assert STORY in said
    assert not ProgressUpdate.objects.exists()
    assert post(client, button="send_right", page=said).status_code == 303
    assert [update.commitment.code for update in ProgressUpdate.objects.all()] == ["17-01"]
    assert Draft.objects.get().answers["explanation"] == "Kort.", "the other is kept"


def test_sending_nothing_says_so(world, visit):
    answer = post(visit(world.reporter))
    assert answer.status_code == 422
    assert "Er is nog niets om te versturen." in answer.content.decode()


def test_sending_twice_gives_one_update(world, visit):
    client = visit(world.reporter)
    sent = {**typed(client.get(SHEET).content.decode()), **row(), "send": "ja"}
    assert [client.post(SHEET, sent).status_code for _ in range(2)] == [303, 303]
    assert ProgressUpdate.objects.count() == 1


def test_a_colleague_who_sent_first_is_named_and_both_answers_stay(world, visit):
    client = visit(world.reporter)
    page = client.get(SHEET).content.decode()
    an_update(world, value=50, by=world.director)
    answer = post(client, row(), page=page)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "heeft intussen al voortgang doorgegeven: Op koers, 50 woningen." in said
    assert post(client, {"17-01-reason": "Er kwamen er vier bij."}, page=said).status_code == 303
    assert list(ProgressUpdate.objects.order_by("number").values_list("measurement__value", flat=True)) == [
        50,
        54,
    ]


def test_a_round_that_closes_meanwhile_refuses_and_the_text_can_be_kept(world, visit):
    client = visit(world.reporter)
    page = client.get(SHEET).content.decode()
    world.round.closed_on = TODAY
    world.round.save()
    answer = post(client, row(), page=page)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "De ronde derde kwartaal 2017 is gesloten. Er is niets verstuurd" in said
    assert STORY in said
    assert post(client, button="save", page=said)["Location"] == "/mijn-taken/"
    assert Draft.objects.get().answers["explanation"] == STORY
    assert client.get(SHEET).status_code == 403


def test_what_is_over_is_not_asked_and_other_parties_have_their_own(world, visit):
    an_update(world, value=84, status="achieved")
    page = visit(world.reporter).get(SHEET).content.decode()
    assert "Verstuurd" in page, "it was reported in this round"
    assert "Deze ronde vraagt niets van u" in visit(world.stranger).get(SHEET).content.decode()


def test_a_round_that_is_not_there_or_not_open(world, visit):
    a_closed_round(world, "2017-K2", "Tweede kwartaal 2017", date(2017, 6, 30))
    client = visit(world.reporter)
    assert client.get("/rondes/2017-K9/opgave/").status_code == 404
    assert "is gesloten" in client.get("/rondes/2017-K2/opgave/").content.decode()


def test_htmx_gets_only_the_form(world, visit):
    answer = post(visit(world.reporter), row(value="abc"), **{"HX-Request": "true", "HX-Target": "formulier"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<header class" not in page
    assert "<title>Fout: " in page


def test_a_claim_the_figures_do_not_support_needs_a_tick(world, visit):
    client = visit(world.reporter)
    answer = post(client, row(value="20"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert (
        "U kiest ‘Op koers’, maar volgens de planning moest het 54 woningen zijn op 30\xa0september 2017."
        in page
    )
    assert "Het cijfer is: 20 woningen." in page
    assert post(client, {"17-01-as_is": "on"}, page=page).status_code == 303
    shown = visit().get("/afspraken/17-01/").content.decode()
    assert "Achter op schema" in shown
    assert "Dat past niet bij het cijfer." in shown


def test_the_sheet_asks_as_much_of_40_commitments_as_of_2(world, visit):
    client = visit(world.reporter)

    def queries() -> int:
        client.get(SHEET)  # from here the menu remembers how many tasks there are
        with CaptureQueriesContext(connection) as captured:
            assert client.get(SHEET).status_code == 200
        return len(captured)

    an_update(world)
    a_draft(world, value="60")
    few = queries()
    for extra in many(world, 38):
        submit_progress(
            extra,
            by=world.reporter,
            on=TODAY,
            round=world.round,
            key=uuid4(),
            claim=Claim(status="on_track", explanation=STORY, value=Decimal(5)),
        )
    for extra in many(world, 10):
        Draft.objects.create(
            commitment=extra,
            round=world.round,
            party=world.heideveld,
            answers={"value": "5"},
            saved_on=TODAY,
            saved_by=world.reporter,
        )
    assert Commitment.objects.filter(lead=world.heideveld, year_slice__year=2017).count() == 50
    assert queries() == few
