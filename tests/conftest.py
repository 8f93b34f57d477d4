"""What every test can ask for: folders of its own, seal keys, and a real browser on the running portal."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright

from agreements.accounts.models import User
from agreements.pdf.issuer import make_demo_issuer
from agreements.pdf.keys import make_demo_authority
from hilversum_afspraken.debian import find_browser
from tests.world import World, build_world

CHROMIUM = [
    "--disable-dev-shm-usage",  # a container has 64 MB there
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
LOADED = {"stylesheet", "script", "image", "font"}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true", help="only the tests that ask for a database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Quick tests first, the browser last: once it runs, its event loop stays in the thread of the tests.

    For the second database the tests that cannot reach one are left out (pytest-django refuses it to them).
    """
    items.sort(key=lambda item: ("browser" in item.fixturenames, asks_for_database(item)))
    if config.getoption("only_database"):
        config.hook.pytest_deselected(items=[item for item in items if not asks_for_database(item)])
        items[:] = [item for item in items if asks_for_database(item)]


def asks_for_database(item: Any) -> bool:
    """Whether a test may reach the database, by its marker or by any fixture it uses, directly or not."""
    return bool(item.get_closest_marker("django_db")) or not DATABASE_FIXTURES.isdisjoint(item.fixturenames)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with the demo's keys and root certificates, made once."""
    folder: Path = tmp_path_factory.mktemp("sleutels")
    make_demo_authority(folder)
    make_demo_issuer(folder)
    return folder


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path, authority: Path) -> None:
    """Each test has its own `var`: what one test stores, no other test finds."""
    settings.VAR = tmp_path
    settings.STORE = tmp_path / "bestanden"
    settings.SEAL_P12 = authority / "zegel.p12"
    settings.ISSUER_P12 = authority / "uitgever.p12"
    (tmp_path / "sleutels").symlink_to(authority)


@pytest.fixture
def world(db: Any) -> World:
    """The small world of tests/world.py."""
    return build_world()


@pytest.fixture
def visit(client: Client) -> Callable[..., Client]:
    """A function that gives a client logged in as someone of the cast; without a name the visitor."""

    def visit(user: User | None = None) -> Client:
        if user is None:
            client.logout()
        else:
            client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return visit


@pytest.fixture
def enter(live_server: Any) -> Callable[[Page, User], Page]:
    """A function that logs someone in on a browser page, without typing the password each time."""

    def enter(page: Page, user: User) -> Page:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return page

    return enter


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine, without a window."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=[*CHROMIUM, *sandbox])
        yield chromium
        chromium.close()


@pytest.fixture
def faults() -> list[str]:
    """What went wrong in the pages of this test, in words. A test that means it empties the list itself."""
    return []


@pytest.fixture
def open_page(browser: Browser, live_server: Any, faults: list[str]) -> Iterator[Callable[..., Page]]:
    """A function that opens the portal for one more visitor: cookies of its own, options as in Playwright.

    The test fails when any of its pages writes an error to the console (a refusal by the security policy is
    one), misses a file, gets a server error, or asks anything of another site.
    """
    contexts = []

    def open_page(**options: Any) -> Page:
        usual = {"viewport": DESKTOP, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}
        context = browser.new_context(base_url=live_server.url, **{**usual, **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        watch(page, live_server.url, faults)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """The portal on a desk: 1280 by 900."""
    return open_page()


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """The portal on a telephone: 390 by 844, with touch."""
    return open_page(viewport=PHONE, is_mobile=True, has_touch=True)


@pytest.fixture
def no_js_page(open_page: Callable[..., Page]) -> Page:
    """The portal for someone whose JavaScript is off or did not arrive."""
    return open_page(java_script_enabled=False)


def watch(page: Page, origin: str, faults: list[str]) -> None:
    """Add to `faults` whatever goes wrong on this page, in words."""

    def on_console(message: ConsoleMessage) -> None:
        # "Failed to load resource" also follows a 404 or 422 that is meant; on_response judges those.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            faults.append(f"console on {page.url}: {message.text}")

    def on_response(response: Response) -> None:
        kind = response.request.resource_type
        if response.status >= 500 or (response.status >= 400 and kind in LOADED):
            faults.append(f"{response.status} for {response.url} ({kind}), asked by {page.url}")

    def on_request(request: Any) -> None:
        if not request.url.startswith((origin, "data:", "blob:")):
            faults.append(f"{page.url} asks {request.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: faults.append(f"script on {page.url}: {error}"))
    page.on("response", on_response)
    page.on("request", on_request)


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """A function that fails when axe finds an accessibility violation on the page as it is now."""

    def check(page: Page) -> None:
        options = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}
        found = Axe().run(page, options=options).response["violations"]
        assert not found, f"{page.url}\n" + "\n".join(map(in_words, found))

    return check


def in_words(violation: dict[str, Any]) -> str:
    """An axe violation: what is wrong, and on which elements."""
    places = [
        f"    {' '.join(map(str, node['target']))}: {node['html'][:200]}" for node in violation["nodes"]
    ]
    head = f"{violation['id']} ({violation['impact']}): {violation['help']}"
    return "\n".join([head, *places])
