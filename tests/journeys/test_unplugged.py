"""The network goes while somebody sends: what was typed stays, a sentence says what to do, and it counts once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from agreements.progress.models import Assessment, Draft, ProgressUpdate
from tests.progress.sheets import STORY
from tests.together import in_a_thread
from tests.world import an_update

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]
WHY = "Wij tellen er maar 48."


def one_form(page: Page) -> None:
    page.goto("/afspraken/17-01/voortgang/")
    page.get_by_label("Indicator homes: hoeveel woningen?").fill("52")
    page.get_by_label("Op koers").check()
    page.get_by_label("Toelichting").fill(STORY)


def a_sheet(page: Page) -> None:
    page.goto("/rondes/2017-K3/opgave/")
    row = page.locator("#rij-17-01")
    row.get_by_label("Indicator homes").fill("52")
    row.get_by_label("Status").select_option("on_track")
    row.get_by_label("Toelichting").fill(STORY)


def a_judgement(page: Page) -> None:
    page.goto("/oordelen/2017-K3/17-01/")
    page.get_by_label("Niet akkoord").check()
    page.get_by_label("Waarom?").fill(WHY)


# Who does what, the button, what must still stand there, what is made, and what is read when it arrived.
SENT, JUDGED = "Uw voortgang is verstuurd", "Uw oordeel over 17-01 is bewaard."
STEPS = {
    "one form": ("reporter", one_form, "Voortgang versturen", "Toelichting", STORY, ProgressUpdate, SENT),
    "a sheet": (
        "reporter",
        a_sheet,
        "Verstuur alles wat is ingevuld",
        "Toelichting",
        STORY,
        ProgressUpdate,
        "1 antwoord is verstuurd.",
    ),
    "a concept": (
        "reporter",
        one_form,
        "Bewaar als concept",
        "Toelichting",
        STORY,
        Draft,
        "Uw concept is bewaard.",
    ),
    "a judgement": ("chair", a_judgement, "Bewaar en ga verder", "Waarom?", WHY, Assessment, JUDGED),
}


@pytest.mark.parametrize("name", STEPS)
def test_offline_it_says_so_and_keeps_what_was_typed_and_then_it_goes_once(world, page, enter, faults, name):
    who, fill, button, field, text, made, done = STEPS[name]
    if made is Assessment:
        in_a_thread(lambda: an_update(world))
    before = made.objects.count()
    fill(enter(page, world.cast[who]))
    page.context.set_offline(True)
    page.get_by_role("button", name=button, exact=True).first.click()
    expect(page.get_by_text("Het is niet gelukt. Controleer uw verbinding").first).to_be_visible()
    expect(page.get_by_label(field).first).to_have_value(text)
    expect(page.get_by_role("button", name=button, exact=True).first).to_be_enabled()
    assert made.objects.count() == before
    faults.clear()  # the browser writes in its console that there is no network
    page.context.set_offline(False)
    page.get_by_role("button", name=button, exact=True).first.click()
    expect(page.locator("main").get_by_text(done).first).to_be_visible()
    assert made.objects.count() == before + 1


def lose_the_answer(page: Page, address: str) -> Callable[[], int]:
    """The first POST to this address reaches the portal, and its answer is lost on the way back."""
    lost: list[int] = []

    def on_route(route: Route) -> None:
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort("connectionreset")

    page.route(f"**{address}*", on_route)
    return lambda: len(lost)


def test_an_answer_that_was_lost_on_its_way_back_is_sent_again_and_counts_once(world, page, enter, faults):
    one_form(enter(page, world.reporter))
    times = lose_the_answer(page, "/voortgang/")
    page.get_by_role("button", name="Voortgang versturen").click()
    expect(page.get_by_text("Het is niet gelukt. Controleer uw verbinding").first).to_be_visible()
    assert (times(), ProgressUpdate.objects.count()) == (1, 1), "it did arrive"
    expect(page.get_by_label("Toelichting")).to_have_value(STORY)
    faults.clear()
    page.get_by_role("button", name="Voortgang versturen").click()
    expect(page.locator("main").get_by_text("Uw voortgang is verstuurd").first).to_be_visible()
    assert ProgressUpdate.objects.count() == 1


def test_a_judgement_whose_answer_was_lost_is_one_judgement(world, page, enter, faults):
    in_a_thread(lambda: an_update(world))
    a_judgement(enter(page, world.chair))
    lose_the_answer(page, "/oordelen/2017-K3/17-01/")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page.get_by_text("Het is niet gelukt. Controleer uw verbinding").first).to_be_visible()
    faults.clear()
    page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page.locator("main").get_by_text("Uw oordeel over 17-01 is bewaard.").first).to_be_visible()
    assert Assessment.objects.count() == 1
