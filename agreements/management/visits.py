"""What `manage.py demo --check` looks at: the portal as a visitor finds it, over HTTP."""

import re
import time
import urllib.request
from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import urljoin

from agreements.pdf.keys import trusted_roots
from agreements.pdf.verify import Unreadable, verify_pdf

REPORT_SECONDS = 240  # the worker makes the first reports while the portal already runs


class Wrong(Exception):
    """A page is not as it should be; the text says how, in Dutch."""


class Page(HTMLParser):
    """The addresses in an HTML page: of its links, and of the files that it loads."""

    def __init__(self, address: str):
        super().__init__()
        self.address = address
        self.links: list[str] = []
        self.files: list[str] = []
        self.headings = 0
        self.feed(fetch(address).decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.headings += tag == "h1"
        if tag == "a" and "href" in values:
            self.links.append(urljoin(self.address, values["href"]))
        for name in ("href", "src"):
            if tag in ("link", "script", "img") and values.get(name, "").startswith("/"):
                self.files.append(urljoin(self.address, values[name]))

    def links_like(self, pattern: str) -> list[str]:
        """The links whose path is exactly this pattern, in the order of the page."""
        paths = re.compile(re.escape(self.address.split("/", 3)[0] + "//") + r"[^/]+" + pattern)
        return [link for link in self.links if paths.fullmatch(link)]


def check(address: str, tell: Callable[[str], None]) -> bool:
    """Visit the portal at `address`; one line for each visit. True when all is well."""
    results = [_line(name, visit, address, tell) for name, visit in VISITS.items()]
    return all(results)


def _line(name: str, visit: Callable[[str], str], address: str, tell: Callable[[str], None]) -> bool:
    try:
        found = visit(address)
    except (Wrong, Unreadable, OSError) as error:
        tell(f"FOUT  {name}: {error}")
        return False
    tell(f"OK    {name}: {found}")
    return True


def fetch(address: str) -> bytes:
    """The body of a page that answers 200; OSError otherwise."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        body: bytes = answer.read()
    return body


def health(address: str) -> str:
    """The portal, its database and its worker say that they are well."""
    return fetch(f"{address}/gezond/").decode()


def overview(address: str) -> str:
    """The first page has its heading, and every file it asks for is there."""
    page = whole(f"{address}/")
    for file in page.files:
        fetch(file)
    return f"{len(page.files)} bestanden geladen"


def whole(address: str) -> Page:
    """A page with exactly one main heading."""
    page = Page(address)
    if page.headings != 1:
        raise Wrong(f"{address} heeft {page.headings} hoofdkoppen")
    return page


def commitments(address: str) -> list[str]:
    """The addresses of the commitments on the first page of the list."""
    found = whole(f"{address}/afspraken/").links_like(r"/afspraken/[^/?#]+/")
    if not found:
        raise Wrong("de lijst is leeg")
    return list(dict.fromkeys(found))


def the_list(address: str) -> str:
    return f"{len(commitments(address))} afspraken op de eerste pagina"


def commitment(address: str) -> str:
    return whole(commitments(address)[0]).address


def report(address: str) -> str:
    """A published report carries a seal that checks out against the demo's own root certificate."""
    link = published_pdf(address)
    verdict = verify_pdf(fetch(link), trust=trusted_roots())
    if not verdict.is_genuine:
        raise Wrong(f"{link} heeft geen geldig zegel")
    return f"{link}, verzegeld door {verdict.signatures[0].signer}"


def published_pdf(address: str) -> str:
    """The address of a published PDF; waits while the worker makes the first one."""
    deadline = time.monotonic() + REPORT_SECONDS
    while time.monotonic() < deadline:
        for page in whole(f"{address}/rapportages/").links_like(r"/rapportages/[^/?#]+/"):
            found = whole(page).links_like(r"/rapportages/[^/?#]+\.pdf")
            if found:
                return found[0]
        time.sleep(1)
    raise Wrong(f"na {REPORT_SECONDS} seconden is er geen gepubliceerd rapport")


VISITS = {
    "gezondheid": health,
    "overzicht": overview,
    "lijst van afspraken": the_list,
    "een afspraak": commitment,
    "verzegeld rapport": report,
}
