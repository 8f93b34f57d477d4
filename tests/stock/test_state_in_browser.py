"""A corporation states its stock in a real browser, without a script too, and every page of it is accessible."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from playwright.sync_api import Page, expect

from agreements.stock.models import OtherCount
from tests.stock.statements import a_floor, a_statement

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["page", "no_js_page", "phone"])
def screen(request) -> Page:
    """The same story on three kinds of screen."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def filled(world):
    """A floor, both corporations in 2016 and 2020, a difference and a correction; made in a thread of its own."""

    def fill():
        floor = a_floor(world, 8300)
        OtherCount.objects.create(
            agreement=world.agreement, year=2017, value=12376, definition="CBS.", source=floor.source
        )
        a_statement(world, sold=30)
        a_statement(world, reported_end=4160, explanation="Gesplitst.", reason="Acht verkopen gemist.")
        a_statement(world, 2020)
        a_statement(world, 2020, party=world.boekweit)
        a_statement(world, party=world.boekweit)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(fill).result()
    return world


def test_count_explain_send_and_correct(world, screen, enter):
    page = enter(screen, world.reporter)
    page.goto("/")
    page.goto("/voorraad/")
    page.get_by_role("link", name="2016").first.click()
    expect(page.get_by_role("heading", name="Voorraad opgeven voor 2016")).to_be_visible()
    page.get_by_label("Hoeveel woningen waren er op 1 januari?").fill("4.190")
    for question in ("gebouwd", "gekocht", "verkocht", "geliberaliseerd", "gesloopt"):
        page.get_by_label(f"Hoeveel zijn er {question}?").fill("12" if question == "gebouwd" else "0")
    page.get_by_label("Hoeveel woningen zijn er op 31 december volgens u?").fill("4.200")
    page.get_by_label("Waar komen de aantallen vandaan?").fill("Jaarverslag 2016")
    page.get_by_role("button", name="Verstuur de opgave").click()
    expect(page.get_by_role("alert")).to_contain_text(
        "Verschil: 2. Het portaal telt 4.202, opgegeven is 4.200."
    )
    expect(page.get_by_label("Waar komen de aantallen vandaan?")).to_have_value("Jaarverslag 2016")

    page.get_by_label("Hoeveel zijn er gesloopt?").fill("2")
    page.get_by_role("button", name="Reken eerst na").click()
    expect(page.get_by_text("Dat klopt.")).to_be_visible()
    page.get_by_role("button", name="Verstuur de opgave").click()
    expect(page.locator("main").get_by_text("Uw opgave voor 2016 is verstuurd.").first).to_be_visible()

    page.get_by_role("link", name="2016").first.click()
    page.get_by_label("Hoeveel zijn er gesloopt?").fill("3")
    page.get_by_label("Hoeveel woningen zijn er op 31 december volgens u?").fill("4199")
    page.get_by_label("Waarom verbetert u een eerdere opgave?").fill("Er is er nog één gesloopt.")
    page.get_by_role("button", name="Verstuur de opgave").click()
    expect(page.get_by_text("Versie 2, geldt nu")).to_be_visible()
    page.get_by_text("Bekijk wat er eerder stond").click()
    expect(page.get_by_text("Versie 1, vervangen")).to_be_visible()


def test_what_everyone_reads_is_accessible(filled, page, axe):
    for address in ("/voorraad/", "/voorraad/hv/", "/voorraad/bw/"):
        page.goto(address)
        for disclosure in page.locator("details").all():
            disclosure.evaluate("element => element.open = true")
        axe(page, dark=True)


def test_the_form_is_accessible_also_in_error_and_when_a_colleague_was_first(filled, page, enter, axe):
    enter(page, filled.reporter)
    page.goto("/voorraad/")
    axe(page)
    page.goto("/voorraad/hv/opgeven/2016/")
    axe(page)
    page.get_by_label("Toelichting").fill("")
    page.get_by_role("button", name="Verstuur de opgave").click()
    page.locator(".pa-foutoverzicht").wait_for()
    axe(page)
    page.locator("input[name=seen]").evaluate("element => element.value = 0")
    page.get_by_role("button", name="Verstuur de opgave").click()
    page.get_by_text("Dit staat er nu").first.wait_for()
    axe(page)
