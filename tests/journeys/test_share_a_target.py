"""One target of two parties in a real browser: divided, reported part by part, and added up only when nobody misses."""

import pytest
from playwright.sync_api import Page, expect

from agreements.agreement.models import YearSlice
from agreements.commitments.models import Commitment
from tests.commitments.divided import a_joint, counted, report
from tests.progress.sheets import SHEET, STORY
from tests.together import in_a_thread

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "Samen 120 woningen opleveren"


@pytest.fixture(params=["page", "no_js_page"])
def screen(request) -> Page:
    """The same story with and without a script."""
    return request.getfixturevalue(request.param)


def draft(page: Page, world) -> None:
    """The coordinator divides 120 homes; first one too few, and nothing typed is lost."""
    page.goto("/jaarschijven/2017/nieuwe-afspraak/")
    page.get_by_label("Titel in gewone taal").fill(TITLE)
    page.get_by_label("Letterlijke tekst").fill("Heideveld en De Boekweit leveren samen 120 woningen op.")
    page.get_by_label("Wie voert het uit?").select_option(label="Gemeente Hilversum")
    page.get_by_label("Wat tellen we?").select_option(label="indicator samen (woningen)")
    page.get_by_label("Minstens, hoogstens of precies?").select_option("at_least")
    page.get_by_label("Wat is het doel?").fill("120")
    for number, (party, value) in enumerate((("heideveld", "70"), ("boekweit", "40")), 1):
        name = getattr(world, party).name
        page.get_by_label(f"Partij {number} met een eigen deel").select_option(label=name)
        page.get_by_label(f"Hoeveel doet partij {number}?").fill(value)
    page.get_by_role("button", name="Bewaar de afspraak").click()
    expect(page.locator(".pa-foutoverzicht")).to_contain_text("De delen zijn samen 110 woningen")
    page.get_by_label("Hoeveel doet partij 2?").fill("50")
    page.get_by_role("button", name="Bewaar de afspraak").click()
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()


def give(page: Page, code: str, value: str) -> None:
    """A party sends the figure of its part from its sheet."""
    page.goto(SHEET)
    row = page.locator(f"#rij-{code}")
    row.get_by_label("Indicator samen").fill(value)
    row.get_by_label("Status").select_option("on_track")
    row.get_by_label("Toelichting").fill(STORY)
    page.get_by_role("button", name="Verstuur alles wat is ingevuld").click()
    expect(page.locator("main").get_by_text("1 antwoord is verstuurd.")).to_be_visible()


def test_from_division_to_total(world, screen, enter, open_page):
    in_a_thread(lambda: (counted(), YearSlice.objects.filter(year=2017).update(phase="concept")))
    page = enter(screen, world.coordinator)
    draft(page, world)
    code = in_a_thread(lambda: Commitment.objects.get(title=TITLE).code)
    expect(page.get_by_text("De partijen verdelen dit doel zo:")).to_be_visible()
    in_a_thread(lambda: YearSlice.objects.filter(year=2017).update(phase="adopted"))

    give(enter(page, world.reporter), f"{code}b", "52")
    visitor = open_page()
    visitor.goto(f"/afspraken/{code}/")
    main = visitor.locator("main")
    expect(main).to_contain_text("samen 52 van 120 woningen, maar van Woningcorporatie De Boekweit ontbreekt")

    give(enter(page, world.stranger), f"{code}a", "31")
    visitor.reload()
    expect(main).to_contain_text("samen 83 van 120 woningen")
    expect(main).not_to_contain_text("ontbreekt het cijfer")
    visitor.get_by_role("link", name=f"{code}b").first.click()
    expect(visitor.get_by_role("link", name=f"Deel van {code}")).to_be_visible()
    expect(visitor.locator("main")).to_contain_text("70 van de 120 woningen")


def test_every_page_of_it_is_accessible(world, page, enter, axe):
    def prepare():
        a_joint(world)
        a_joint(world, code="18-05", year=2018)
        report("a", 52, by=world.reporter, round=world.round)
        report("b", 10, by=world.stranger, round=world.round, status="behind")

    in_a_thread(prepare)
    enter(page, world.coordinator)
    for address in (
        "/afspraken/17-05/",
        "/afspraken/17-05a/",
        "/afspraken/?q=17-05",
        "/partijen/gh/",
        "/afspraken/18-05/",
        "/afspraken/18-05/bewerken/",
        "/afspraken/17-05/wijzigen/",
    ):
        assert page.goto(address).status == 200, address
        axe(page, dark=address == "/afspraken/17-05/")
    page.goto("/afspraken/18-05/bewerken/")
    page.get_by_label("Hoeveel doet partij 1?").fill("1")
    page.get_by_role("button", name="Bewaar de afspraak").click()
    page.locator(".pa-foutoverzicht").wait_for()
    axe(page)
