"""Logging in with another e-mail address."""

from typing import Any

import pytest
from django.test import Client

from agreements.accounts.models import User
from tests.accounts.steps import EMAIL, PASSWORD, link_in

EMAIL_PAGE = "/account/email/"
NEW = "advies@heideveld.example"


@pytest.fixture
def inside(client: Client, person: User) -> Client:
    client.post("/account/login/", {"login": EMAIL, "password": PASSWORD})
    return client


def ask(client: Client, address: str) -> Any:
    """Ask for another address; the portal first wants the password again, and then goes on."""
    client.post(EMAIL_PAGE, {"email": address, "action_add": ""}, follow=True)
    return client.post(f"/account/reauthenticate/?next={EMAIL_PAGE}", {"password": PASSWORD}, follow=True)


def test_a_new_address_counts_after_the_link_in_its_mail(inside: Client, mailoutbox: list[Any]) -> None:
    page = ask(inside, NEW).content.decode()
    assert f"U wilt dit wijzigen in {NEW}." in page
    assert User.objects.get().email == EMAIL
    assert mailoutbox[0].to == [NEW]
    link = link_in(mailoutbox[0].body)
    assert f"Wilt u voortaan inloggen met {NEW}?" in inside.get(link).content.decode()
    inside.post(link)
    assert User.objects.get().email == NEW
    told = [mail for mail in mailoutbox if mail.to == [EMAIL]]
    assert f"U logt voortaan in met {NEW}, niet meer met {EMAIL}." in told[0].body


def test_the_password_is_asked_before_the_address_changes(inside: Client, mailoutbox: list[Any]) -> None:
    response = inside.post(EMAIL_PAGE, {"email": NEW, "action_add": ""})
    assert response.headers["Location"].startswith("/account/reauthenticate/")
    page = inside.post("/account/reauthenticate/", {"password": "wrong-password"}).content.decode()
    assert "Vul uw wachtwoord opnieuw in." in page
    assert not mailoutbox


def test_the_change_can_be_taken_back(inside: Client) -> None:
    ask(inside, NEW)
    page = inside.post(EMAIL_PAGE, {"email": NEW, "action_remove": ""}, follow=True).content.decode()
    assert "U wilt dit wijzigen" not in page
    assert User.objects.get().email == EMAIL


def test_an_old_link_says_so(client: Client, db: None) -> None:
    assert "De link werkt niet meer" in client.get("/account/confirm-email/abc/").content.decode()


def test_the_own_address_is_refused(inside: Client) -> None:
    inside.post("/account/reauthenticate/", {"password": PASSWORD})
    page = inside.post(EMAIL_PAGE, {"email": EMAIL, "action_add": ""}).content.decode()
    assert "Dit adres hoort al bij uw account." in page
