"""Each party reports its part; the joint commitment follows: a sum that misses nobody, and the worst status (ADR 8)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from agreements.agreement.operations import note_answer
from agreements.commitments.joint import WORST_FIRST, worst_of
from agreements.commitments.models import Status
from agreements.parties.operations import add_party
from agreements.progress.operations import close_round, reopen_round
from agreements.progress.queries import asked, how_far, owing, sheet_of, together
from agreements.workspace.queries import count_tasks, tasks_of
from tests.commitments.divided import a_joint, part, report, whole
from tests.together import at_once
from tests.world import SIGNED, TODAY, a_round, an_assessment

STATUSES = st.lists(st.sampled_from([s for s in Status if s != Status.DROPPED]), min_size=1, max_size=6)


@given(STATUSES)
def test_nothing_is_averaged_the_worst_part_decides(statuses):
    found = worst_of(statuses)
    assert found in statuses
    assert all(WORST_FIRST.index(found) <= WORST_FIRST.index(status) for status in statuses)
    assert (found == Status.ACHIEVED) == (set(statuses) == {Status.ACHIEVED})


def test_each_party_is_asked_its_own_part_and_nobody_the_whole(world, visit):
    joint = a_joint(world)
    rows = asked(type(joint).objects.all(), world.round)
    assert set(rows.values_list("code", flat=True)) == {"17-01", "17-02", "17-05a", "17-05b"}
    assert [one.commitment.code for one in sheet_of(world.boekweit, world.round)] == ["17-05b"]
    assert [c.code for c in owing(world.round)[world.boekweit]] == ["17-05b"]
    shares = {share.party.key: share.asked for share in how_far([world.round])[world.round.pk]}
    assert shares == {"hv": 3, "bw": 1}, "the municipality coordinates and owes nothing"
    assert [task.details[0] for task in tasks_of(world.stranger)] == ["17-05b"]
    assert count_tasks(world.stranger) == 1
    answer = visit(world.coordinator).post("/afspraken/17-05/voortgang/", {"value": "120"})
    assert answer.status_code == 403
    assert "Elke partij geeft haar eigen deel door." in answer.content.decode()


def test_the_sum_is_a_total_only_when_nobody_misses(world, visit):
    joint = a_joint(world)
    report("a", 52, by=world.reporter, round=world.round)
    page = visit().get("/afspraken/17-05/").content.decode()
    assert "samen 52 van 120 woningen" in page
    assert "maar van Woningcorporatie De Boekweit ontbreekt het cijfer." in page
    assert (whole().value, whole().as_of, whole().status) == (None, None, "no_data")
    assert "nog niet van elke partij een cijfer" in visit().get("/afspraken/?q=17-05").content.decode()

    report("b", 31, by=world.stranger, round=world.round)
    page = visit().get("/afspraken/17-05/").content.decode()
    assert "samen 83 van 120 woningen" in page
    assert "ontbreekt het cijfer" not in page
    assert (whole().value, whole().as_of, whole().status) == (83, world.round.as_of, "on_track")
    assert whole().reported_on == TODAY
    assert together(joint).incomplete is None


def test_the_status_says_from_whose_part_it_follows(world, visit):
    a_joint(world)
    report("a", 52, by=world.reporter, round=world.round)
    report("b", 10, by=world.stranger, round=world.round, status="behind")
    page = visit().get("/afspraken/17-05/").content.decode()
    assert whole().status == "behind"
    assert "Deze status volgt uit het deel van" in page
    assert 'href="/afspraken/17-05b/">Woningcorporatie De Boekweit</a>' in page
    report("b", 30, by=world.stranger, round=world.round)
    assert whole().status == "on_track", "a correction counts at once"
    assert "Zo staan alle delen ervoor." in visit().get("/afspraken/17-05/").content.decode()


def test_a_later_round_in_which_one_is_silent_leaves_the_older_total_with_its_day(world, visit):
    a_joint(world)
    year = world.homes.year_slice
    early = a_round(year, "2017-K2", "Tweede kwartaal 2017", date(2017, 6, 30), due_on=date(2017, 7, 14))
    before = {"round": early, "on": date(2017, 7, 10)}
    report("a", 30, by=world.reporter, **before)
    report("b", 14, by=world.stranger, **before)
    close_round(early, by=None, on=date(2017, 7, 20))
    report("a", 52, by=world.reporter, round=world.round)
    assert (whole().value, whole().as_of) == (44, date(2017, 6, 30))
    page = visit().get("/afspraken/17-05/").content.decode()
    assert "samen 44 van 120 woningen" in page
    assert "Derde kwartaal 2017 is nog niet compleet: <strong>samen 52 van 120 woningen" in page

    close_round(world.round, by=world.coordinator, on=TODAY)
    assert (part("b").status, whole().status, whole().value) == ("no_data", "no_data", 44)
    reopen_round(world.round, by=world.coordinator, on=TODAY, reason="De Boekweit was ziek.")
    assert (part("b").status, whole().status) == ("on_track", "on_track")


def test_a_part_that_is_over_still_counts_in_later_rounds(world):
    a_joint(world)
    year = world.homes.year_slice
    early = a_round(year, "2017-K2", "Tweede kwartaal 2017", date(2017, 6, 30), due_on=date(2017, 7, 14))
    report("b", 50, by=world.stranger, round=early, on=date(2017, 7, 10), status="achieved")
    report("a", 52, by=world.reporter, round=world.round)
    assert (whole().value, whole().as_of, whole().status) == (102, world.round.as_of, "on_track")


def test_the_course_of_the_total_is_drawn_where_all_reported(world, visit):
    a_joint(world)
    report("a", 52, by=world.reporter, round=world.round)
    page = visit().get("/afspraken/17-05/").content.decode()
    assert 'scope="row">Kwartaal 3</th><td class="pa-r">80</td>' in page
    assert (
        '<td class="pa-r">80</td><td class="pa-r"><span class="pa-muted">nog niet bekend</span></td>' in page
    )
    report("b", 20, by=world.stranger, round=world.round)
    page = visit().get("/afspraken/17-05/").content.decode()
    assert '<td class="pa-r">80</td><td class="pa-r">72</td>' in page
    assert "Achter op schema" in page, "the plan of the whole is held against the total"


def test_the_page_takes_as_many_queries_for_six_parts_as_for_two(world, visit):
    a_joint(world)
    more = []
    for number in range(4):
        given = {"kind": "corporation", "name": f"Corporatie {number}", "short_name": f"C{number}"}
        party = add_party(by=None, on=SIGNED, key=f"c{number}", provenance="own", **given)
        note_answer(world.agreement, party, by=None, on=SIGNED, outcome="pending", provenance="own")
        more.append((party, Decimal(10)))
    division = [(world.heideveld, Decimal(50)), (world.boekweit, Decimal(30)), *more]
    a_joint(world, code="17-06", division=division)
    client = visit(world.coordinator)
    counts = []
    for code in ("17-05", "17-06"):
        client.get(f"/afspraken/{code}/")
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"/afspraken/{code}/").status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_a_dissent_on_a_part_is_in_sight_at_the_whole(world, visit):
    a_joint(world)
    update = report("a", 52, by=world.reporter, round=world.round)
    an_assessment(update, by=world.chair)
    page = visit(world.chair).get("/afspraken/17-05/").content.decode()
    assert 'href="/afspraken/17-05a/#oordelen">1 afwijkend standpunt' in page


@pytest.mark.django_db(transaction=True)
def test_two_parties_that_report_at_the_same_moment_both_count(world):
    """In two rounds: within one they wait for each other anyway."""
    a_joint(world)
    year = world.homes.year_slice
    early = a_round(year, "2017-K2", "Tweede kwartaal 2017", date(2017, 6, 30), due_on=date(2017, 7, 14))
    at_once(
        lambda: report("a", 52, by=world.reporter, round=world.round),
        lambda: report("b", 31, by=world.stranger, round=early),
    )
    assert whole().status == "on_track", "who overlooked the other would say no_data"
