"""The list in the portal: unread first, read together, counted in the header."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.history.models import Event
from agreements.notifications.models import Notification
from agreements.notifications.operations import mark_read, notify_people
from agreements.notifications.queries import count_unread
from tests.world import World, an_update

PAGE = "/berichten/"
HTMX = {"HX-Request": "true", "HX-Target": "berichten"}


def tell(world: World, times: int = 1) -> None:
    while notify_people():
        pass
    Notification.objects.all().delete()
    for value in range(times):
        an_update(world, value=value)
    while notify_people():
        pass


def queries(client: Any, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_without_messages_there_is_a_kind_word(world, visit):
    page = visit(world.chair).get(PAGE).content.decode()
    assert "U heeft nog geen berichten" in page
    assert "0 nieuwe berichten" in page
    assert 'id="berichten-teller" hidden' in page


def test_a_message_says_what_happened_and_leads_there(world, visit):
    tell(world)
    page = visit(world.chair).get(PAGE).content.decode()
    assert "1 nieuw bericht" in page
    assert "gaf de voortgang door van 17-01" in page
    assert 'href="/afspraken/17-01/#verloop"' in page
    assert '<span class="pa-vh">(1 nieuw)</span>' in page
    assert PAGE in visit(world.chair).get("/").content.decode()


def test_example_rows_are_labelled(world, visit):
    world.homes.provenance = "example"
    world.homes.save()
    tell(world)
    assert "voorbeeld</span>" in visit(world.chair).get(PAGE).content.decode()


def test_what_was_read_goes_down_and_what_the_page_did_not_show_stays_new(world, visit):
    tell(world, times=2)
    client = visit(world.chair)
    newest = Notification.objects.filter(user=world.chair).order_by("-pk")[0]
    an_update(world, value=9)
    notify_people()
    answer = client.post(PAGE, {"tot": newest.pk})
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    assert count_unread(world.chair) == 1
    page = client.get(PAGE).content.decode()
    assert page.count('<li class="pa-verschil">') == 3
    assert page.count("<strong>Woonstichting") == 1
    assert page.index("<strong>Woonstichting") < page.index("<p>Woonstichting")


def test_with_htmx_the_list_and_the_counter_change_in_place(world, visit):
    tell(world)
    newest = Notification.objects.filter(user=world.chair).get()
    part = visit(world.chair).post(PAGE, {"tot": newest.pk}, headers=HTMX).content.decode()
    assert part.lstrip().startswith("<title>Berichten (0 nieuw)")
    assert 'id="berichten-teller" hidden hx-swap-oob="true"' in part
    assert "<html" not in part


@pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 400, "١"])
def test_strange_numbers_read_nothing(world, visit, typed):
    tell(world)
    assert visit(world.chair).post(PAGE, {"tot": typed}).status_code == 303
    assert Notification.objects.filter(user=world.chair, read_at=None).exists()


def test_nobody_reads_for_another(world, visit):
    tell(world)
    visit(world.stranger).post(PAGE, {"tot": 10**9})
    assert mark_read(world.stranger, up_to=10**9) == 0
    assert Notification.objects.filter(user=world.chair, read_at=None).exists()
    assert "17-01" not in visit(world.stranger).get(PAGE).content.decode()


def test_reading_writes_no_history(world, visit):
    tell(world)
    before = Event.objects.count()
    visit(world.chair).post(PAGE, {"tot": 10**9})
    assert Event.objects.count() == before


def test_pages_ask_as_much_of_60_messages_as_of_2(world, visit):
    tell(world, times=2)
    client = visit(world.chair)
    few = {path: queries(client, path) for path in (PAGE, "/", "/mijn-taken/", "/berichten/instellingen/")}
    for value in range(58):
        an_update(world, value=value)
    while notify_people():
        pass
    assert Notification.objects.filter(user=world.chair).count() == 60
    assert few == {path: queries(client, path) for path in few}
    assert "pagina=3" in client.get(PAGE).content.decode()
