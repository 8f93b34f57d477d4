"""How a year comes to be: municipality, two corporations and two tenant organisations, from agenda to signing, in a browser.

2017 on the days of the letter, and 2018 with JavaScript and without it.
"""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from agreements.accounts.operations import create_account
from agreements.agenda.models import AgendaItem
from agreements.agreement.models import YearSlice
from agreements.agreement.operations import note_answer, set_year_slice
from agreements.commitments.models import Commitment
from agreements.exchange import dataset
from agreements.history.models import Event
from agreements.parties.models import Membership
from agreements.parties.operations import add_member, add_party
from agreements.process.models import Comment, Proposal
from tests.agenda.test_show_agenda import an_item
from tests.process.heard import put
from tests.world import PASSWORD, SIGNED, TODAY, World

pytestmark = pytest.mark.django_db(transaction=True)
# The letter: the bid before the summer, the concept from the summer on, the commission on 17 November, signed in February.
DAYS_OF_LETTER = {"bod": "2016-05-20", "concept": "2016-08-22", "consultatie": "2016-11-17"}
DAYS_OF_LETTER |= {"terug": "2016-12-05", "ondertekening": "2017-02-16"}


@pytest.fixture(params=["page", "no_js_page"])
def screen(request) -> Page:
    """The same story with JavaScript and without it."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def second_tenants(world):
    """A member of the board of the tenants of De Boekweit."""
    usual = {"by": None, "on": SIGNED}
    fields = {"key": "hbb", "kind": "tenants", "represents": world.boekweit, "provenance": "own"}
    party = add_party(name="Huurdersbelang De Boekweit", short_name="Huurdersbelang", **fields, **usual)
    note_answer(world.agreement, party, outcome="signed", answered_on=SIGNED, provenance="own", **usual)
    user = create_account(email="bestuur@test.example", function="Bestuurslid", password=PASSWORD, **usual)
    add_member(party, user=user, role="reviewer", **usual)
    return user


@pytest.fixture
def empty_year(world) -> World:
    """2018 as nothing but an agenda with three items."""
    world.draft.delete()
    put(world, "agenda")
    an_item(world, "A-01", text="De voorraad sociale huurwoningen blijft op peil.")
    an_item(world, "A-02", text="Meer zorg in de wijk.")
    an_item(world, "A-03", text="Een proef met tijdelijke woningen.")
    return world


@pytest.fixture
def empty_2017(empty_year) -> World:
    """The same for 2017, as it was in 2016: everyone already works for a party, and nothing was agreed."""
    world = empty_year
    world.round.delete()
    for commitment in (world.homes, world.coach):
        commitment.delete()
    fields = {"phase": "agenda", "adopted_on": None}
    set_year_slice(world.agreement, 2017, by=None, on=SIGNED, **fields)
    AgendaItem.objects.update(year=2017)
    Membership.objects.update(started_on=date(2016, 1, 1))
    return world


class Story:
    """What the people do, one act a method. `days` is on which day each part happens; else on one day."""

    def __init__(self, page: Page, enter, year: int, settings, days: dict[str, str]):
        self.page, self.enter, self.year = page, enter, year
        self.settings, self.days = settings, days
        self.address = f"/jaarschijven/{year}/"

    def code(self, number: int) -> str:
        return f"{self.year % 100}-{number:02}"

    def on_day_of(self, part: str) -> None:
        if part in self.days:
            self.settings.TODAY = date.fromisoformat(self.days[part])

    def press(self, name: str, *, then: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        expect(self.page.locator("main").get_by_text(then).first).to_be_visible()

    def step(self, button: str, phase: str, *, why: str = "") -> None:
        self.page.goto(self.address)
        self.page.get_by_role("link", name=button, exact=True).click()
        if why:
            self.page.get_by_label("Waarom gaat de jaarschijf een stap terug?").fill(why)
        self.press(button, then=f"Jaarschijf {self.year} is nu in de fase {phase}.")

    def propose(self, user, title: str) -> None:
        self.enter(self.page, user).goto(f"{self.address}voorstellen/nieuw/")
        self.page.get_by_label("Over welk thema gaat het?").select_option(label="Sociale voorraad")
        self.page.get_by_label("Titel in gewone taal").fill(title)
        self.page.get_by_label("Letterlijke tekst van de afspraak").fill(f"{title}.")
        self.page.get_by_label("Waarom stelt u dit voor?").fill("Dat past bij de woonvisie.")
        self.press("Dien het voorstel in", then="De gemeente heeft nog niet geantwoord.")

    def decide(self, code: str, kind: str, **answers: str) -> None:
        self.page.goto(f"/agenda/{code}/besluit/{self.year}/")
        self.page.get_by_role("radio", name=re.compile(f"^{kind}")).check()
        for label, answer in answers.items():
            if label == "reason":
                self.page.get_by_label("Waarom?").fill(answer)
            elif label == "to_year":
                self.page.get_by_label("Naar welk jaar?").select_option(answer)
            else:
                self.page.get_by_role("checkbox", name=answer).check()
        self.press("Bewaar het besluit", then="Het besluit is bewaard")

    def comment(self, user, code: str, voice: str, text: str) -> None:
        self.enter(self.page, user).goto(f"/afspraken/{code}/opmerkingen/nieuw/")
        if self.page.get_by_label(voice).count():
            self.page.get_by_label(voice).check()
        self.page.get_by_label("Uw opmerking").fill(text)
        self.press("Plaats de opmerking", then="Uw opmerking is geplaatst.")

    def answer(self, code: str, number: int, outcome: str, text: str) -> None:
        self.page.goto(f"/afspraken/{code}/opmerkingen/{number}/")
        self.page.get_by_role("radio", name=re.compile(f"^{outcome}")).check()
        self.page.get_by_label("Wat is uw antwoord?").fill(text)
        self.press("Bewaar het antwoord", then="Uw antwoord is bewaard.")

    def refused(self, phase: str, *sentences: str) -> None:
        """The step is not offered yet; the page names what is missing."""
        self.page.goto(f"{self.address}fase/{phase}/")
        for sentence in sentences:
            expect(self.page.get_by_text(sentence).first).to_be_visible()
        expect(self.page.get_by_role("link", name=f"Ga terug naar jaarschijf {self.year}")).to_be_visible()


def test_2018_is_made_by_five_organisations(empty_year, second_tenants, screen, enter, settings):
    make_a_year(empty_year, second_tenants, Story(screen, enter, 2018, settings, {}))


def test_2017_is_made_on_the_days_of_the_letter(second_tenants, empty_2017, page, enter, settings):
    make_a_year(empty_2017, second_tenants, Story(page, enter, 2017, settings, DAYS_OF_LETTER))
    steps = Event.objects.filter(verb="process.phase_changed").order_by("number")
    assert [str(step.on) for step in steps] == [
        "2016-05-20",
        "2016-08-22",
        "2016-11-17",
        "2016-12-05",
        "2016-12-05",
        "2017-02-16",
    ]


def make_a_year(world: World, second_tenants, story: Story) -> None:
    """The whole road; the same for every year."""
    page, enter, year, first = story.page, story.enter, story.year, story.code(1)
    story.on_day_of("bod")

    # The municipality asks for the bid; until then nobody else can say anything.
    enter(page, world.coordinator).goto(f"{story.address}voorbereiden/")
    story.press(f"Bereid jaarschijf {year} voor", then=f"Jaarschijf {year} staat klaar.")
    story.step("Vraag om het bod", "bod")

    # Two corporations bid, two tenant organisations say what they wish.
    story.propose(world.reporter, "Heideveld bouwt 60 woningen")
    story.propose(world.stranger, "De Boekweit bouwt 20 woningen")
    story.propose(world.chair, "Lagere huren voor ouderen")
    story.propose(second_tenants, "Meer groen in de buurt")

    # The municipality makes the concept: takes up, merges, declines, and decides on the agenda.
    enter(page, world.coordinator)
    story.on_day_of("concept")
    story.step("Begin met het concept", "concept")
    story.refused("consultatie", "Lagere huren voor ouderen", "Heideveld bouwt 60 woningen")
    page.goto(f"{story.address}voorstellen/1/overnemen/")
    story.press("Neem het voorstel over", then="Overgenomen als")
    page.goto(f"{story.address}voorstellen/2/overnemen/")
    story.press("Neem het voorstel over", then="Overgenomen als")
    page.goto(f"{story.address}voorstellen/3/afwijzen/")
    page.get_by_label("Waarom wordt dit voorstel niet overgenomen?").fill("Dat regelt de wet.")
    story.press("Neem het voorstel niet over", then="Dat regelt de wet.")
    page.goto(f"{story.address}voorstellen/4/samenvoegen/")
    page.get_by_label("Met welk concept voegt u het samen?").select_option(index=1)
    story.press("Voeg het voorstel samen", then="Samengevoegd")
    story.decide("A-01", "Afspraak gemaakt", draft=first)
    story.decide("A-02", "Doorgeschoven", to_year=str(year + 1), reason="Eerst komt het onderzoek.")
    page.goto(f"/afspraken/{first}/bewerken/")
    page.get_by_role("textbox", name="Letterlijke tekst").fill(
        f"Heideveld streeft naar 60 woningen in {year}."
    )
    story.press("Kijk eerst wat scherper kan", then="Deze woorden zijn zacht: ‘streeft’.")
    page.get_by_role("textbox", name="Letterlijke tekst").fill(f"Heideveld bouwt 60 woningen in {year}.")
    story.press("Bewaar de afspraak", then=f"Afspraak {first} is bewaard.")

    # Advice is asked; from here everyone reads the texts. The members of both tenant organisations answer.
    story.on_day_of("consultatie")
    story.step("Vraag advies over het concept", "consultatie")
    story.comment(world.chair, first, "namens de achterban", "Onze leden willen 65 woningen.")
    story.comment(second_tenants, story.code(2), "namens de achterban", "Onze leden zijn tevreden.")
    enter(page, world.coordinator)
    story.refused("ondertekening", "A-03", first)
    story.answer(first, 1, "Overgenomen", "Het worden er 65.")
    story.answer(story.code(2), 1, "Niet overgenomen", "Dank u. De tekst blijft zo.")

    # One step back to write down what was taken up, and to decide on the last item.
    story.on_day_of("terug")
    story.step("Zet terug naar concept", "concept", why="Opmerkingen verwerken.")
    page.goto(f"/afspraken/{first}/bewerken/")
    page.get_by_role("textbox", name="Letterlijke tekst").fill(f"Heideveld bouwt 65 woningen in {year}.")
    story.press("Bewaar de afspraak", then=f"Afspraak {first} is bewaard.")
    story.decide("A-03", "Vervallen", reason="De proef is niet meer nodig.")
    story.step("Vraag advies over het concept", "consultatie")
    story.on_day_of("ondertekening")
    story.step("Begin met ondertekenen", "ondertekening")

    # A visitor reads the whole road.
    page.context.clear_cookies()
    page.goto(story.address)
    expect(page.get_by_role("link", name=first)).to_be_visible() if False else None
    page.goto(f"/afspraken/{first}/")
    expect(page.get_by_text(f"Heideveld bouwt 65 woningen in {year}.").first).to_be_visible()
    expect(page.get_by_text("Komt uit het bod van Woonstichting Heideveld")).to_be_visible()
    page.goto("/agenda/A-02/")
    expect(page.get_by_text("Eerst komt het onderzoek.").first).to_be_visible()
    page.goto(f"{story.address}voorstellen/3/")
    expect(page.get_by_text("Dat regelt de wet.").first).to_be_visible()
    assert YearSlice.objects.get(year=year).phase == "signing"
    assert Commitment.objects.filter(year_slice__year=year).count() == 2
    assert {found.state for found in Proposal.objects.all()} == {"taken_up", "merged", "declined"}
    assert {found.state for found in Comment.objects.all()} == {"taken_up", "declined"}


def test_the_road_of_2016_and_2017_is_told_with_its_sources(db, page):
    dataset.load("hilversum_2017", on=TODAY)
    page.goto("/jaarschijven/2017/")
    for step in ("woonvisie", "bod", "commissie Ruimte", "achterban", "16 februari 2017", "Dudok Wonen"):
        expect(page.get_by_text(step).first).to_be_attached()
