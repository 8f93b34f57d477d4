"""Logging in and out with e-mail address and password."""

import re
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from agreements.accounts.models import User
from tests.accounts.steps import EMAIL, PASSWORD, log_in

LOGIN = "/account/login/"


def attempt(client: Client, email: str = EMAIL, password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"login": email, "password": password, **more})


def without_what_was_typed(page: Any, email: str) -> str:
    """A page as text, without the address in the field and without the token that differs every time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode().replace(email, ""))


@pytest.mark.parametrize("typed", [EMAIL, EMAIL.upper(), "Adviseur@Heideveld.Example", f" {EMAIL} "])
def test_capitals_and_spaces_in_the_address_do_not_matter(client: Client, person: User, typed: str) -> None:
    response = attempt(client, typed)
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: Client, person: User) -> None:
    known = attempt(client, EMAIL, "wrong-password")
    unknown = attempt(client, "niemand@heideveld.example", "wrong-password")
    assert "Controleer uw e-mailadres en uw wachtwoord." in known.content.decode()
    assert without_what_was_typed(known, EMAIL) == without_what_was_typed(
        unknown, "niemand@heideveld.example"
    )


@pytest.mark.parametrize("email", [EMAIL, "niemand@heideveld.example"])
def test_after_five_wrong_passwords_the_right_one_is_refused_too(
    client: Client, person: User, email: str
) -> None:
    for _ in range(5):
        assert "Wacht 5 minuten" not in attempt(client, email, "wrong-password").content.decode()
    response = attempt(client, email)
    assert "Wacht 5 minuten en probeer het dan opnieuw." in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_limit_counts_each_address_on_its_own(client: Client, person: User) -> None:
    for _ in range(5):
        attempt(client, "niemand@heideveld.example", "wrong-password")
    assert attempt(client).status_code == 302


def test_thirty_tries_a_minute_from_one_place_give_a_dutch_page(client: Client, person: User) -> None:
    for _ in range(30):
        client.post(LOGIN, {"login": "", "password": ""})
    response = client.post(LOGIN, {"login": "", "password": ""})
    assert response.status_code == 429
    assert "Even wachten" in response.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_signs_up_alone(client: Client, db: None, method: str) -> None:
    typed = {"email": "nieuw@heideveld.example", "password1": PASSWORD, "password2": PASSWORD}
    page = getattr(client, method)("/account/signup/", typed).content.decode()
    assert "De applicatiebeheerder van de gemeente geeft accounts" in page
    assert not User.objects.exists()


def test_login_returns_to_the_page_someone_asked_for(client: Client, person: User) -> None:
    response = client.get("/account/", follow=True)
    assert response.redirect_chain == [(f"{LOGIN}?next=%2Faccount%2F", 302)]
    assert attempt(client, next="/account/").headers["Location"] == "/account/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "http:///evil.example",
    ],
)
def test_login_goes_to_no_other_site(client: Client, person: User, elsewhere: str) -> None:
    assert attempt(client, next=elsewhere).headers["Location"] == "/mijn-taken/"


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(client: Client, person: User) -> None:
    to_login = client.post("/account/", {"explanation": "Twee uur getypt."})
    page = client.get(to_login.headers["Location"]).content.decode()
    assert "uw tekst staat er daarna nog" in page
    assert '<input type="hidden" name="next" value="/account/">' in page
    assert attempt(client, next="/account/").headers["Location"] == "/account/"
    assert client.session["parked"]["text"] == "explanation=Twee+uur+getypt."


def test_someone_whose_account_is_switched_off_is_out_at_the_next_request(
    client: Client, person: User
) -> None:
    attempt(client)
    assert client.get("/account/").status_code == 200
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/account/").headers["Location"].startswith(LOGIN)


def test_a_switched_off_account_cannot_log_in(client: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    response = client.post(LOGIN, {"login": EMAIL, "password": PASSWORD}, follow=True)
    assert "Uw account staat uit" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_only_who_knows_the_password_learns_that_an_account_is_switched_off(
    client: Client, person: User
) -> None:
    active = attempt(client, EMAIL, "wrong-password")
    User.objects.filter(pk=person.pk).update(is_active=False)
    switched_off = attempt(client, EMAIL, "wrong-password")
    assert without_what_was_typed(active, EMAIL) == without_what_was_typed(switched_off, EMAIL)


def test_logging_out_takes_a_click_and_not_a_link(client: Client, person: User) -> None:
    attempt(client)
    assert "Uitloggen?" in client.get("/account/logout/").content.decode()
    assert client.get("/account/").status_code == 200
    response = client.post("/account/logout/", follow=True)
    assert "U bent uitgelogd." in response.content.decode()
    assert client.get("/account/").status_code == 302


def test_nothing_of_an_account_stays_in_the_cache_of_a_shared_tablet(client: Client, person: User) -> None:
    attempt(client)
    assert client.get("/account/").headers["Cache-Control"] == "no-store"


def test_login_works_without_javascript(no_js_page: Page, person: User) -> None:
    no_js_page.goto(LOGIN)
    expect(no_js_page.get_by_text("Voor een passkey is JavaScript nodig")).to_be_visible()
    expect(no_js_page.get_by_role("button", name="Inloggen met een passkey")).to_be_hidden()
    log_in(no_js_page)
    no_js_page.goto("/account/")
    expect(no_js_page.get_by_role("heading", level=1)).to_have_text("Uw account")


def test_wrong_answers_are_named_in_title_and_summary(page: Page, person: User) -> None:
    log_in(page, password="wrong-password")
    expect(page).to_have_title("Fout: Inloggen – Prestatieafspraken Hilversum")
    expect(page.get_by_role("alert").filter(has_text="Dit is niet gelukt")).to_be_focused()
