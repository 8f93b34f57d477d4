"""The main story of the portal in a real browser: a corporation reports, the municipality edits and publishes,
the council downloads. With JavaScript, without it, and on a telephone."""

import re
import subprocess

import pytest
from playwright.sync_api import Page, expect

from agreements.commitments.models import Commitment
from agreements.progress.models import ProgressUpdate
from tests.world import PASSWORD, an_update

pytestmark = pytest.mark.django_db(transaction=True)

STORY = "Er zijn 16 woningen opgeleverd. Samen zijn het er 52."


@pytest.fixture(params=["page", "no_js_page", "phone"])
def screen(request) -> Page:
    """The same story on three kinds of screen."""
    return request.getfixturevalue(request.param)


def log_in(page: Page, email: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Inloggen").click()
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.get_by_role("heading", name="Mijn taken")).to_be_visible()


def log_out(page: Page) -> None:
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("link", name="Inloggen")).to_be_visible()


def test_report_edit_publish_download(world, screen, tmp_path):
    page = screen
    # A corporation's employee sees what is asked, makes a mistake, mends it and sees it on the page.
    log_in(page, world.reporter.email)
    page.get_by_role("link", name="Voortgang doorgeven bij 17-01").click()
    page.get_by_label("Indicator homes: hoeveel woningen?").fill("tweeënvijftig")
    page.get_by_label("Toelichting").fill(STORY)
    page.get_by_label("Bewijs toevoegen").set_input_files(
        {"name": "opleverlijst.csv", "mimeType": "text/csv", "buffer": b"straat;aantal\nVoorbeeldstraat;16\n"}
    )
    page.get_by_role("button", name="Voortgang versturen").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Controleer 2 antwoorden")
    expect(page).to_have_title(re.compile("^Fout: "))
    expect(page.get_by_label("Toelichting")).to_have_value(STORY)
    expect(page.get_by_role("button", name="Verwijder opleverlijst.csv")).to_be_visible()

    page.get_by_label("Indicator homes: hoeveel woningen?").fill("52")
    page.get_by_label("Op koers").check()
    page.get_by_role("button", name="Voortgang versturen").click()
    expect(page.locator("main").get_by_text("Uw voortgang is verstuurd").first).to_be_visible()
    page.goto("/afspraken/17-01/")
    expect(page.get_by_text(STORY)).to_be_visible()
    expect(page.get_by_role("link", name="opleverlijst.csv")).to_be_visible()
    assert ProgressUpdate.objects.count() == 1
    log_out(page)

    # A civil servant edits a draft, sees the history of it, and publishes a report.
    log_in(page, world.coordinator.email)
    page.get_by_role("link", name="Tekst bewerken bij 18-01").click()
    page.get_by_label("Letterlijke tekst").fill("Heideveld levert in 2018 65 woningen op.")
    page.get_by_label("Waarom past u dit aan?").fill("Er is grond bij gekomen.")
    page.get_by_role("button", name="Bewaar de afspraak").click()
    expect(page.locator("main").get_by_text("Afspraak 18-01 is bewaard.")).to_be_visible()
    expect(page.get_by_text("Reden: Er is grond bij gekomen.")).to_be_visible()
    assert Commitment.objects.get(code="18-01").version == 2

    page.get_by_role("link", name="Rapportages", exact=True).click()
    page.get_by_role("link", name="Maak een rapportage").click()
    page.get_by_label("Over welke ronde gaat de rapportage?").select_option(label="Derde kwartaal 2017")
    page.get_by_role("button", name="Maak de rapportage").click()
    expect(page.get_by_text("De rapportage is klaar om te lezen")).to_be_visible(timeout=60_000)  # rendering
    expect(page.get_by_role("link", name="Publiceer de rapportage")).to_have_count(0)
    log_out(page)

    # Four eyes: a second civil servant reads the draft and publishes it.
    log_in(page, world.colleague.email)
    page.get_by_role("link", name="Rapportages", exact=True).click()
    page.get_by_role("link", name="Voortgang tot en met het derde kwartaal 2017").click()
    page.get_by_role("link", name="Publiceer de rapportage").click()
    page.get_by_role("button", name="Ja, verzegel en publiceer").click()
    expect(page.get_by_text("Digitaal verzegeld door")).to_be_visible()
    log_out(page)

    # A council member reads it without an account and gets the sealed file.
    page.get_by_role("link", name="Lees de rapportage aan de raad").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Download rapportage")).click()
    file = tmp_path / "rapportage.pdf"
    download.value.save_as(file)
    said = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True).stdout
    assert "Signature is Valid." in said


def test_filtering_keeps_the_focus_and_tells_the_number(world, page):
    an_update(world)
    page.goto("/afspraken/")
    box = page.get_by_role("checkbox", name=re.compile("Op koers"))
    box.check()
    expect(page.get_by_role("heading", name="1 afspraak van 2 in 2017")).to_be_visible()
    expect(box).to_be_focused()
    expect(page.locator("#pa-live")).to_have_text("1 afspraak gevonden.")
    assert "status=on_track" in page.url
    page.go_back()
    expect(page.get_by_role("heading", name="2 afspraken in 2017")).to_be_visible()


def test_filtering_works_without_javascript(world, no_js_page):
    an_update(world)
    page = no_js_page
    page.goto("/afspraken/")
    page.get_by_text("Filter de lijst").click()
    page.get_by_role("checkbox", name=re.compile("Op koers")).check()
    page.get_by_role("button", name="Toon resultaten").click()
    expect(page.get_by_role("heading", name="1 afspraak van 2 in 2017")).to_be_visible()


def test_errors_get_the_focus_and_so_does_the_confirmation(world, page, enter):
    enter(page, world.reporter).goto("/afspraken/17-01/voortgang/")
    page.get_by_role("button", name="Voortgang versturen").click()
    expect(page.locator(".pa-foutoverzicht")).to_be_focused()
    page.get_by_role("link", name="Beantwoord de vraag ‘Hoe staat de afspraak ervoor?’").click()
    expect(page.get_by_label("Op koers")).to_be_focused()
    page.get_by_label("Indicator homes: hoeveel woningen?").fill("52")
    page.get_by_label("Op koers").check()
    page.get_by_label("Toelichting").fill(STORY)
    page.get_by_role("button", name="Voortgang versturen").click()
    expect(page.locator(".pa-melding--goed")).to_be_focused()
    expect(page.locator("#taken-teller")).to_contain_text("1")


def test_two_civil_servants_edit_at_once_in_the_browser(world, open_page, enter):
    first, second = open_page(), open_page()
    for page, user in ((first, world.coordinator), (second, world.colleague)):
        enter(page, user).goto("/afspraken/18-01/bewerken/")
    first.get_by_label("Letterlijke tekst").fill("De eerste was er eerder bij.")
    first.get_by_role("button", name="Bewaar de afspraak").click()
    expect(first.locator("main").get_by_text("Afspraak 18-01 is bewaard.")).to_be_visible()

    second.get_by_label("Letterlijke tekst").fill("De tweede wil iets anders.")
    second.get_by_role("button", name="Bewaar de afspraak").click()
    choice = second.get_by_role("group", name="Letterlijke tekst").first
    expect(choice).to_contain_text("De eerste was er eerder bij.")
    expect(choice).to_contain_text("De tweede wil iets anders.")
    choice.get_by_label("Dit staat in uw formulier").check()
    second.get_by_role("button", name="Bewaar mijn keuze").click()
    expect(second.get_by_text("De tweede wil iets anders.").first).to_be_visible()
    expect(second.locator("main").get_by_text("Afspraak 18-01 is bewaard.")).to_be_visible()
