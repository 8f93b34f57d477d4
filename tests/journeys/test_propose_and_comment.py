"""Proposals and comments in a real browser: the story without JavaScript, and axe on lists, forms and errors."""

import re

import pytest
from playwright.sync_api import Page, expect

from agreements.commitments.models import Commitment
from agreements.process.models import Comment, Proposal
from agreements.process.operations import answer_comment, decline_proposal, edit_proposal, merge_proposal
from tests.process.heard import LIST, a_comment, a_proposal, a_wish, put
from tests.world import TODAY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]


@pytest.fixture(params=["no_js_page", "page"])
def screen(request) -> Page:
    """The same story without JavaScript and with it."""
    return request.getfixturevalue(request.param)


def test_a_bid_goes_in_and_becomes_a_commitment(world, screen, enter):
    page = enter(screen, world.reporter)
    page.goto("/jaarschijven/2018/")
    page.get_by_role("link", name="Nieuw voorstel").click()
    page.get_by_label("Titel in gewone taal").fill("20 woningen extra")
    page.get_by_label("Waarom stelt u dit voor?").fill("Er is grond bij gekomen.")
    page.get_by_role("button", name="Dien het voorstel in").click()
    expect(page.get_by_role("alert")).to_contain_text("Controleer 2 antwoorden")
    expect(page).to_have_title(re.compile("^Fout: "))
    expect(page.get_by_label("Waarom stelt u dit voor?")).to_have_value("Er is grond bij gekomen.")
    page.get_by_label("Over welk thema gaat het?").select_option(label="Sociale voorraad")
    page.get_by_label("Letterlijke tekst van de afspraak").fill("Heideveld levert 20 woningen extra op.")
    page.get_by_label("Wanneer moet het klaar zijn?").fill("1 oktober 2018")
    page.get_by_role("button", name="Dien het voorstel in").click()
    expect(page.get_by_role("heading", name="20 woningen extra")).to_be_visible()
    expect(page.get_by_text("De gemeente heeft nog niet geantwoord.")).to_be_visible()

    enter(page, world.coordinator).goto("/mijn-taken/")
    page.get_by_role("link", name="Bekijk de voorstellen").click()
    page.get_by_role("link", name="20 woningen extra").click()
    page.get_by_role("link", name="Overnemen", exact=True).click()
    page.get_by_role("button", name="Neem het voorstel over").click()
    expect(page.get_by_text("Overgenomen als 18-02 20 woningen extra.", exact=True)).to_be_visible()
    page.get_by_role("link", name="18-02 20 woningen extra").first.click()
    expect(page.get_by_text("Komt uit het bod van Woonstichting Heideveld (voorstel 1).")).to_be_visible()
    assert Commitment.objects.get(code="18-02").lead == world.heideveld
    assert Proposal.objects.count() == 1


def test_a_comment_is_made_and_answered(world, screen, enter):
    put(world, "consultation")
    page = enter(screen, world.chair)
    page.goto("/afspraken/18-01/")
    page.get_by_role("link", name="Maak een opmerking").click()
    page.get_by_role("button", name="Plaats de opmerking").click()
    expect(page.get_by_role("alert")).to_contain_text("Controleer 1 antwoord")
    page.get_by_label("Huurdersraad Heideveld, namens de achterban").check()
    page.get_by_label("Uw opmerking").fill("Onze leden willen meer woningen.")
    page.get_by_role("button", name="Plaats de opmerking").click()
    expect(page.get_by_text("Onze leden willen meer woningen.")).to_be_visible()

    enter(page, world.coordinator).goto("/jaarschijven/2018/")
    page.get_by_role("link", name="1 opmerking bij de teksten").click()
    page.get_by_role("link", name=re.compile("Geef antwoord")).click()
    page.get_by_label("Niet overgenomen").check()
    page.get_by_label("Wat is uw antwoord?").fill("Er is geen grond.")
    page.get_by_role("button", name="Bewaar het antwoord").click()
    expect(page.get_by_text("Er is geen grond.").first).to_be_visible()
    expect(page.get_by_text("Niet overgenomen", exact=True)).to_be_visible()
    assert not Comment.objects.get().is_open


def test_the_list_filters(world, screen, enter):
    a_proposal(world)
    a_wish(world)
    page = enter(screen, world.coordinator)
    page.goto(LIST)
    page.get_by_label("Van welke partij?").select_option(label="Huurdersraad Heideveld")
    page.get_by_role("button", name="Toon resultaten").click()
    expect(page.get_by_role("heading", name="1 voorstel van 2")).to_be_visible()
    assert "partij=hrh" in page.url


def test_lists_and_pages_in_public(world, open_page, axe):
    merge_proposal(
        a_proposal(world), by=world.coordinator, on=TODAY, version=1, commitment=world.draft, reason="Past."
    )
    decline_proposal(a_wish(world), by=world.coordinator, on=TODAY, version=1, reason="Er is geen geld.")
    put(world, "consultation")
    answered = a_comment(world)
    answer_comment(answered, by=world.coordinator, on=TODAY, outcome="declined", reason="Er is geen grond.")
    a_comment(world, text="En graag eerder.")
    page = open_page()
    comments = "/jaarschijven/2018/opmerkingen/"
    for address in (
        LIST,
        f"{LIST}?stand=open",
        f"{LIST}1/",
        f"{LIST}2/",
        comments,
        f"{comments}?stand=open",
        "/afspraken/18-01/",
        "/jaarschijven/2018/",
    ):
        page.goto(address)
        axe(page)


def test_forms_with_errors_and_conflicts(world, open_page, enter, axe):
    a_proposal(world)
    made = a_proposal(world)
    wish = a_wish(world)
    page = enter(open_page(), world.reporter)

    def send(button: str) -> None:
        page.get_by_role("button", name=button).click()
        page.locator(".pa-foutoverzicht").wait_for()
        axe(page)

    page.goto(f"{LIST}nieuw/")
    send("Dien het voorstel in")
    page.goto(f"{LIST}2/bewerken/")
    edit_proposal(made, by=world.director, on=TODAY, version=1, changes={"text": "De collega was eerder."})
    page.get_by_label("Letterlijke tekst van de afspraak").fill("Ik wil iets anders.")
    send("Bewaar het voorstel")
    expect(page.get_by_role("table")).to_contain_text("De collega was eerder.")

    enter(page, world.coordinator)
    for number, verb, button in (
        (3, "samenvoegen", "Voeg het voorstel samen"),
        (1, "afwijzen", "Neem het voorstel niet over"),
    ):
        page.goto(f"{LIST}{number}/{verb}/")
        send(button)
    page.goto(f"{LIST}3/afwijzen/")
    decline_proposal(wish, by=world.colleague, on=TODAY, version=1, reason="De collega was eerder.")
    page.get_by_label("Waarom wordt dit voorstel niet overgenomen?").fill("Mijn reden.")
    send("Neem het voorstel niet over")
    expect(page.get_by_text("Mijn reden.")).to_be_visible()

    put(world, "consultation")
    a_comment(world)
    page.goto("/afspraken/18-01/opmerkingen/1/")
    send("Bewaar het antwoord")
    page.goto("/afspraken/18-01/opmerkingen/nieuw/")
    axe(page)
    send("Plaats de opmerking")
