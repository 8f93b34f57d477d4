"""Reminders: on fixed days, to who still owes something, with a cap and a second person."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from agreements.accounts.operations import create_account
from agreements.history.models import Event
from agreements.history.queries import broken_links
from agreements.parties.models import Membership, Party
from agreements.parties.operations import add_member, add_party
from agreements.progress.models import STEPS, Reminder, ReportingRound
from agreements.progress.operations import close_round, send_reminders
from agreements.progress.queries import people_to_remind, step_on
from agreements.reports import snapshot
from agreements.reports.subject import Subject
from tests.world import SIGNED, TODAY, a_closed_round, a_commitment, an_update

DUE = date(2017, 11, 24)


def on_day(days: int) -> date:
    return DUE + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "step"),
    [(-15, None), (-14, -14), (-8, -14), (-7, -7), (-2, -7), (-1, -1), (0, -1), (6, -1), (7, 7), (90, 28)],
)
def test_each_day_has_its_reminder(world, days, step):
    assert step_on(world.round, on_day(days)) == step


def test_a_round_that_opened_late_has_no_reminders_of_before(world):
    world.round.opened_on = on_day(-7)
    assert step_on(world.round, on_day(-7)) is None
    assert step_on(world.round, on_day(-1)) == -1


def test_a_party_is_reminded_on_every_fixed_day_and_then_no_more(world):
    sent = [(days, reminder.step) for days in range(-60, 120) for reminder in send_reminders(on=on_day(days))]
    assert sent == [(step, step) for step in STEPS]
    assert Event.objects.filter(verb="progress.reminded").count() == len(STEPS) == 7
    assert list(broken_links()) == []


def test_twice_on_a_day_is_once(world):
    assert len(send_reminders(on=on_day(-7))) == 1
    assert send_reminders(on=on_day(-7)) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(round=world.round, party=world.heideveld, step=-7, sent_on=TODAY)


def test_a_day_that_was_missed_is_made_up_for(world):
    assert [reminder.step for reminder in send_reminders(on=on_day(-5))] == [-7]


def test_who_reported_everything_is_left_alone(world):
    an_update(world)
    assert len(send_reminders(on=on_day(-7))) == 1, "17-02 is still open"
    world.coach.status = "achieved"
    world.coach.save()
    assert send_reminders(on=on_day(-1)) == []


def test_the_sentence_says_for_what_and_whether_a_second_person_heard(world):
    send_reminders(on=on_day(-7))
    send_reminders(on=on_day(14))
    first, second = Event.objects.filter(verb="progress.reminded").order_by("number")
    assert first.sentence == (
        "Herinnering aan Woonstichting Heideveld: derde kwartaal 2017, 2 afspraken, nog 7 dagen."
    )
    assert first.data == {"step": -7, "escalated": False, "commitments": ["17-01", "17-02"]}
    assert second.sentence.endswith("14 dagen te laat. Ook een tweede persoon kreeg deze herinnering.")
    assert (first.party, first.actor) == (world.heideveld, None)


def test_a_second_person_is_the_signatory_else_another_member(world):
    party = world.heideveld
    assert people_to_remind(party, escalated=False) == [world.reporter]
    assert people_to_remind(party, escalated=True) == [world.reporter, world.director]
    Membership.objects.filter(user=world.director).update(ended_on=TODAY)
    assert people_to_remind(party, escalated=True) == [world.reporter], "there is nobody else"
    other = create_account(email="tweede@test.example", function="Tweede invuller", by=None, on=SIGNED)
    tenants = Party.objects.get(key="hrh")
    add_member(tenants, user=other, role="reporter", by=None, on=SIGNED)
    assert people_to_remind(tenants, escalated=False) == [other]
    assert people_to_remind(tenants, escalated=True) == [world.chair, other]


def test_without_a_reporter_the_coordinator_is_asked_and_the_council_never(world):
    asked = people_to_remind(world.municipality, escalated=True)
    assert asked == [world.coordinator, world.colleague]
    Membership.objects.filter(party=world.municipality, role="coordinator").update(ended_on=TODAY)
    assert people_to_remind(world.municipality, escalated=True) == []


def test_a_closed_round_reminds_nobody(world):
    close_round(world.round, by=world.coordinator, on=TODAY)
    assert send_reminders(on=on_day(-1)) == []


def test_closing_tells_how_often_somebody_was_reminded(world, visit):
    send_reminders(on=on_day(-14))
    send_reminders(on=on_day(-7))
    page = visit(world.coordinator).get("/rondes/2017-K3/sluiten/").content.decode()
    assert "(Woonstichting Heideveld, 2 herinneringen gestuurd)" in page
    close_round(world.round, by=world.coordinator, on=TODAY)
    closed = Event.objects.get(verb="progress.round_closed")
    assert closed.data == {"silent": ["17-01", "17-02"], "reminders": {"17-01": 2, "17-02": 2}}


def test_everyone_reads_on_the_page_that_it_was_asked_again(world, client):
    send_reminders(on=on_day(-7))
    never = client.get("/afspraken/17-01/").content.decode()
    assert "nog niets doorgegeven. 1 herinnering gestuurd." in never
    first = a_closed_round(world, "2017-K1", "Eerste kwartaal 2017", date(2017, 3, 31))
    Reminder.objects.create(round=first, party=world.heideveld, step=-7, sent_on=date(2017, 3, 24))
    Reminder.objects.create(round=first, party=world.heideveld, step=-1, sent_on=date(2017, 3, 30))
    an_update(world)
    page = client.get("/afspraken/17-01/").content.decode()
    assert "Voor deze ronde is niets doorgegeven. 2 herinneringen gestuurd." in page


def test_a_report_freezes_the_number(world):
    send_reminders(on=on_day(-14))
    send_reminders(on=on_day(-7))
    an_update(world)
    heading = {"number": "PA-1", "title": "x", "kind": "progress", "created_on": "2017-11-15"}
    heading |= {"checkpoint": {}, "supersedes": None}
    taken = snapshot.take(Subject(world.round), heading=heading, previous=None)
    assert {row["code"]: row["reminders"] for row in taken["commitments"]} == {"17-01": 0, "17-02": 2}


def test_by_hand_it_tells_who_was_reminded(world, capsys):
    call_command("send_reminders")
    assert capsys.readouterr().out == "Derde kwartaal 2017: Woonstichting Heideveld\nHerinneringen: 1.\n"
    call_command("send_reminders")
    assert capsys.readouterr().out == "Herinneringen: 0.\n"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_once(world):
    def remind(_: int) -> int:
        try:
            return len(send_reminders(on=on_day(-7)))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(remind, range(4))) == [0, 0, 0, 1]
    assert Reminder.objects.count() == Event.objects.filter(verb="progress.reminded").count() == 1


def test_the_closing_page_asks_as_much_of_ten_parties_as_of_two(world, visit):
    client = visit(world.coordinator)
    ReportingRound.objects.update(due_on=DUE)

    def asked() -> int:
        caches["counters"].clear()  # the menu remembers how many tasks there are
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/rondes/2017-K3/sluiten/").status_code == 200
        return len(asked)

    before = asked()
    for number in range(8):
        key = f"c{number}"
        lead = add_party(
            by=None, on=SIGNED, key=key, kind="corporation", name=key, short_name=key, provenance="own"
        )
        a_commitment(world, f"17-1{number}", lead=lead, deadline=DUE)
    assert asked() == before
