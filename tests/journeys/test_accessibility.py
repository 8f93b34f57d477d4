"""axe on every page, wide and narrow, light and dark: no violations. And no page scrolls sideways at 320 px."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connections

from agreements.commitments.operations import answer_amendment
from agreements.reports.operations import create_report, publish_report
from tests.agenda.test_show_agenda import an_item
from tests.world import TODAY, an_amendment, an_update

pytestmark = pytest.mark.django_db(transaction=True)

PUBLIC = [
    "/",
    "/afspraken/",
    "/afspraken/?q=bestaatniet",
    "/afspraken/17-01/",
    "/afspraken/17-02/",
    "/afspraken/17-01/versies/",
    "/afspraken/17-02/versies/",
    "/agenda/",
    "/jaarschijven/",
    "/jaarschijven/2017/",
    "/jaarschijven/2018/",
    "/indicatoren/",
    "/jaarkalender/",
    "/van-agenda-naar-afspraak/",
    "/rapportages/",
    "/uitleg/",
    "/toegankelijkheid/",
    "/privacy/",
    "/onderdelen/",
    "/nergens/",
    "/account/login/",
    "/account/password/reset/",
]
MEMBERS = {
    "reporter": [
        "/mijn-taken/",
        "/afspraken/17-01/voortgang/",
        "/rondes/2017-K3/opgave/",
        "/afspraken/17-01/wijzigen/",
        "/afspraken/17-02/wijzigen/",
        "/afspraken/18-01/bewerken/",
    ],
    "coordinator": [
        "/mijn-taken/",
        "/rondes/",
        "/rondes/nieuw/",
        "/rondes/2017-K3/sluiten/",
        "/afspraken/18-01/bewerken/",
        "/afspraken/18-01/",
        "/afspraken/18-01/intrekken/",
        "/jaarschijven/2018/",
        "/jaarschijven/2018/nieuwe-afspraak/",
        "/jaarschijven/2018/overnemen/",
        "/jaarschijven/2018/volgorde/",
        "/indicatoren/nieuw/",
        "/rapportages/nieuw/",
        "/jaarschijven/2018/",
        "/agenda/A-01/",
        "/agenda/A-01/besluit/2018/",
        "/jaarschijven/2018/fase/consultatie/",
        "/jaarschijven/2018/fase/bod/",
        "/jaarschijven/2018/planning/",
        "/jaarschijven/2018/voorbereiden/",
    ],
    "director": ["/mijn-taken/", "/organisatie/hv/akkoord/", "/organisatie/hv/akkoord/instellen/"],
    "chair": ["/mijn-taken/"],
}


@pytest.fixture
def report(world):
    """A published report. Made in a thread of its own: Playwright keeps an event loop in this one."""

    def publish():
        amendment = an_amendment(world, text="Heideveld levert 70 woningen op.", target_value=Decimal(70))
        for user in (world.coordinator, world.chair):
            answer_amendment(amendment, by=user, on=TODAY, outcome="accepted")
        made = create_report(world.round, by=world.coordinator, on=TODAY)
        published = publish_report(made, by=world.colleague, on=TODAY)
        connections.close_all()
        return published

    an_update(world, value=52, status="at_risk")
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(publish).result()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_public_pages(report, open_page, axe, width, scheme):
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    for address in [*PUBLIC, f"/rapportages/{report.number}/"]:
        page.goto(address)
        for disclosure in page.locator("details").all():
            disclosure.evaluate("element => element.open = true")
        axe(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_for_parties(world, report, open_page, enter, axe, width):
    an_item(world)
    waiting = create_report(world.round, by=world.coordinator, on=TODAY)
    amendment = an_amendment(world, target_value=Decimal(60))
    extra = {
        "reporter": [f"/wijzigingen/{amendment.pk}/intrekken/", "/afspraken/17-01/"],
        "chair": [f"/wijzigingen/{amendment.pk}/", "/afspraken/17-01/"],
        "coordinator": [f"/rapportages/{waiting.number}/", f"/rapportages/{waiting.number}/publiceren/"],
    }
    for name, addresses in MEMBERS.items():
        page = enter(open_page(viewport={"width": width, "height": 900}), world.cast[name])
        for address in [*addresses, *extra.get(name, [])]:
            page.goto(address)
            axe(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_forms_with_errors(world, open_page, enter, axe, width):
    page = enter(open_page(viewport={"width": width, "height": 900}), world.reporter)
    page.goto("/afspraken/17-01/voortgang/")
    page.get_by_role("button", name="Voortgang versturen").click()
    page.locator(".pa-foutoverzicht").wait_for()
    axe(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_draft_with_errors_and_with_advice(world, open_page, enter, axe, width):
    page = enter(open_page(viewport={"width": width, "height": 900}), world.coordinator)
    page.goto("/jaarschijven/2018/nieuwe-afspraak/")
    page.get_by_role("button", name="Bewaar de afspraak").click()
    page.locator(".pa-foutoverzicht").wait_for()
    axe(page)
    page.goto("/afspraken/18-01/bewerken/")
    page.get_by_label("Letterlijke tekst").fill("Heideveld streeft naar woningen.")
    page.get_by_role("button", name="Kijk eerst wat scherper kan").click()
    page.get_by_text("Deze woorden zijn zacht: ‘streeft’.").wait_for()
    axe(page)


def test_nothing_scrolls_sideways_at_320_pixels(report, open_page):
    page = open_page(viewport={"width": 320, "height": 800})
    for address in [*PUBLIC, f"/rapportages/{report.number}/"]:
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, f"{address} is {wide} px wide"
