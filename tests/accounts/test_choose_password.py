"""Which passwords are taken, and what is said about the others."""

from datetime import date

import pytest
from django.test import Client

from agreements.accounts.models import User
from agreements.accounts.operations import create_account
from tests.accounts.steps import EMAIL, PASSWORD
from tests.post import PostOffice

CHANGE = "/account/password/change/"
NEW = "een veel langer wachtwoord"


@pytest.fixture
def inside(client: Client, person: User) -> Client:
    client.post("/account/login/", {"login": EMAIL, "password": PASSWORD})
    return client


@pytest.mark.parametrize(
    ("new", "again", "sentence"),
    [
        ("elf tekens.", "elf tekens.", "Kies een wachtwoord van minstens 12 tekens."),
        ("qwerty123456", "qwerty123456", "Dit wachtwoord gebruiken te veel mensen."),
        ("adviseur@heideveld", "adviseur@heideveld", "Dit wachtwoord lijkt te veel op uw e-mailadres."),
        (NEW, "iets heel anders", "Vul twee keer hetzelfde wachtwoord in."),
        ("", "", "Vul ‘Nieuw wachtwoord’ in."),
    ],
)
def test_a_weak_or_mistyped_password_is_refused(inside: Client, new: str, again: str, sentence: str) -> None:
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": again}
    page = inside.post(CHANGE, typed).content.decode()
    assert sentence in page
    assert "Uw wachtwoord is nog niet gewijzigd." in page
    assert User.objects.get().check_password(PASSWORD)


def test_twelve_characters_are_enough(inside: Client) -> None:
    twelve = "boom roos 12"
    inside.post(CHANGE, {"oldpassword": PASSWORD, "password1": twelve, "password2": twelve})
    assert User.objects.get().check_password(twelve)


def test_the_old_password_is_asked(inside: Client) -> None:
    typed = {"oldpassword": "wrong-password", "password1": NEW, "password2": NEW}
    assert "Vul uw wachtwoord van nu opnieuw in." in inside.post(CHANGE, typed).content.decode()
    assert User.objects.get().check_password(PASSWORD)


def test_a_new_password_ends_other_sessions_keeps_this_one_and_is_told_by_mail(
    inside: Client, mailoutbox: list
) -> None:
    elsewhere = Client()
    elsewhere.post("/account/login/", {"login": EMAIL, "password": PASSWORD})
    typed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    response = inside.post(CHANGE, typed, follow=True)
    assert response.redirect_chain == [("/account/", 302)]
    assert "Uw nieuwe wachtwoord is bewaard." in response.content.decode()
    assert elsewhere.get("/account/").status_code == 302
    assert [mail.subject for mail in mailoutbox] == [
        "Prestatieafspraken Hilversum: Uw wachtwoord is gewijzigd"
    ]


def test_a_mail_server_that_is_down_does_not_break_the_change(
    inside: Client, post_office: PostOffice
) -> None:
    post_office.close()
    response = inside.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert response.headers["Location"] == "/account/"
    assert User.objects.get().check_password(NEW)


def test_an_account_without_password_chooses_its_first_one(client: Client, db: None) -> None:
    user = create_account(email=EMAIL, function="Adviseur", by=None, on=date(2017, 11, 15))
    client.force_login(user)
    assert client.get(CHANGE).headers["Location"] == "/account/password/set/"
    assert "Uw account heeft nog geen wachtwoord." in client.get("/account/password/set/").content.decode()
    client.post("/account/password/set/", {"password1": NEW, "password2": NEW})
    assert User.objects.get().check_password(NEW)
