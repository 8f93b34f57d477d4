"""The desk of a tenant organisation: what is asked, and what changed since the previous round, in plain Dutch."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from agreements.commitments.models import Indicator, Target
from agreements.parties.models import Party
from agreements.progress.models import Claim
from agreements.progress.operations import submit_progress
from agreements.workspace.desk import summary
from tests.world import TODAY, a_round, an_indicator, an_update


@pytest.fixture
def before(world):
    """The second round, in which 36 homes were reported."""
    year = world.homes.year_slice
    round_ = a_round(year, "2017-K2", "Tweede kwartaal 2017", date(2017, 6, 30), due_on=date(2017, 7, 14))
    an_update(world, value=36, round=round_, on=date(2017, 7, 10))
    return round_


def line_of(code: str):
    found = summary(Party.objects.get(key="hrh"))
    return next(line for line in found.lines if line.commitment.code == code)


def test_the_board_reads_what_is_asked_and_what_changed(world, visit, before):
    an_update(world, value=52, status="at_risk")
    page = visit(world.chair).get("/meekijken/").content.decode().replace("\xa0", " ")
    assert "Beoordeel 1 cijfer van Woonstichting Heideveld" in page
    assert "Uiterlijk vrijdag 8 december 2017" in page
    assert (
        "Het cijfer ging van 36 naar 52 woningen. De status ging van ‘Op koers’ naar ‘Aandacht nodig’."
        in page
    )
    assert "Dit is veranderd (1)" in page
    assert "Hier is nog niets over doorgegeven (1)" in page
    assert "18-01" not in page, "a draft is not a figure"
    assert "Meekijken: wat is er veranderd?" in visit(world.chair).get("/mijn-taken/").content.decode()


def test_every_kind_of_change_has_its_sentence(world, before):
    homes = line_of("17-01")
    assert (homes.group, homes.sentences[0]) == ("silent", "Voor deze ronde is nog niets doorgegeven.")
    assert "36\xa0woningen, op koers" in homes.sentences[1]
    assert line_of("17-02").sentences == ["Er is nog niets doorgegeven."]
    an_update(world, value=36)
    homes = line_of("17-01")
    assert homes.group == "same"
    assert homes.sentences == [
        "Het cijfer is hetzelfde: 36\xa0woningen.",
        "De status is hetzelfde: op koers.",
    ]
    claim = Claim(status="achieved", value=Decimal(1), explanation="De wooncoach is begonnen.")
    submit_progress(world.coach, by=world.reporter, on=TODAY, round=world.round, key=uuid4(), claim=claim)
    assert line_of("17-02").sentences == ["Nieuw doorgegeven: gedaan, gerealiseerd."]
    assert line_of("17-02").group == "changed"


def test_a_figure_that_is_counted_otherwise_is_not_compared(world, before):
    Target.objects.filter(commitment=world.homes).update(indicator=an_indicator("other", name="anders"))
    world.homes.refresh_from_db()
    an_update(world, value=40)
    assert line_of("17-01").sentences[0].startswith("Het cijfer is nu anders geteld: 40")


def test_percent_and_euro_are_written_as_people_write_them(world, before):
    Indicator.objects.filter(key="homes").update(value_kind="percentage", unit="%")
    an_update(world, value=40)
    assert line_of("17-01").sentences[0] == "Het cijfer ging van 36 naar 40%."
    Indicator.objects.filter(key="homes").update(value_kind="euro", unit="euro")
    assert line_of("17-01").sentences[0] == "Het cijfer ging van 36 naar €\xa040."


def test_what_was_finished_needs_no_new_figure(world, before):
    an_update(world, value=84, status="achieved", round=before, on=date(2017, 7, 13))
    assert line_of("17-01").group == "same"
    assert line_of("17-01").sentences == ["Dit was al klaar: 84\xa0woningen, gerealiseerd."]


def test_a_correction_counts_and_not_what_it_corrected(world, before):
    an_update(world, value=52)
    an_update(world, value=50)
    assert line_of("17-01").sentences[0] == "Het cijfer ging van 36 naar 50\xa0woningen."


def test_only_tenant_organisations_have_a_desk(world, visit):
    for name in ("coordinator", "reporter", "director", "stranger", "councillor"):
        answer = visit(world.cast[name]).get("/meekijken/")
        assert answer.status_code == 403, name
        assert "voor mensen van een huurdersorganisatie" in answer.content.decode()
        assert "Meekijken: wat" not in visit(world.cast[name]).get("/mijn-taken/").content.decode()


def test_before_the_first_round_there_is_a_sentence(world, visit):
    world.round.delete()
    for path in ("/meekijken/", "/meekijken/lijst/"):
        assert visit(world.chair).get(path).status_code == 200
    assert "nog geen rapportageronde geweest" in visit(world.chair).get("/meekijken/").content.decode()


def test_the_list_for_the_meeting_has_both_rounds_and_room_to_write(world, visit, before):
    an_update(world, value=52)
    page = visit(world.chair).get("/meekijken/lijst/").content.decode()
    assert page.index("36 woningen") < page.index("52 woningen")
    assert page.count("<li>Kanttekening</li>") == 2
    assert "niets doorgegeven" in page
