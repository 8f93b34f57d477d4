"""Passkeys in a real browser, with an authenticator that exists in software, under our security policy."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from agreements.accounts.models import User
from tests.accounts.steps import PASSWORD, log_in

ADD = "/account/2fa/webauthn/add/"


@pytest.fixture
def key(page: Page) -> Any:
    """A finger on the sensor of this browser; `key(False)` takes it away."""
    chrome = page.context.new_cdp_session(page)
    chrome.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    number = chrome.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def press(is_verified: bool) -> None:
        chrome.send("WebAuthn.setUserVerified", {"authenticatorId": number, "isUserVerified": is_verified})

    return press


def add_passkey(page: Page, name: str = "Mijn telefoon", *, by_enter: bool = False) -> None:
    """From the account page to a passkey in the list, with the password asked on the way."""
    page.goto("/account/")
    page.get_by_role("link", name="Voeg een passkey toe").click()
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Ga verder").click()
    page.get_by_label("Naam van de passkey").fill(name)
    if by_enter:
        page.get_by_label("Naam van de passkey").press("Enter")
    else:
        page.get_by_role("button", name="Voeg deze passkey toe").click()
    page.wait_for_url("**/2fa/recovery-codes/")


def test_a_passkey_is_added_and_then_opens_the_portal_without_password(
    page: Page, person: User, key: Callable[[bool], None], axe: Callable[[Page], None]
) -> None:
    log_in(page)
    add_passkey(page)
    axe(page)
    expect(page.locator("main").get_by_text("De passkey is toegevoegd.")).to_be_visible()

    page.context.clear_cookies()
    page.goto("/account/login/?next=/account/sessions/")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    page.wait_for_url("**/account/sessions/")
    expect(page.get_by_text("Dit apparaat")).to_be_visible()


def test_after_the_password_the_passkey_is_the_second_step(
    page: Page, person: User, key: Callable[[bool], None], axe: Callable[[Page], None]
) -> None:
    log_in(page)
    add_passkey(page)
    page.context.clear_cookies()
    log_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen: stap 2")
    axe(page)
    page.get_by_role("button", name="Gebruik uw passkey").click()
    page.wait_for_url("**/mijn-taken/")


def test_enter_in_the_name_field_adds_the_passkey(
    page: Page, person: User, key: Callable[[bool], None]
) -> None:
    log_in(page)
    add_passkey(page, by_enter=True)
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_a_passkey_gets_another_name_confirms_a_change_and_goes_away(
    page: Page, person: User, key: Callable[[bool], None], axe: Callable[[Page], None]
) -> None:
    log_in(page)
    add_passkey(page)
    page.goto("/account/2fa/webauthn/")
    axe(page)
    page.get_by_role("link", name="Wijzig de naam van Mijn telefoon").click()
    page.get_by_role("heading", name="Naam van de passkey wijzigen").wait_for()
    axe(page)
    page.get_by_label("Naam van de passkey").fill("Mijn laptop")
    page.get_by_role("button", name="Bewaar naam").click()
    page.get_by_role("link", name="Wijzig de naam van Mijn laptop").wait_for()
    page.goto("/account/2fa/webauthn/reauthenticate/?next=/account/2fa/webauthn/")
    axe(page)
    page.get_by_role("button", name="Gebruik uw passkey").click()
    page.wait_for_url("**/2fa/webauthn/")
    page.get_by_role("link", name="Verwijder Mijn laptop").click()
    page.get_by_role("heading", name="Passkey verwijderen?").wait_for()
    axe(page)
    page.get_by_role("button", name="Ja, verwijder de passkey").click()
    expect(page.get_by_text("U heeft nog geen passkey")).to_be_visible()
    assert not Authenticator.objects.exists()


def test_a_refused_finger_is_explained_in_dutch(
    page: Page, person: User, key: Callable[[bool], None]
) -> None:
    log_in(page)
    add_passkey(page)
    page.context.clear_cookies()
    key(False)
    page.goto("/account/login/")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.get_by_role("alert").filter(has_text="Het is niet gelukt met uw passkey.")).to_be_visible()


def test_a_removed_passkey_no_longer_opens_the_portal(
    page: Page, person: User, key: Callable[[bool], None]
) -> None:
    log_in(page)
    add_passkey(page)
    Authenticator.objects.all().delete()
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.locator("main").get_by_text("De code of de passkey klopt niet.")).to_be_visible()
    page.goto("/account/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")
