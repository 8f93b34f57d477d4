"""The tasks in somebody's own calendar, through a secret link."""

import re
from datetime import date

import pytest
from django.test import Client
from icalendar import Calendar

from agreements.commitments.models import Commitment
from agreements.workspace.models import CalendarFeed
from agreements.workspace.operations import renew_feed, revoke_feed
from tests.world import World, an_amendment

PAGE = "/mijn-taken/agenda/"
LINK = re.compile(r"/agenda-feed/[\w-]+\.ics")


def read(token: str) -> Calendar:
    """What a calendar program gets, without an account."""
    answer = Client().get(f"/agenda-feed/{token}.ics")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content)


def test_the_tasks_with_a_day_are_in_the_calendar(world: World) -> None:
    an_amendment(world, text="Heideveld levert 70 woningen op.")  # a task without a day, for others
    calendar = read(renew_feed(world.reporter))
    events = calendar.walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [
        "Geef de voortgang door: 84 nieuwe sociale huurwoningen opleveren",
        "Geef de voortgang door: Een wooncoach laten beginnen",
    ]
    first = events[0]
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (date(2017, 11, 24), date(2017, 11, 25))
    assert str(first["url"]) == "http://127.0.0.1:8000/afspraken/17-01/voortgang/"
    assert str(first["transp"]) == "TRANSPARENT"
    assert read(renew_feed(world.chair)).walk("VEVENT") == []


def test_reading_again_gives_the_same_entries(world: World) -> None:
    token = renew_feed(world.reporter)
    uids = [[str(event["uid"]) for event in read(token).walk("VEVENT")] for _ in range(2)]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == 2


def test_long_and_strange_text_is_folded_and_escaped(world: World) -> None:
    title = "Één, twee; drie\\vier\nBEGIN:VALARM " + "ë" * 100
    Commitment.objects.filter(pk=world.homes.pk).update(title=title, provenance="example")
    raw = Client().get(f"/agenda-feed/{renew_feed(world.reporter)}.ics").content
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    assert b"\nBEGIN:VALARM" not in raw
    summary = str(Calendar.from_ical(raw).walk("VEVENT")[0]["summary"])
    assert summary == f"Geef de voortgang door: {title} (voorbeeld)"


def test_the_link_is_shown_once_and_kept_as_a_digest(world: World, visit) -> None:
    client = visit(world.reporter)
    page = client.post(PAGE, {"wat": "vernieuwen"}, follow=True)
    [*_, (address, status)] = page.redirect_chain
    assert (address, status) == (PAGE, 303)
    link = LINK.search(page.content.decode())
    assert link
    token = link[0].removeprefix("/agenda-feed/").removesuffix(".ics")
    assert Client().get(link[0]).status_code == 200
    assert token not in str(list(CalendarFeed.objects.values()))
    assert not LINK.search(client.get(PAGE).content.decode())


def test_a_new_link_ends_the_old_one_and_switching_off_ends_both(world: World, visit) -> None:
    old = renew_feed(world.reporter)
    client = visit(world.reporter)
    client.post(PAGE, {"wat": "vernieuwen"})
    assert Client().get(f"/agenda-feed/{old}.ics").status_code == 404
    new = renew_feed(world.reporter)
    assert "De link werkt niet meer." in client.post(PAGE, {"wat": "uitzetten"}, follow=True).content.decode()
    assert Client().get(f"/agenda-feed/{new}.ics").status_code == 404


def test_who_left_has_no_tasks_and_a_closed_account_no_link(world: World) -> None:
    token = renew_feed(world.reporter)
    world.reporter.memberships.update(ended_on="2017-11-15")
    assert read(token).walk("VEVENT") == []
    world.reporter.is_active = False
    world.reporter.save()
    assert Client().get(f"/agenda-feed/{token}.ics").status_code == 404


def test_a_link_tells_nobody_more_than_its_owner_may_see(world: World) -> None:
    token = renew_feed(world.councillor)
    assert "60 nieuwe woningen" not in str(read(token).to_ical())
    answer = Client().get(f"/agenda-feed/{token}.ics")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_link_is_for_reading_only(world: World, method: str) -> None:
    token = renew_feed(world.reporter)
    assert getattr(Client(), method)(f"/agenda-feed/{token}.ics").status_code == 405


def test_switching_off_what_is_not_there_is_nothing(world: World) -> None:
    revoke_feed(world.reporter)
    assert not CalendarFeed.objects.exists()
