"""The page with every component, in a real browser: accessible, on every width, light and dark."""

from collections.abc import Callable

from playwright.sync_api import Page

ADDRESS = "/onderdelen/"


def test_every_component_is_accessible(page: Page, axe: Callable[..., None]) -> None:
    page.goto(ADDRESS)
    axe(page, dark=True)


def test_every_control_is_large_enough_to_touch(phone: Page) -> None:
    phone.goto(ADDRESS)
    small = phone.evaluate(
        """() => [...document.querySelectorAll("main button, main input, main select, main textarea")]
            .map((control) => control.closest("label") || control)
            .filter((control) => control.getBoundingClientRect().height < 44)
            .map((control) => control.outerHTML)"""
    )
    assert small == []


def test_a_page_with_errors_starts_at_the_summary(page: Page) -> None:
    page.goto(ADDRESS)
    assert page.evaluate("document.activeElement.className") == "pa-foutoverzicht"
    page.get_by_role("link", name="Vul een aantal van 0 tot en met 40 in.").click()
    assert page.evaluate("document.activeElement.id") == "id_fout-value"


def test_the_page_is_complete_without_javascript(no_js_page: Page) -> None:
    no_js_page.goto(ADDRESS)
    assert no_js_page.get_by_role("img", name="Verdeling van 22 afspraken").first.is_visible()
    assert no_js_page.get_by_text("Geen gegevens voor: 30-6-2017").is_visible()


def test_the_list_of_pages_keeps_the_rest_of_the_address(page: Page) -> None:
    page.goto(f"{ADDRESS}?thema=zorg&pagina=3")
    link = page.get_by_role("link", name="Volgende pagina")
    assert link.get_attribute("href") == "?thema=zorg&pagina=4"
