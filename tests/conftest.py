"""What every test can ask for: folders of its own, seal keys, and a real browser on the running portal."""

import gc
import os
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.template import Template
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright

from agreements.accounts.models import User
from agreements.pdf.issuer import make_demo_issuer
from agreements.pdf.keys import make_demo_authority
from hilversum_afspraken.debian import find_browser
from tests.clock import TimeService
from tests.post import PostOffice
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
NARROW = {"width": 320, "height": 800}
LOOKS = [(DESKTOP, "light"), (PHONE, "light"), (DESKTOP, "dark")]
LOADED = {"stylesheet", "script", "image", "font"}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
COMMITTING_FIXTURES = {"transactional_db", "live_server"}
DATABASE_FIXTURES = {"db", *COMMITTING_FIXTURES}
# What these look at is a page or a file: the same whichever database it came from, and slow to look at.
LOOKING_FIXTURES = {"axe", "broken_rules"}
BROWSER_FIXTURES = {"browser", "screen"}  # `screen` asks for a page by the name of its parameter
PAGE_FIXTURES = {"client", "visit"}
PLAIN_RENDER = Template._render
SHARED_WORLD = pytest.StashKey[Any]()  # there while it is in the database: what lets us empty it


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true", help="only the tests that ask for a database")
    parser.addoption(
        "--browser", choices=["only", "without"], help="only the tests in a browser, or the others"
    )
    parser.addoption("--write-docs", action="store_true", help="write the documents that come from the code")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Quick tests first, the browser last: once it runs, its event loop stays in the thread of the tests.

    For the second database the tests that cannot reach one are left out (pytest-django refuses it to them), those
    that only look at what came out, and all but the first of what is much alike.
    """
    for item in items:
        if "world" in item.fixturenames and not commits(item):
            item.fixturenames.insert(0, "shared_world")  # before the test's own transaction begins
    items.sort(key=turn)
    if config.getoption("only_database"):
        keep(config, items, first_of_a_kind([item for item in items if depends_on_database(item)]))
    if config.getoption("browser"):
        wanted = config.getoption("browser") == "only"
        keep(config, items, [item for item in items if in_browser(item) == wanted])


def pytest_collection_finish() -> None:
    """What is loaded now stays: let the garbage collector not walk through it again and again (6 % of the time)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def keep(config: pytest.Config, items: list[pytest.Item], kept: list[pytest.Item]) -> None:
    """Leave the other tests out, and say so."""
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def first_of_a_kind(items: list[pytest.Item]) -> list[pytest.Item]:
    """Of a test with many examples the first, and of a file the first that visits pages.

    Operations and races all run on both databases. Every page is opened on both by tests/attack/test_reach.py and
    used on both in tests/journeys; where a page asks its own questions, the file says `both_databases`.
    """
    found: dict[str, pytest.Item] = {}
    for item in items:
        found.setdefault(item.nodeid.split("::" if only_visits(item) else "[")[0], item)
    return list(found.values())


def only_visits(item: Any) -> bool:
    """Whether a test looks at pages, and another database would show the same."""
    asks_more = commits(item) or item.get_closest_marker("both_databases")
    return not asks_more and not PAGE_FIXTURES.isdisjoint(item.fixturenames)


def turn(item: Any) -> int:
    """Without a database, with an empty one, with the world that is made once, with one that is emptied, browser."""
    if in_browser(item):
        return 4
    if commits(item):
        return 3
    return 2 if "shared_world" in item.fixturenames else int(asks_for_database(item))


def in_browser(item: Any) -> bool:
    """Whether a test opens pages in Chromium."""
    return not BROWSER_FIXTURES.isdisjoint(item.fixturenames)


def asks_for_database(item: Any) -> bool:
    """Whether a test may reach the database, by its marker or by any fixture it uses, directly or not."""
    return bool(item.get_closest_marker("django_db")) or not DATABASE_FIXTURES.isdisjoint(item.fixturenames)


def depends_on_database(item: Any) -> bool:
    """Whether another database could make a difference; of the browser only the stories."""
    is_page_only = in_browser(item) and "tests/journeys/" not in item.nodeid
    is_about_files = item.get_closest_marker("one_database") or not LOOKING_FIXTURES.isdisjoint(
        item.fixturenames
    )
    return asks_for_database(item) and not is_page_only and not is_about_files


def commits(item: Any) -> bool:
    """Whether a test really commits, after which the database is emptied."""
    marker = item.get_closest_marker("django_db")
    is_marked = bool(marker and marker.kwargs.get("transaction"))
    return is_marked or not COMMITTING_FIXTURES.isdisjoint(item.fixturenames)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """The world that tests share goes before the first test that commits: from there each builds its own."""
    blocker = item.config.stash.get(SHARED_WORLD, None)
    if blocker and commits(item):
        del item.config.stash[SHARED_WORLD]
        with blocker.unblock():
            call_command("flush", interactive=False)


@pytest.fixture(scope="session", autouse=True)
def plain_rendering(django_test_environment: None) -> None:
    """Templates that render as in production: Django's tests copy the context of every part that is drawn (5 %)."""
    Template._render = PLAIN_RENDER


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with the demo's keys and root certificates, made once."""
    folder: Path = tmp_path_factory.mktemp("sleutels")
    make_demo_authority(folder)
    make_demo_issuer(folder)
    return folder


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path, authority: Path) -> None:
    """Each test has its own `var`: what one test stores or counts, no other test finds."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
    settings.VAR = tmp_path
    settings.STORE = tmp_path / "bestanden"
    settings.REVOCATIONS = tmp_path / "intrekkingen"
    settings.SEAL_P12 = authority / "zegel.p12"
    settings.ISSUER_P12 = authority / "uitgever.p12"
    (tmp_path / "sleutels").symlink_to(authority)


@pytest.fixture(scope="session")
def shared_world(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> World:
    """The small world, made once and committed, for the tests that roll back what they do."""
    with django_db_blocker.unblock():
        request.config.stash[SHARED_WORLD] = django_db_blocker
        return build_world()


@pytest.fixture
def world(request: pytest.FixtureRequest, db: Any) -> World:
    """The small world of tests/world.py; objects of its own for each test."""
    if "shared_world" in request.fixturenames:
        return deepcopy(request.getfixturevalue("shared_world"))
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
def post_office(settings: Any) -> Iterator[PostOffice]:
    """A real mail server, and a portal that queues its mail and sends through it, as in production."""
    office = PostOffice()
    office.open()
    settings.EMAIL_BACKEND = "agreements.notifications.backend.MailQueue"
    settings.MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
    yield office
    office.close()


@pytest.fixture(scope="session")
def running_clock() -> Iterator[TimeService]:
    """A time stamp service that runs; no portal asks it yet."""
    service = TimeService()
    yield service
    service.close()


@pytest.fixture
def time_service(running_clock: TimeService, settings: Any, tmp_path: Path) -> TimeService:
    """The same, with a portal that asks it and trusts it."""
    running_clock.fault, running_clock.lists_given, running_clock.tells = "", 0, None
    running_clock.use_certificate()
    settings.TIMESTAMP_URL, settings.TIMESTAMP_SECONDS = running_clock.url, 1
    settings.TIMESTAMP_TRUST = [running_clock.write_root(tmp_path)]
    settings.REVOCATION_NETWORKS = ["127.0.0.1"]  # where its authority tells what it withdrew
    return running_clock


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
def axe() -> Callable[..., None]:
    """A function that fails when axe finds an accessibility violation on the page as it is now, on a desk and on a
    telephone, or when it scrolls sideways at 320 px (WCAG 1.4.10). With `dark=True` also in dark colours, on a desk:
    they are the same on a telephone."""
    script = Axe().axe_script
    options = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}

    def check(page: Page, *, dark: bool = False) -> None:
        was = page.viewport_size
        page.evaluate(script)
        for size, scheme in LOOKS if dark else LOOKS[:2]:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate("options => axe.run(options).then(results => results.violations)", options)
            assert not found, f"{page.url} {size} {scheme}\n" + "\n".join(map(in_words, found))
        page.emulate_media(color_scheme="null")
        page.set_viewport_size(NARROW)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= NARROW["width"], f"{page.url} is {wide} px wide"
        page.set_viewport_size(was)

    return check


def in_words(violation: dict[str, Any]) -> str:
    """An axe violation: what is wrong, and on which elements."""
    places = [
        f"    {' '.join(map(str, node['target']))}: {node['html'][:200]}" for node in violation["nodes"]
    ]
    head = f"{violation['id']} ({violation['impact']}): {violation['help']}"
    return "\n".join([head, *places])
