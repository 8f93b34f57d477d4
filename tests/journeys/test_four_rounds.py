"""A year of four rounds with five organisations: what each does happens once in the browser, the repetition by operations.

The tenants sit at a telephone. The second story is the first round again, for people without JavaScript.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from agreements.accounts.models import User
from agreements.accounts.operations import create_account
from agreements.commitments.models import Commitment
from agreements.history.queries import broken_links
from agreements.parties.models import Party
from agreements.parties.operations import add_member, add_party
from agreements.progress.models import Assessment, Claim, Judgement, ProgressUpdate, ReportingRound
from agreements.progress.operations import (
    approve_progress,
    assess_progress,
    close_round,
    open_round,
    require_approval,
    submit_progress,
)
from agreements.progress.queries import to_approve
from tests.conftest import PHONE
from tests.together import in_a_thread
from tests.world import PASSWORD, SIGNED, World, a_commitment, an_indicator, at_least

pytestmark = pytest.mark.django_db(transaction=True)

STORY = "In blok 1 zijn 36 woningen opgeleverd."
DISSENT = "Wij telden vorige week maar 34 woningen die klaar zijn."
ANSWER = "Twee woningen zijn deze week opgeleverd."
LATE = "Door een storing kwam het antwoord van De Boekweit niet aan."
Open = Callable[..., Page]


class Year:
    """2017 with five organisations. `at` moves the calendar, `person` opens the portal for somebody."""

    def __init__(self, world: World, settings: Any, open_page: Open, enter: Callable, **options: Any):
        self.world, self.settings, self.open_page, self.enter = world, settings, open_page, enter
        self.options = options
        self.neighbour = in_a_thread(self._prepare)

    def _prepare(self) -> User:
        """No rounds yet; De Boekweit has a commitment too, and tenants of its own; Heideveld wants four eyes."""
        world = self.world
        ReportingRound.objects.all().delete()
        tenants = add_party(
            by=None,
            on=SIGNED,
            key="hbw",
            kind="tenants",
            name="Huurdersbelang De Boekweit",
            short_name="Huurdersbelang",
            provenance="own",
            represents=world.boekweit,
        )
        user = create_account(
            email="buur@test.example",
            function="Voorzitter Huurdersbelang",
            by=None,
            on=SIGNED,
            password=PASSWORD,
        )
        add_member(tenants, user=user, role="reviewer", by=None, on=SIGNED)
        a_commitment(
            world,
            "17-03",
            title="40 woningen isoleren",
            lead=world.boekweit,
            target=at_least(40, an_indicator("isolated")),
        )
        require_approval(world.heideveld, by=world.director, on=SIGNED, needed=True)
        return user

    def at(self, month: int, day: int, year: int = 2017) -> None:
        self.settings.TODAY = date(year, month, day)

    def person(self, user: User, *, phone: bool = False) -> Page:
        found = {"viewport": PHONE, "is_mobile": True, "has_touch": True} if phone else {}
        return self.enter(self.open_page(**found, **self.options), user)

    def report(self, code: str, value: int, *, status: str = "on_track") -> None:
        """An answer by operation, where the browser already showed how."""
        by = {"17-03": self.world.stranger}.get(code, self.world.director)
        claim = Claim(status=status, value=Decimal(value), explanation="Zoals het er nu voor staat.")
        round_ = ReportingRound.objects.filter(closed_on=None).get()
        commitment = Commitment.objects.get(code=code)
        submit_progress(commitment, by=by, on=self.settings.TODAY, round=round_, key=uuid4(), claim=claim)

    def begin(self, code: str, name: str, as_of: date, due_on: date) -> None:
        """A round by operation."""
        fields = {
            "code": code,
            "name": name,
            "as_of": as_of,
            "due_on": due_on,
            "opened_on": self.settings.TODAY,
        }
        year = self.world.homes.year_slice
        open_round(year, by=self.world.coordinator, on=self.settings.TODAY, **fields)

    def end(self) -> None:
        close_round(
            ReportingRound.objects.get(closed_on=None), by=self.world.coordinator, on=self.settings.TODAY
        )


def said(page: Page, text: str) -> None:
    expect(page.locator("main").get_by_text(text).first).to_be_visible()


def the_municipality_opens(page: Page) -> None:
    page.goto("/rondes/nieuw/")
    page.get_by_label("Hoe heet de ronde?").fill("Eerste kwartaal 2017")
    page.get_by_label("Wat is de peildatum?").fill("31-03-2017")
    page.get_by_label("Wanneer moet alles binnen zijn?").fill("14-04-2017")
    page.get_by_label("Tot en met welke dag mogen de andere partijen oordelen?").fill("28-04-2017")
    page.get_by_role("button", name="Open de ronde").click()
    said(page, "De ronde is open.")


def a_corporation_fills_its_sheet(page: Page) -> None:
    """A concept first; then it goes to the director."""
    page.goto("/mijn-taken/")
    page.get_by_role("link", name="Vul de hele opgave in").click()
    row = page.locator("#rij-17-01")
    row.get_by_label("Indicator homes").fill("36")
    page.get_by_role("button", name="Bewaar als concept").click()
    said(page, "Uw concept is bewaard.")
    row.get_by_label("Status").select_option("on_track")
    row.get_by_label("Toelichting").fill(STORY)
    page.get_by_role("button", name="Leg alles wat is ingevuld voor").click()
    said(page, "1 antwoord is voorgelegd aan de bestuurder.")


def its_director_approves(page: Page) -> None:
    page.goto("/mijn-taken/")
    page.get_by_role("link", name="Lees en geef akkoord").click()
    page.get_by_role("button", name="Akkoord met 17-01").click()
    said(page, "1 antwoord is verstuurd met uw akkoord.")


def the_municipality_asks_back(page: Page) -> None:
    page.goto("/afspraken/17-01/")
    page.get_by_role("link", name="Stel een vraag over dit antwoord").click()
    page.get_by_label("Wat wilt u weten?").fill("Tellen de tijdelijke woningen mee?")
    page.locator("main form").get_by_role("button").first.click()
    said(page, "Uw vraag is verstuurd aan Woonstichting Heideveld.")


def the_corporation_answers(page: Page) -> None:
    page.goto("/mijn-taken/")
    page.get_by_role("link", name=re.compile("Lees en antwoord bij 17-01")).click()
    page.get_by_role("textbox").first.fill("Nee, alleen de blijvende woningen tellen mee.")
    page.locator("main form").get_by_role("button").first.click()
    said(page, "Nee, alleen de blijvende woningen tellen mee.")


def tenants_disagree_on_a_telephone(page: Page) -> None:
    page.goto("/mijn-taken/")
    page.get_by_role("link", name=re.compile("^Beoordeel")).click()
    page.get_by_role("link", name="Eén vraag per pagina").click()
    page.get_by_label("Niet akkoord").check()
    page.get_by_label("Waarom?").fill(DISSENT)
    page.get_by_role("button", name="Bewaar en ga verder").click()
    said(page, "Uw oordeel over 17-01 is bewaard.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def the_corporation_answers_the_dissent(page: Page) -> None:
    page.goto("/mijn-taken/")
    page.get_by_role("link", name="Lees en antwoord bij 17-01").click()
    page.get_by_label("Wat is uw antwoord?").fill(ANSWER)
    page.get_by_role("button", name="Verstuur het antwoord").click()
    expect(page.get_by_role("heading", name="Antwoord van Woonstichting Heideveld")).to_be_visible()


def the_municipality_reminds_who_is_late(page: Page) -> None:
    page.goto("/mijn-taken/overzicht/")
    expect(page.get_by_text("4 dagen te laat").first).to_be_visible()
    page.get_by_role("button", name=re.compile("Herinner nu.*De Boekweit")).click()
    said(page, "Herinnering verstuurd aan Woningcorporatie De Boekweit.")
    said(page, "1 keer, het laatst op 18 april 2017")


def the_municipality_closes(page: Page) -> None:
    page.goto("/rondes/")
    page.get_by_role("link", name="Sluit deze ronde").click()
    said(page, "17-03 40 woningen isoleren (Woningcorporatie De Boekweit, 1 herinnering gestuurd)")
    page.get_by_role("button", name="Ja, sluit de ronde").click()
    said(page, "De ronde eerste kwartaal 2017 is gesloten.")
    page.goto("/afspraken/17-03/")
    expect(page.locator("main").get_by_text("Geen gegevens").first).to_be_visible()


def the_municipality_reopens(page: Page) -> None:
    page.goto("/rondes/")
    page.get_by_role("link", name="Open deze ronde weer").click()
    page.get_by_label("Waarom opent u deze ronde weer?").fill(LATE)
    page.get_by_role("button", name="Ja, open de ronde weer").click()
    said(page, "De ronde eerste kwartaal 2017 is weer open.")
    said(page, LATE)


def the_late_corporation_reports(page: Page) -> None:
    page.goto("/afspraken/17-03/voortgang/")
    page.get_by_label("Indicator isolated: hoeveel woningen?").fill("8")
    page.get_by_label("Op koers").check()
    page.get_by_label("Toelichting").fill("Acht woningen in de Voorbeeldstraat zijn klaar.")
    page.get_by_role("button", name="Voortgang versturen").click()
    said(page, "Uw voortgang is verstuurd")


def the_first_round(year: Year, *, is_short: bool) -> None:
    """From opening to closing, reopening and a late answer. `is_short` leaves out what other stories show as well."""
    world = year.world
    year.at(4, 3)
    office = year.person(world.coordinator)
    the_municipality_opens(office)
    if is_short:
        in_a_thread(lambda: year.report("17-01", 36))
    else:
        reporter = year.person(world.reporter)
        a_corporation_fills_its_sheet(reporter)
        its_director_approves(year.person(world.director))
        the_municipality_asks_back(office)
        the_corporation_answers(reporter)
        tenants_disagree_on_a_telephone(year.person(world.chair, phone=True))
        the_corporation_answers_the_dissent(reporter)
    year.at(4, 18)
    the_municipality_reminds_who_is_late(office)
    year.at(5, 2)
    the_municipality_closes(office)
    the_municipality_reopens(office)
    the_late_corporation_reports(year.person(world.stranger))
    in_a_thread(year.end)


def test_four_rounds_with_five_organisations(world, settings, open_page, enter):
    year = Year(world, settings, open_page, enter)
    the_first_round(year, is_short=False)

    # The second quarter: nothing changed, and other tenants agree with everything on their telephone.
    year.at(7, 3)
    in_a_thread(lambda: year.begin("2017-K2", "Tweede kwartaal 2017", date(2017, 6, 30), date(2017, 7, 14)))
    reporter = year.person(world.reporter)
    reporter.goto("/rondes/2017-K2/opgave/")
    reporter.get_by_role("checkbox", name="Ongewijzigd bij 17-01").check()
    reporter.get_by_role("button", name="Leg alles wat is ingevuld voor").click()
    said(reporter, "1 antwoord is voorgelegd aan de bestuurder.")

    def approve() -> None:
        drafts = list(to_approve(world.director))
        versions = {draft.pk: draft.version for draft in drafts}
        approve_progress(drafts, by=world.director, on=settings.TODAY, versions=versions)
        year.report("17-03", 20)

    in_a_thread(approve)
    neighbour = year.person(year.neighbour, phone=True)
    neighbour.goto("/oordelen/2017-K2/")
    neighbour.get_by_role("button", name="Alles akkoord, behalve").click()
    group = neighbour.get_by_role("group", name="Oordeel over 17-03")
    expect(group.get_by_label("Akkoord", exact=True)).to_be_checked()
    neighbour.get_by_role("button", name="Bewaar de oordelen").click()
    said(neighbour, "1 oordeel is bewaard.")
    assert neighbour.evaluate("document.documentElement.scrollWidth") <= 390

    # The third quarter: De Boekweit is silent. The fourth: both have done what they promised.
    def the_rest() -> None:
        year.end()
        year.at(10, 2)
        year.begin("2017-K3", "Derde kwartaal 2017", date(2017, 9, 30), date(2017, 10, 16))
        year.report("17-01", 54)
        judgement = Judgement("remark", "De sleutels kwamen te laat.")
        update = ProgressUpdate.objects.get(round__code="2017-K3", commitment=world.homes)
        assess_progress(update, by=world.chair, on=settings.TODAY, judgement=judgement)
        year.at(11, 1)
        year.end()
        year.at(1, 2, 2018)
        year.begin("2017-K4", "Vierde kwartaal 2017", date(2017, 12, 31), date(2018, 1, 15))
        year.report("17-01", 84, status="achieved")
        year.report("17-03", 40, status="achieved")
        year.at(1, 31, 2018)
        year.end()

    in_a_thread(the_rest)
    visitor = open_page()
    visitor.goto("/afspraken/17-01/")
    for heading in ("Vierde kwartaal 2017: gerealiseerd", "Eerste kwartaal 2017: op koers"):
        expect(visitor.get_by_role("heading", name=heading)).to_be_visible()
    visitor.get_by_text("Bekijk deze cijfers als tabel").click()
    figures = visitor.get_by_role("table", name=re.compile("indicator homes", re.I)).get_by_role("row")
    expect(figures).to_have_text([re.compile(text) for text in ("Stand", "Start", "36", "36", "54", "84")])
    visitor.get_by_text("Oordelen over eerdere rondes").click()
    for text in (DISSENT, ANSWER, "De sleutels kwamen te laat."):
        expect(visitor.locator("#oordelen ~ details, details").get_by_text(text).first).to_be_visible()
    expect(visitor.get_by_text("Niet gereageerd:").first).to_be_visible()
    visitor.goto("/afspraken/17-03/")
    expect(visitor.get_by_role("heading", name="Derde kwartaal 2017: geen gegevens")).to_be_visible()
    assert Assessment.objects.count() == 3
    assert in_a_thread(lambda: list(broken_links())) == []


def test_the_first_round_without_javascript(world, settings, open_page, enter):
    year = Year(world, settings, open_page, enter, java_script_enabled=False)
    the_first_round(year, is_short=True)
    assert ReportingRound.objects.get().closed_on == date(2017, 5, 2)
    assert ProgressUpdate.objects.count() == 2
    assert Party.objects.count() == 5
