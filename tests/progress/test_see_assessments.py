"""Who sees which judgement when: in the window the parties concerned, after it everyone. Silence is shown as silence."""

from datetime import date
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from agreements.commitments.operations import answer_amendment
from agreements.history.models import Provenance
from agreements.parties.models import Party
from agreements.parties.operations import add_member
from agreements.progress.operations import answer_assessment
from agreements.progress.queries import assessments, dissents
from agreements.reports.content import pages
from agreements.reports.operations import create_report
from agreements.reports.queries import snapshot_of
from tests.world import SIGNED, TODAY, a_round, an_amendment, an_assessment, an_update

LAST_DAY, AFTER = date(2017, 12, 8), date(2017, 12, 9)
DISSENT, ANSWER = "Wij tellen er maar 48.", "Wij tellen ook de verbouwde woningen mee."
CONCERNED = {"coordinator", "colleague", "reporter", "director", "chair"}
OTHERS = {"stranger", "councillor", "visitor"}


@pytest.fixture
def judged(world):
    """A dissent of the tenants with an answer; the municipality says nothing."""
    given = an_assessment(an_update(world), by=world.chair, text=DISSENT)
    answer_assessment(given, by=world.reporter, on=TODAY, text=ANSWER)
    return world


@pytest.mark.parametrize(
    ("moment", "who"),
    [(TODAY, CONCERNED), (LAST_DAY, CONCERNED), (AFTER, CONCERNED | OTHERS)],
    ids=["in the window", "on its last day", "after it"],
)
@pytest.mark.parametrize("name", sorted(CONCERNED | OTHERS))
def test_the_matrix_of_who_reads_a_judgement_when(judged, visit, settings, name, moment, who):
    settings.TODAY = moment
    client = visit(judged.cast.get(name))
    page = client.get("/afspraken/17-01/").content.decode()
    assert (DISSENT in page) == (name in who), "on the page and in its history"
    assert (ANSWER in page) == (name in who)
    assert ("Verschil van inzicht" in page) == (name in who)
    assert ("niet akkoord" in page.lower()) == (name in who)
    rows = client.get("/afspraken/").content.decode()
    assert ("1 afwijkend standpunt" in rows) == (name in who)
    found = client.get("/afspraken/?afwijkend=ja").content.decode()
    assert ("/afspraken/17-01/#oordelen" in found) == (name in who)
    assert "/afspraken/17-02/" not in found


def test_silence_reads_not_yet_and_then_no_reaction(judged, visit, settings):
    page = visit(judged.chair).get("/afspraken/17-01/").content.decode()
    assert "Nog niet gereageerd:</strong> Gemeente Hilversum" in page
    page = visit().get("/afspraken/17-01/").content.decode().replace("\xa0", " ")
    assert "De andere betrokken partijen kunnen tot en met 8 december 2017 reageren." in page
    assert "gereageerd:" not in page, "who was silent is not told before the end"
    settings.TODAY = AFTER
    page = visit().get("/afspraken/17-01/").content.decode()
    assert "Niet gereageerd:</strong> Gemeente Hilversum" in page


def test_in_an_example_the_silence_of_a_real_organisation_means_nothing(judged, visit, settings):
    settings.TODAY = AFTER
    type(judged.homes).objects.filter(pk=judged.homes.pk).update(provenance=Provenance.EXAMPLE)
    Party.objects.filter(pk=judged.municipality.pk).update(provenance=Provenance.SOURCED)
    page = visit().get("/afspraken/17-01/").content.decode()
    assert DISSENT in page
    assert "ereageerd:" not in page


def test_a_late_correction_keeps_what_was_public_and_hides_what_is_new(judged, visit, settings):
    settings.TODAY = AFTER
    correction = an_update(judged, value=50, on=AFTER)
    judgement = an_assessment(correction, by=judged.chair, text="Nu nog één verschil.")
    page = visit().get("/afspraken/17-01/").content.decode()
    assert DISSENT in page
    assert "Daarna is het verbeterd." in page
    assert "Nu nog één verschil." not in page
    assert "1 afwijkend standpunt" in visit().get("/afspraken/").content.decode()
    assert judgement not in assessments(visit().get("/").wsgi_request.user)
    settings.TODAY = date(2017, 12, 24)
    page = visit().get("/afspraken/17-01/").content.decode()
    assert "Nu nog één verschil." in page
    assert "1 eerder oordeel" in page


def test_a_figure_of_a_new_round_starts_without_dissent_and_the_old_one_stays_readable(
    judged, visit, settings
):
    settings.TODAY = date(2018, 1, 5)
    judged.round.closed_on = date(2018, 1, 2)
    judged.round.save()
    year = judged.homes.year_slice
    later = a_round(year, "2017-K4", "Vierde kwartaal 2017", date(2017, 12, 31), due_on=date(2018, 1, 15))
    assert dissents(judged.chair).count() == 1, "as long as nothing new was reported"
    an_update(judged, value=60, round=later, on=date(2018, 1, 5))
    assert dissents(judged.chair).count() == 0
    page = visit().get("/afspraken/17-01/").content.decode()
    assert "Verschil van inzicht" not in page
    assert "Oordelen over eerdere rondes" in page
    assert DISSENT in page


def test_a_new_lead_reads_along_and_the_old_one_keeps_reading(judged, visit):
    amendment = an_amendment(judged, lead=judged.boekweit)
    add_member(judged.boekweit, user=judged.stranger, role="signatory", by=None, on=SIGNED)
    for user in (judged.coordinator, judged.chair, judged.stranger):
        user.__dict__.pop("_standing", None)
        answer_amendment(amendment, by=user, on=TODAY, outcome="accepted")
    for name in ("stranger", "director", "chair"):
        assert DISSENT in visit(judged.cast[name]).get("/afspraken/17-01/").content.decode(), name


def test_a_dropped_commitment_is_not_judged(world, visit):
    an_update(world)
    type(world.homes).objects.filter(pk=world.homes.pk).update(withdrawn_on=TODAY, withdrawn_reason="Nee.")
    page = visit(world.chair).get("/oordelen/2017-K3/").content.decode()
    assert "Er is nog niets te beoordelen" in page


def test_withdrawing_the_commitment_ends_the_dispute_and_keeps_what_was_said(judged, visit):
    type(judged.homes).objects.filter(pk=judged.homes.pk).update(withdrawn_on=TODAY, withdrawn_reason="Nee.")
    page = visit(judged.chair).get("/afspraken/17-01/").content.decode()
    assert DISSENT in page
    assert "Verschil van inzicht" not in page
    assert not dissents(judged.chair).exists()


def test_a_report_prints_dissent_answer_and_silence_only_once_they_are_public(judged, settings):
    def told() -> dict:
        snapshot = snapshot_of(create_report(judged.round, by=judged.coordinator, on=settings.TODAY))
        return next(row for row in snapshot["commitments"] if row["code"] == "17-01")["updates"][-1]

    early = told()["assessments"]
    assert (early["is_open"], early["given"], early["silent"]) == (True, [], [])
    settings.TODAY = AFTER
    late = told()["assessments"]
    assert [row["text"] for row in late["given"]] == [DISSENT]
    assert late["given"][0]["answer"]["text"] == ANSWER
    assert late["silent"] == ["Gemeente Hilversum"]


def test_the_paper_says_it_in_words(judged, settings):
    settings.TODAY = AFTER
    an_update(judged, value=50, on=AFTER)
    settings.TODAY = date(2018, 1, 10)
    snapshot = snapshot_of(create_report(judged.round, by=judged.coordinator, on=settings.TODAY))
    shown = next(r for t in pages(snapshot)["themes"] for r in t["commitments"] if r["code"] == "17-01")
    paper = render_to_string("reports/pdf/commitment.html", {"row": shown}).replace("\xa0", " ")
    assert "Verschil van inzicht." in paper
    assert "niet akkoord, 15 november 2017." in paper
    assert "Dit gaat over het cijfer van 15 november 2017. Daarna is het verbeterd." in paper
    assert "Antwoord van Woonstichting Heideveld, 15 november 2017." in paper
    assert "Niet gereageerd op dit cijfer:</strong> Gemeente Hilversum." in paper
    for row in snapshot["commitments"]:
        for update in row["updates"]:
            del update["assessments"]
    pages(snapshot)  # a report of before there were judgements still reads


def test_the_claim_has_its_makers_name(world, visit):
    an_update(world, value=Decimal(52))
    assert "volgens Woonstichting Heideveld" in visit().get("/afspraken/17-01/").content.decode()
