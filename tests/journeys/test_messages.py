"""Somebody reads messages, chooses what to be mailed and puts the tasks in a calendar; with and without JavaScript."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from agreements.notifications.letters import unsubscribe_address
from agreements.notifications.models import Kind, Mail
from agreements.notifications.operations import notify_people
from tests.world import an_amendment, an_update

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]


@pytest.fixture
def told(world):
    """The chair has a duty and some news. In a thread of its own: Playwright keeps an event loop in this one."""

    def tell() -> None:
        an_update(world, value=52)
        an_amendment(world, text="Heideveld levert 70 woningen op.")
        while notify_people():
            pass
        Mail.objects.filter(key__contains="event").update(
            failed_at="2026-01-01T00:00Z", last_error="550 5.1.1 unknown"
        )
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(tell).result()
    return world


@pytest.fixture(params=["page", "phone", "no_js_page"])
def screen(request):
    return request.getfixturevalue(request.param)


def test_reading_and_choosing(told, screen, enter):
    page = enter(screen, told.chair)
    page.goto("/mijn-taken/")
    page.get_by_role("link", name="Berichten (2 nieuw)").click()
    page.get_by_role("heading", name="2 nieuwe berichten").wait_for()
    page.get_by_role("button", name="Alles is gelezen").click()
    page.get_by_role("heading", name="0 nieuwe berichten").wait_for()
    assert page.locator("#berichten-teller").is_hidden()
    page.get_by_role("link", name="Ga ernaartoe").click()
    page.get_by_role("heading", name="Wijziging").first.wait_for()

    page.goto("/berichten/instellingen/")
    page.get_by_role("group", name="Nieuws over afspraken die u aangaan").get_by_label("Geen mail").check()
    page.get_by_role("button", name="Bewaar uw keuzes").click()
    page.get_by_text("Uw keuzes zijn bewaard.").first.wait_for()
    assert page.get_by_role("group", name="Nieuws").get_by_label("Geen mail").is_checked()

    page.goto("/mijn-taken/")
    page.get_by_role("link", name="Zet uw taken in uw eigen agenda").click()
    page.get_by_role("button", name="Maak een geheime link").click()
    link = page.locator("a[href$='.ics']")
    assert page.request.get(link.get_attribute("href").partition("8000")[2]).status == 200
    page.get_by_role("button", name="Zet de link uit").click()
    page.get_by_text("U heeft nog geen link.").wait_for()


def test_pages_are_accessible(told, open_page, enter, axe):
    page = enter(open_page(), told.chair)
    stop = unsubscribe_address(told.chair, [Kind.NEWS]).removeprefix("http://127.0.0.1:8000")
    for address in ["/berichten/", "/berichten/instellingen/", "/mijn-taken/agenda/", stop]:
        page.goto(address)
        axe(page)
    page.get_by_role("button", name="Ja, meld mij af").click()
    page.get_by_role("heading", name="U bent afgemeld").wait_for()
    axe(page)
    page.goto("/mijn-taken/agenda/")
    page.get_by_role("button", name="Maak een geheime link").click()
    page.get_by_text("Dit is uw link.").wait_for()
    axe(page)
    page = enter(open_page(), told.coordinator)
    for address in ["/berichten/post/", f"/berichten/post/{Mail.objects.first().pk}/"]:
        page.goto(address)
        axe(page)
