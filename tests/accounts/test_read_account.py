"""The page about your own account, and the look of every page around logging in."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from agreements.accounts.models import User
from agreements.parties.operations import add_member, add_party
from tests.accounts.steps import EMAIL, PASSWORD

FOR_EVERYONE = [
    "login/",
    "signup/",
    "inactive/",
    "confirm-email/",
    "confirm-email/abc/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/1-x-y/",
    "password/reset/key/done/",
]
FOR_MEMBERS = [
    "logout/",
    "email/",
    "password/change/",
    "reauthenticate/",
    "sessions/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
]


@pytest.fixture
def inside(client: Client, person: User) -> Client:
    """Logged in, and the password asked again a moment ago."""
    client.post("/account/login/", {"login": EMAIL, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def test_the_page_says_who_you_are_and_for_whom_you_work(inside: Client, person: User) -> None:
    day = date(2017, 11, 15)
    party = add_party(
        by=None,
        on=day,
        key="heideveld",
        name="Heideveld",
        short_name="H",
        kind="corporation",
        provenance="example",
    )
    add_member(party, user=person, role="reporter", by=None, on=day)
    ended = add_member(party, user=person, role="signatory", by=None, on=day)
    ended.ended_on = day
    ended.save()
    page = inside.get("/account/").content.decode()
    assert "Adviseur wonen" in page
    assert EMAIL in page
    assert "<dt>Invuller</dt><dd>Heideveld</dd>" in page
    assert "Ondertekenaar" not in page


def test_a_visitor_is_asked_to_log_in(client: Client, db: None) -> None:
    assert client.get("/account/").headers["Location"] == "/account/login/?next=%2Faccount%2F"


@pytest.mark.parametrize("path", FOR_MEMBERS)
def test_every_other_page_of_an_account_asks_to_log_in(client: Client, db: None, path: str) -> None:
    response = client.get(f"/account/{path}")
    # Logging out without being logged in goes to the overview.
    assert response.headers["Location"].startswith("/account/login/" if path != "logout/" else "/")


def test_every_page_is_accessible_and_fits_on_desk_and_telephone(
    page: Page, axe: Callable[[Page], None], inside: Client, live_server: Any
) -> None:
    def inspect(path: str) -> None:
        page.goto(f"/account/{path}")
        axe(page)

    for path in FOR_EVERYONE:
        inspect(path)
    session = {"name": "sessionid", "value": inside.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([session])
    for path in ["", *FOR_MEMBERS]:
        inspect(path)


def test_pages_with_errors_are_accessible(page: Page, axe: Callable[[Page], None], db: None) -> None:
    for path, button in (("login/", "Inloggen"), ("password/reset/", "Stuur mij de link")):
        page.goto(f"/account/{path}")
        page.get_by_role("button", name=button, exact=True).click()
        page.locator(".pa-foutoverzicht").wait_for()
        axe(page)
