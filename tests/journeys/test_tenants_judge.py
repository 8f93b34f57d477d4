"""A volunteer of the tenants on a telephone without JavaScript: one question per page, the whole list, members look along."""

import re
from decimal import Decimal
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from agreements.progress.models import Assessment, Claim
from agreements.progress.operations import submit_progress
from tests.conftest import PHONE
from tests.world import TODAY, an_update

pytestmark = pytest.mark.django_db(transaction=True)

WHY = "Wij telden vorige week 48 woningen die klaar zijn."


@pytest.fixture
def figures(world):
    """Two figures of Heideveld to judge."""
    an_update(world, value=52)
    claim = Claim(status="achieved", value=Decimal(1), explanation="De wooncoach is begonnen.")
    submit_progress(world.coach, by=world.reporter, on=TODAY, round=world.round, key=uuid4(), claim=claim)
    return world


def test_one_question_per_page_then_the_list_then_the_members(figures, open_page, enter):
    page = enter(open_page(viewport=PHONE, java_script_enabled=False), figures.chair)
    page.goto("/mijn-taken/")
    page.get_by_role("link", name=re.compile("Beoordeel bij Derde kwartaal")).click()
    page.get_by_role("link", name="Eén vraag per pagina").click()
    expect(page.get_by_text("1 van 2", exact=True)).to_be_visible()

    # A mistake loses nothing; after mending it the next question comes.
    page.get_by_label("Niet akkoord").check()
    page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf op waarom u bij 17-01 ‘Niet akkoord’ kiest.")
    expect(page.get_by_label("Niet akkoord")).to_be_checked()
    page.get_by_label("Waarom?").fill(WHY)
    page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page.get_by_text("2 van 2", exact=True)).to_be_visible()
    expect(page.locator("main").get_by_text("Uw oordeel over 17-01 is bewaard.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    # The rest at once: everything agreed, look, save.
    page.get_by_role("link", name="Alle cijfers op één pagina").click()
    page.get_by_role("button", name="Alles akkoord, behalve").click()
    assert Assessment.objects.count() == 1
    rows = page.get_by_role("group", name="Oordeel over 17-02")
    expect(rows.get_by_label("Akkoord", exact=True)).to_be_checked()
    page.get_by_label("Op welke dag heeft uw bestuur dit vastgesteld?").fill("14-11-2017")
    page.get_by_role("button", name="Bewaar de oordelen").click()
    expect(page.locator("main").get_by_text("2 oordelen zijn bewaard.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    # A note for the board, and a link for members, who have no account.
    page.goto("/meekijken/")
    page.get_by_role("link", name="Maak een notitie bij 17-01").click()
    page.get_by_label("Nieuwe notitie").fill("Vraag naar blok 2.")
    page.get_by_role("button", name="Bewaar de notitie").click()
    expect(page.get_by_text("Vraag naar blok 2.")).to_be_visible()
    page.goto("/meekijken/links/nieuw/")
    page.get_by_label("Waarvoor is de link?").fill("Ledenvergadering")
    page.get_by_role("button", name="Maak de link").click()
    address = page.get_by_label("Deze link deelt u met uw leden").input_value()

    member = open_page(viewport=PHONE, java_script_enabled=False)
    member.goto(address)
    expect(member.get_by_role("heading", name="Meekijken met Huurdersraad Heideveld")).to_be_visible()
    expect(member.get_by_text("Vraag naar blok 2.")).to_have_count(0)
    assert member.evaluate("document.documentElement.scrollWidth") <= 390
    member.get_by_role("link", name="84 nieuwe sociale huurwoningen opleveren").click()
    expect(member.get_by_text(WHY)).to_have_count(0)

    # The corporation reads the dissent and answers it.
    corporation = enter(open_page(), figures.reporter)
    corporation.goto("/mijn-taken/")
    corporation.get_by_role("link", name="Lees en antwoord bij 17-01").click()
    corporation.get_by_label("Wat is uw antwoord?").fill("Vier woningen zijn deze week opgeleverd.")
    corporation.get_by_role("button", name="Verstuur het antwoord").click()
    expect(corporation.get_by_role("heading", name="Antwoord van Woonstichting Heideveld")).to_be_visible()


def test_with_javascript_the_preset_keeps_what_was_typed_and_enter_saves(figures, page, enter):
    enter(page, figures.chair).goto("/oordelen/2017-K3/")
    first = page.get_by_role("group", name="Oordeel over 17-01")
    expect(first.get_by_label("Waarom?")).to_be_hidden()
    first.get_by_label("Met kanttekening").check()
    first.get_by_label("Waarom?").fill(WHY)
    page.get_by_role("button", name="Alles akkoord, behalve").click()
    expect(
        page.get_by_role("group", name="Oordeel over 17-02").get_by_label("Akkoord", exact=True)
    ).to_be_checked()
    expect(first.get_by_label("Waarom?")).to_have_value(WHY)
    assert not Assessment.objects.exists()
    page.get_by_label("Wie heeft het vastgesteld?").press("Enter")
    expect(page.locator("main").get_by_text("2 oordelen zijn bewaard.")).to_be_visible()
    assert set(Assessment.objects.values_list("verdict", flat=True)) == {"agreed", "remark"}


def test_the_pages_are_accessible(figures, open_page, enter, axe):
    page = enter(open_page(), figures.chair)
    for address in (
        "/oordelen/2017-K3/",
        "/oordelen/2017-K3/17-01/",
        "/meekijken/",
        "/meekijken/lijst/",
        "/meekijken/notities/17-01/",
        "/meekijken/links/nieuw/",
    ):
        page.goto(address)
        for disclosure in page.locator("details").all():
            disclosure.evaluate("element => element.open = true")
        axe(page, dark=True)
    page.goto("/oordelen/2017-K3/")
    group = page.get_by_role("group", name="Oordeel over 17-01")
    group.get_by_label("Niet akkoord").check()
    page.get_by_role("button", name="Bewaar de oordelen").click()
    page.locator(".pa-foutoverzicht").wait_for()
    axe(page)
    group.get_by_label("Waarom?").fill(WHY)
    page.get_by_role("button", name="Bewaar de oordelen").click()
    page.get_by_text("1 oordeel is bewaard.").first.wait_for()
    page.goto("/afspraken/17-01/")
    axe(page)
    page.goto("/meekijken/links/nieuw/")
    page.get_by_label("Waarvoor is de link?").fill("Ledenvergadering")
    page.get_by_role("button", name="Maak de link").click()
    address = page.get_by_label("Deze link deelt u met uw leden").input_value()
    axe(page)
    page.goto(address)
    axe(page)
    page = enter(open_page(), figures.reporter)
    page.goto(f"/oordelen/antwoord/{Assessment.objects.get().pk}/")
    axe(page)
    page.goto("/afspraken/?afwijkend=ja")
    axe(page)
