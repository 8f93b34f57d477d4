"""The difference between two snapshots: exact, so that it makes the one of the other, and in words for people."""

import json
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.reports.comparison import compared, grouped, with_statuses
from agreements.reports.difference import applied, difference
from tests.reports.builders import a_published
from tests.reports.snapshots import (
    a_commitment,
    a_party,
    a_snapshot,
    a_target,
    an_update,
    everything,
)
from tests.world import an_update as report_progress

LEAF = st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.text("abc=<", max_size=3))
VALUE = st.one_of(LEAF, st.lists(LEAF, max_size=2), st.dictionaries(st.sampled_from("xyz"), LEAF, max_size=2))


def rows(key: str):
    """A list of rows, each with its own name, in any order."""
    fields = st.dictionaries(st.sampled_from(["status", "text", "target"]), VALUE, max_size=3)
    named = st.dictionaries(st.text("AB12", min_size=1, max_size=2), fields, max_size=4)
    return named.flatmap(lambda found: st.permutations([{**row, key: name} for name, row in found.items()]))


SNAPSHOT = st.fixed_dictionaries(
    {"commitments": rows("code"), "agenda": rows("code"), "signatories": rows("party")},
    optional={
        "report": st.dictionaries(st.sampled_from("xyz"), VALUE, max_size=3),
        "previous": st.one_of(
            st.none(), st.dictionaries(st.sampled_from("xy"), LEAF, min_size=1, max_size=2)
        ),
        "late": st.lists(LEAF, max_size=2),
        "schema": LEAF,
    },
)


@given(SNAPSHOT, SNAPSHOT)
def test_the_difference_applied_to_the_old_gives_the_new(old, new):
    before = deepcopy(old)
    assert applied(old, difference(old, new)) == new
    assert old == before, "the old one is left as it was"


@given(SNAPSHOT)
def test_a_snapshot_does_not_differ_from_itself(snapshot):
    assert difference(snapshot, json.loads(json.dumps(snapshot))) == []


@given(SNAPSHOT, SNAPSHOT)
def test_the_way_back_has_the_same_pieces(old, new):
    there, back = difference(old, new), difference(new, old)
    assert [change.path for change in there] == [change.path for change in back]


def test_real_snapshots_make_the_round_trip():
    old, new = a_snapshot(a_commitment()), everything()
    assert applied(old, difference(old, new)) == new
    assert applied(new, difference(new, old)) == old


def pairs(found):
    return {(row["kind"], row["code"]): (row["was"], row["now"]) for row in found}


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("was", "now", "kind", "says"),
    [
        ({}, {"target": a_target(value="70", original="84")}, "target", ("minstens 84 woningen", "minstens 70 woningen")),
        ({}, {"text": "Anders."}, "text", ("Letterlijke tekst: De letterlijke tekst van 17-01.", "Anders.")),
        ({}, {"deadline": "2018-06-30"}, "text", ("Einddatum: 31 december 2017", "30 juni 2018")),
        ({}, {"target": a_target(definition="Ook kamers.")}, "definition", ("Nieuwe huurwoningen, geteld op de dag van oplevering.", "Ook kamers.")),
        ({"updates": []}, {}, "figure", ("–", "36 woningen (30 juni 2017, definitief)")),
        ({}, {"updates": [an_update(evidence=[{"title": "x"}])]}, "evidence", ("0 bewijsstukken", "1 bewijsstuk")),
        ({"status": "at_risk"}, {}, "status", ("Aandacht nodig", "Op koers")),
    ],
)  # fmt: skip
def test_what_differs_is_said_in_words(was, now, kind, says):
    found = with_statuses(a_snapshot(a_commitment(**was)), a_snapshot(a_commitment(**now)))
    assert tuple(map(plain, pairs(found)[kind, "17-01"])) == says


def test_what_went_who_signed_and_which_year_moved_is_said():
    old = a_snapshot(a_commitment(), a_commitment("17-02"))
    new = a_snapshot(a_commitment(), signatories=[a_party("Gemeente Hilversum", "declined")])
    new["agreement"]["years"] = [{"year": 2017, "phase": "Afgesloten", "adopted_on": None}]
    found = pairs(compared(old, new))
    assert found["removed", "17-02"] == ("Stond er in", "–")
    assert found["signature", ""] == ("Getekend", "Niet getekend")
    assert found["agenda", ""] == ("Vastgesteld", "Afgesloten")


def test_a_snapshot_of_before_this_page_is_compared_too():
    """The first reports were made with schema 1, which had no kind, years or late figures."""
    old = a_snapshot(a_commitment(status="at_risk"))
    for name in ("late", "differences"):
        del old[name]
    del old["agreement"]["years"], old["report"]["kind"], old["commitments"][0]["reminders"]
    assert [group["kind"] for group in grouped(with_statuses(old, a_snapshot(a_commitment())))] == ["status"]


@pytest.mark.usefixtures("no_worker")
def test_the_page_compares_any_two_published_reports(world, page_of_a_report, client):
    report_progress(world, value=36, status="at_risk")
    first = a_published(world, page_of_a_report)
    assert "nog geen twee rapportages" in client.get("/rapportages/verschil/").content.decode()
    report_progress(world, value=52, status="on_track")
    second = a_published(world, page_of_a_report)
    page = plain(
        client.get(f"/rapportages/verschil/?van={first.number}&tot={second.number}").content.decode()
    )
    for words in ("Aandacht nodig", "Op koers", "36 woningen", "52 woningen"):
        assert words in page
    assert "52 woningen" in plain(client.get("/rapportages/verschil/").content.decode())
    same = client.get(f"/rapportages/verschil/?van={first.number}&tot={first.number}").content.decode()
    assert "Er is niets veranderd." in same
    for wrong in ("PA-9", "", "%00"):
        assert client.get(f"/rapportages/verschil/?van={first.number}&tot={wrong}").status_code == 404
