"""What a coordinator oversees: who owes what, and what needs a decision."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.progress.models import ReportingRound
from agreements.progress.operations import answer_assessment
from agreements.workspace.queries import decisions, owed
from tests.progress.sheets import many
from tests.world import TODAY, an_assessment, an_update

PAGE = "/mijn-taken/overzicht/"


def sentences(world) -> dict[str, tuple[str, ...]]:
    return {task.sentence: task.details for task in decisions(world.coordinator, owed())}


def test_it_says_who_owes_what_party_by_party(world, visit):
    page = visit(world.coordinator).get(PAGE).content.decode()
    assert "Wie moet nog doorgeven?" in page
    assert "Woonstichting Heideveld" in page
    assert "17-01 84 nieuwe sociale huurwoningen opleveren" in page
    assert "nog 9 dagen" in page
    assert "Nog niet" in page
    an_update(world)
    page = visit(world.coordinator).get(PAGE).content.decode()
    assert "17-02 Een wooncoach laten beginnen" in page
    assert "17-01 84 nieuwe" not in page.split("Wat vraagt een besluit?")[0]


def test_who_is_late_comes_first_and_stands_in_mijn_taken_with_a_button(world, visit):
    ReportingRound.objects.update(due_on=date(2017, 11, 10))
    page = visit(world.coordinator).get("/mijn-taken/").content.decode()
    assert "Wie is te laat?" in page
    assert 'name="parties" value="hv"' in page
    assert "Wie is te laat?" not in visit(world.director).get("/mijn-taken/").content.decode()


def test_a_round_that_can_close_is_a_decision(world):
    assert not any("Sluit de ronde" in sentence for sentence in sentences(world))
    ReportingRound.objects.update(due_on=date(2017, 11, 10))
    found = sentences(world)
    late = "Sluit de ronde derde kwartaal 2017, of wacht nog op wie te laat is"
    assert found[late] == ("Derde kwartaal 2017", "Nog niets van 2 afspraken")
    an_update(world)
    type(world.coach).objects.filter(pk=world.coach.pk).update(status="achieved")
    ReportingRound.objects.update(due_on=date(2017, 11, 24))
    assert sentences(world)["Sluit de ronde derde kwartaal 2017"] == (
        "Derde kwartaal 2017",
        "Alles is binnen",
    )


def test_a_difference_of_opinion_is_named_with_whether_it_was_answered(world, visit):
    dissent = an_assessment(an_update(world), by=world.chair)
    title = "Bespreek het verschil van inzicht: 84 nieuwe sociale huurwoningen opleveren"
    said = "Huurdersraad Heideveld is niet akkoord, Woonstichting Heideveld"
    assert sentences(world)[title] == ("17-01", f"{said} antwoordde nog niet")
    answer_assessment(dissent, by=world.reporter, on=TODAY, text="Wij telden opnieuw.")
    assert sentences(world)[title] == ("17-01", f"{said} antwoordde")
    assert "/afspraken/17-01/#oordelen" in visit(world.coordinator).get(PAGE).content.decode()


def test_a_claim_that_the_figure_does_not_support_is_named(world):
    an_update(world, value=20)
    title = "Vraag waarom cijfer en status verschillen: 84 nieuwe sociale huurwoningen opleveren"
    code, why = sentences(world)[title]
    assert code == "17-01"
    assert why.startswith("Op koers, maar volgens de planning moest het 54 woningen zijn")


def test_nothing_to_decide_gets_a_kind_word(world, visit):
    assert "Er is nu niets om over te beslissen" in visit(world.coordinator).get(PAGE).content.decode()


@pytest.mark.parametrize("page", [PAGE, "/mijn-taken/", "/rondes/2017-K3/herinneren/"])
def test_it_asks_as_much_of_many_commitments_as_of_few(world, visit, page):
    ReportingRound.objects.update(due_on=date(2017, 11, 10))
    client = visit(world.coordinator)

    def queries() -> int:
        client.get(page)  # from here the menu remembers how many tasks there are
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        return len(captured)

    few = queries()
    many(world, 20)
    assert queries() == few
