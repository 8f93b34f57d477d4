"""As signed beside now, and any two versions, with words marked so that nobody needs colours to see it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from agreements.commitments.operations import (
    LABELS,
    answer_amendment,
    draft_commitment,
    edit_commitment,
)
from agreements.commitments.versions import marked, versions_of
from tests.world import TODAY, an_amendment

ADDRESS = "/afspraken/17-01/versies/"
SIGNED_ON = "16\N{NO-BREAK SPACE}februari 2017"


@pytest.fixture
def amended(world):
    """`homes` with its text and target amended, after one edit as a draft: three versions."""
    year_slice = world.homes.year_slice
    year_slice.phase = "concept"
    year_slice.save()
    change = {"text": "Woonstichting Heideveld levert in 2017 zeker 84 sociale huurwoningen op in Hilversum."}
    edit_commitment(world.homes, by=world.coordinator, on=date(2017, 2, 1), version=1, changes=change)
    year_slice.phase = "adopted"
    year_slice.save()
    text = "Woonstichting Heideveld levert in 2017 zeker 70 sociale huurwoningen op in Hilversum."
    amendment = an_amendment(world, text=text, target_value=Decimal(70))
    for user in (world.coordinator, world.chair):
        amendment = answer_amendment(amendment, by=user, on=TODAY, outcome="accepted")
    world.homes.refresh_from_db()
    return amendment


def words(parts) -> list[tuple[str, str]]:
    return [(part.kind, part.text.strip()) for part in parts]


def test_words_that_went_and_words_that_came_are_marked():
    old, new = marked("Er komen 84 woningen bij.", "Er komen in 2017 70 woningen bij.")
    assert words(old) == [("same", "Er komen"), ("removed", "84"), ("same", "woningen bij.")]
    assert words(new) == [("same", "Er komen"), ("added", "in 2017 70"), ("same", "woningen bij.")]


@given(st.text(st.sampled_from("ab \n"), max_size=40), st.text(st.sampled_from("ab \n"), max_size=40))
def test_marking_never_changes_a_text(old, new):
    left, right = marked(old, new)
    assert "".join(part.text for part in left) == old
    assert "".join(part.text for part in right) == new


def test_everyone_compares_as_signed_with_now(amended, visit):
    visitor = visit()
    assert f'href="{ADDRESS}"' in visitor.get("/afspraken/17-01/").content.decode()
    page = visitor.get(ADDRESS).content.decode()
    assert "zoals vastgesteld)" in page
    assert "zoals het nu is)" in page
    assert '<del><span class="pa-vh">verwijderd: </span>84 <span' in page
    assert '<ins><span class="pa-vh">toegevoegd: </span>70 <span' in page
    assert "Gelijk gebleven: titel, soort, thema" in page


def test_drafts_are_compared_by_the_parties_only(amended, world, visit):
    numbers = [version.number for version in versions_of(world.homes, world.reporter)]
    assert numbers == [1, 2, 3]
    page = visit(world.reporter).get(f"{ADDRESS}?van=1&tot=2").content.decode()
    assert "toegevoegd: </span>zeker" in page
    for visitor in (visit(), visit(world.councillor)):
        assert visitor.get(f"{ADDRESS}?van=1&tot=2").status_code == 404
        assert visitor.get(f"{ADDRESS}?van=2&tot=3").status_code == 200
        assert "Bekijk wat er stond" not in visitor.get("/afspraken/17-01/").content.decode()
    assert "Bekijk wat er stond" in visit(world.reporter).get("/afspraken/17-01/").content.decode()


@pytest.mark.parametrize("chosen", ["van=9", "van=1%00", "tot=nu", "van=-1&tot=2"])
def test_a_version_that_does_not_exist_is_not_found(world, visit, chosen):
    assert visit().get(f"{ADDRESS}?{chosen}").status_code == 404


def test_without_amendments_there_is_one_version(world, visit):
    page = visit().get(ADDRESS).content.decode()
    assert "Er is één versie" in page
    assert SIGNED_ON in page


def test_a_draft_has_no_versions_for_who_may_not_read_it(world, visit):
    assert visit().get("/afspraken/18-01/versies/").status_code == 404
    page = visit(world.reporter).get("/afspraken/18-01/versies/").content.decode()
    assert "zoals vastgesteld" not in page


def test_the_same_version_twice_is_equal(amended, visit):
    assert "Deze twee versies zijn gelijk." in visit().get(f"{ADDRESS}?van=3&tot=3").content.decode()


@pytest.mark.parametrize("address", [ADDRESS, "/afspraken/17-01/"])
def test_four_amendments_ask_as_much_as_one(amended, world, visit, django_assert_num_queries, address):
    client = visit(world.reporter)
    client.get(address)
    with CaptureQueriesContext(connection) as with_one:
        client.get(address)
    number = len(with_one)
    for value in (60, 50, 40):
        again = an_amendment(world, target_value=Decimal(value))
        for user in (world.coordinator, world.chair):
            again = answer_amendment(again, by=user, on=TODAY, outcome="accepted")
    client.get(address)  # from here the menu remembers how many tasks there are
    with django_assert_num_queries(number):
        client.get(address)


def test_every_field_has_a_label_and_is_written_in_dutch(world, visit):
    year_slice = world.draft.year_slice
    other = draft_commitment(
        year_slice,
        by=world.coordinator,
        on=TODAY,
        code="18-02",
        theme=world.draft.theme,
        lead=world.boekweit,
        kind="process",
        title="Een locatie aanwijzen",
        text="De Boekweit wijst een locatie aan.",
    )
    figures = {"target_value": Decimal("1250.5"), "out_of": Decimal(2628), "baseline": Decimal(1000)}
    changes = {
        "kind": "effort",
        "contributors": ((world.municipality, "Wijst aan."), (world.boekweit, "Helpt mee.")),
        "deadline": date(2018, 6, 1),
        "depends_on": other,
        "needs": "Er is een locatie.",
        "order": 1200,
        "indicator": world.homes.target.indicator,
        "direction": "at_most",
        "plan_1": Decimal(1100),
        "plan_4": Decimal("1250.5"),
        **figures,
    }
    edit_commitment(world.draft, by=world.coordinator, on=TODAY, version=1, changes=changes)
    page = visit(world.reporter).get("/afspraken/18-01/versies/?van=1&tot=2").content.decode()
    rows = page.split('<th scope="row">')[1:]
    shown = {row.split("<")[0]: " ".join(strip_tags(row.split("</td><td", 1)[1]).split()) for row in rows}
    for label, value in (
        ("Nulmeting", "1.000"),
        ("Van hoeveel in totaal", "2.628"),
        ("Doel", "1.250,5"),
        ("Planning op 31 maart", "1.100"),
        ("Planning op 31 december", "1.250,5"),
        ("Einddatum", "1 juni"),
        ("Volgorde", "1.200"),
        ("Soort", "Inspanningsafspraak"),
        ("Richting van het doel", "hoogstens"),
        ("Kan pas na", "18-02 Een locatie aanwijzen"),
        ("Wie werkt mee", "Gemeente Hilversum: Wijst aan. Woningcorporatie De Boekweit: Helpt mee."),
    ):
        assert value in shown[label], label
    page = visit(world.reporter).get("/afspraken/18-01/").content.decode()
    assert "31\N{NO-BREAK SPACE}december 2018</dd>" in page, "the day that stood there before"


def test_labels_and_values_cover_all_that_can_be_edited(world):
    assert set(LABELS) == set(world.homes.editable_values())
