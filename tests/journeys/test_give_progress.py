"""Giving progress in a real browser: 40 commitments on one sheet, counted; without a script; on a telephone; approved."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from agreements.progress.models import Claim, Draft, ProgressUpdate
from agreements.progress.operations import (
    close_round,
    offer_progress,
    require_approval,
    return_progress,
    submit_progress,
)
from tests.progress.sheets import SHEET, STORY, a_draft, many
from tests.together import in_a_thread
from tests.world import TODAY, a_round, an_update

pytestmark = pytest.mark.django_db(transaction=True)


def reported_before(world, commitments):
    """Each stood at 40 in the second quarter, on track."""
    year = world.homes.year_slice
    round_ = a_round(year, "2017-K2", "Tweede kwartaal 2017", date(2017, 6, 30), due_on=date(2017, 7, 14))
    claim = Claim(status="on_track", explanation="In mei zijn er woningen opgeleverd.", value=Decimal(40))
    for commitment in commitments:
        given = {"by": world.reporter, "on": date(2017, 7, 10), "round": round_, "key": uuid4()}
        submit_progress(commitment, claim=claim, **given)
    close_round(round_, by=None, on=date(2017, 7, 20))


@pytest.fixture
def forty(world):
    """Forty commitments that were reported before; the two of the world are over."""

    def make():
        world.homes.__class__.objects.filter(code__in=["17-01", "17-02"]).update(
            withdrawn_on=TODAY, withdrawn_reason="Telt hier niet mee."
        )
        made = many(world, 40)
        reported_before(world, made)
        return made

    return in_a_thread(make)


class Counter:
    """How often somebody clicks, types or asks something of the server."""

    def __init__(self, page: Page):
        self.page, self.clicks, self.fields, self.requests = page, 0, 0, 0
        page.on("request", self.on_request)

    def on_request(self, request) -> None:
        self.requests += request.resource_type in ("document", "xhr", "fetch")

    def click(self, locator) -> None:
        self.clicks += 1
        locator.click()

    def fill(self, locator, text: str) -> None:
        self.fields += 1
        locator.fill(text)

    def choose(self, locator, value: str) -> None:
        self.clicks += 1
        locator.select_option(value)


def test_forty_commitments_of_which_thirty_unchanged(world, forty, page, enter):
    """The number that the report of this work names: clicks, fields and requests for the whole party."""
    enter(page, world.reporter)
    page.goto("/mijn-taken/")
    count = Counter(page)
    count.click(page.get_by_role("link", name="Vul de hele opgave in"))
    expect(page.get_by_text("0 van 40 ingevuld").first).to_be_visible()
    for commitment in forty[:30]:
        count.click(page.get_by_role("checkbox", name=f"Ongewijzigd bij {commitment.code}"))
    for commitment in forty[30:]:
        row = page.locator(f"#rij-{commitment.code}")
        count.fill(row.get_by_label("Indicator many"), "55")
        count.choose(row.get_by_label("Status"), "on_track")
        count.fill(row.get_by_label("Toelichting"), STORY)
    count.click(page.get_by_role("button", name="Verstuur alles wat is ingevuld"))
    expect(page.locator("main").get_by_text("40 antwoorden zijn verstuurd.")).to_be_visible()
    expect(page.get_by_text("40 van 40 ingevuld").first).to_be_visible()
    assert ProgressUpdate.objects.filter(round=world.round, is_unchanged=True).count() == 30
    assert ProgressUpdate.objects.filter(round=world.round).count() == 40
    assert (count.clicks, count.fields, count.requests) == (42, 20, 3)


@pytest.fixture(params=["page", "no_js_page", "phone"])
def screen(request) -> Page:
    """The same story on three kinds of screen."""
    return request.getfixturevalue(request.param)


def test_from_concept_to_approved(world, screen, enter, open_page):
    in_a_thread(lambda: require_approval(world.heideveld, by=world.director, on=TODAY, needed=True))
    page = enter(screen, world.reporter)
    page.goto("/mijn-taken/")
    page.get_by_role("link", name="Vul de hele opgave in").click()
    homes = page.locator("#rij-17-01")
    homes.get_by_label("Indicator homes").fill("20")
    homes.get_by_label("Toelichting").fill(STORY)
    page.get_by_role("button", name="Bewaar als concept").click()
    expect(page.locator("main").get_by_text("Uw concept is bewaard.").first).to_be_visible()
    expect(homes.get_by_text("Concept, nog niet af")).to_be_visible()
    assert not ProgressUpdate.objects.exists()

    homes.get_by_label("Status").select_option("on_track")
    page.get_by_role("button", name="Leg alles wat is ingevuld voor").click()
    expect(page.locator(".pa-foutoverzicht")).to_contain_text("U kiest ‘Op koers’, maar volgens de planning")
    homes.get_by_label("Indicator homes").fill("54")
    page.get_by_role("button", name="Leg alles wat is ingevuld voor").click()
    expect(page.locator("main").get_by_text("1 antwoord is voorgelegd aan de bestuurder.")).to_be_visible()
    expect(homes.get_by_text("Wacht op akkoord")).to_be_visible()
    assert Draft.objects.get().is_waiting

    director = enter(open_page(), world.director)
    director.goto("/mijn-taken/")
    director.get_by_role("link", name="Lees en geef akkoord").click()
    expect(director.get_by_text(STORY)).to_be_visible()
    director.get_by_role("button", name="Akkoord met 17-01").click()
    expect(director.locator("main").get_by_text("1 antwoord is verstuurd met uw akkoord.")).to_be_visible()
    page.goto("/afspraken/17-01/")
    expect(page.get_by_text(STORY)).to_be_visible()
    expect(page.get_by_text("Op schema")).to_be_visible()


def test_the_figure_stands_beside_the_target_while_typing(world, page, enter):
    enter(page, world.reporter).goto("/afspraken/17-01/voortgang/")
    page.get_by_label("Indicator homes").fill("1.0")
    expect(page.locator("output")).to_have_text("")
    page.get_by_label("Indicator homes").fill("52")
    expect(page.locator("output")).to_have_text("52 van 84 woningen")
    page.goto(SHEET)
    homes = page.locator("#rij-17-01")
    homes.get_by_label("Status").select_option("behind")
    expect(homes.get_by_label("Wat gaat u doen om het doel te halen?")).to_be_visible()


def test_enter_in_a_field_keeps_and_does_not_send(world, page, enter):
    enter(page, world.reporter).goto(SHEET)
    box = page.locator("#rij-17-01").get_by_label("Indicator homes")
    box.fill("54")
    box.press("Enter")
    expect(page.locator("main").get_by_text("Uw concept is bewaard.").first).to_be_visible()
    assert not ProgressUpdate.objects.exists()


def test_every_new_page_is_accessible(world, open_page, enter, axe):
    def prepare():
        more = many(world, 2)
        reported_before(world, [world.homes, *more])
        update = an_update(world)
        a_draft(world, by=world.director, value="53")
        returned = return_progress(update, by=world.coordinator, on=TODAY, question="Hoe is dit geteld?")
        require_approval(world.heideveld, by=world.director, on=TODAY, needed=True)
        given = {"by": world.reporter, "on": TODAY, "round": world.round, "key": uuid4()}
        claim = Claim(status="on_track", explanation=STORY, value=Decimal(20))
        offer = offer_progress(more[0], claim=claim, answers={"value": "20"}, **given)
        return update, returned, offer

    update, returned, offer = in_a_thread(prepare)
    pages = {
        "reporter": [SHEET, "/afspraken/17-01/voortgang/", f"/teruggevraagd/{returned.pk}/", "/mijn-taken/"],
        "director": [
            "/organisatie/hv/akkoord/",
            "/organisatie/hv/akkoord/instellen/",
            f"/opgaven/{offer.pk}/terugsturen/",
            "/mijn-taken/",
        ],
        "coordinator": [
            "/rondes/",
            "/rondes/2017-K2/heropenen/",
            "/rondes/2017-K3/sluiten/",
            "/rondes/2017-K3/herinneren/",
            "/rondes/2017-K3/oordelen-tot/",
            "/mijn-taken/overzicht/",
            "/afspraken/17-01/",
        ],
    }
    for name, addresses in pages.items():
        page = enter(open_page(), world.cast[name])
        for address in addresses:
            assert page.goto(address).status == 200, address
            axe(page)
    sheet = enter(open_page(), world.reporter)
    sheet.goto(SHEET)
    sheet.locator("#rij-17-02").get_by_label("Toelichting").fill("Kort.")
    sheet.get_by_role("button", name="Leg alles wat is ingevuld voor").click()
    sheet.locator(".pa-foutoverzicht").wait_for()
    axe(sheet)
    form = enter(open_page(), world.coordinator)
    form.goto("/rondes/2017-K2/heropenen/")
    form.get_by_role("button", name="Ja, open de ronde weer").click()
    form.locator(".pa-foutoverzicht").wait_for()
    axe(form)
    form.goto("/rondes/2017-K3/herinneren/")
    for box in form.get_by_role("checkbox").all():
        box.uncheck()
    form.get_by_role("button", name="Verstuur de herinneringen").click()
    form.locator(".pa-foutoverzicht").wait_for()
    axe(form)
    assert update.pk
