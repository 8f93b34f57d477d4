"""A forgotten password: from the question to the first login, through a real mail server."""

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import Client

from agreements.accounts.models import User
from tests.accounts.steps import EMAIL, PASSWORD, link_in

RESET = "/account/password/reset/"
NEW = "een veel langer wachtwoord"


class Catcher:
    """Keeps every mail a server receives, as it came over the line."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  aiosmtpd's name
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def post_office(settings: Any) -> Iterator[Catcher]:
    """A mail server on this machine, and the portal that sends through it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    catcher = Catcher()
    server = Controller(catcher, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield catcher
    server.stop()


def choose(client: Client, link: str, password: str) -> Any:
    """Open the link from the mail, and choose a password on the page it leads to."""
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    return client.post(address, {"password1": password, "password2": password}, follow=True)


def test_a_forgotten_password_is_replaced_through_a_mail(
    client: Client, person: User, post_office: Catcher
) -> None:
    asked = client.post(RESET, {"email": EMAIL.upper()}, follow=True)
    assert "Kijk in uw e-mail" in asked.content.decode()
    [mail] = post_office.mails
    assert mail["Subject"] == "Prestatieafspraken Hilversum: Nieuw wachtwoord kiezen"
    assert mail["To"] == EMAIL
    link = link_in(mail.get_content())

    chosen = choose(client, link, NEW)
    assert "Uw wachtwoord is bewaard" in chosen.content.decode()
    assert "_auth_user_id" not in client.session

    assert client.post("/account/login/", {"login": EMAIL, "password": PASSWORD}).status_code == 200
    assert client.post("/account/login/", {"login": EMAIL, "password": NEW}).status_code == 302
    assert post_office.mails[1]["Subject"] == "Prestatieafspraken Hilversum: Uw wachtwoord is gewijzigd"


def test_no_mail_names_a_network_address_or_a_browser(
    client: Client, person: User, post_office: Catcher
) -> None:
    client.post(RESET, {"email": EMAIL}, headers={"User-Agent": "Mosaic/3.0"})
    choose(client, link_in(post_office.mails[0].get_content()), NEW)
    text = "".join(mail.get_content() for mail in post_office.mails)
    assert len(post_office.mails) == 2
    assert "127.0.0.1" not in text.replace("http://127.0.0.1:8000", "")
    assert "Mosaic" not in text


def test_the_link_works_once(client: Client, person: User, mailoutbox: list[Any]) -> None:
    client.post(RESET, {"email": EMAIL})
    link = link_in(mailoutbox[0].body)
    choose(client, link, NEW)
    assert "De link werkt niet meer" in Client().get(link).content.decode()


def test_the_link_ends_when_another_password_is_chosen(
    client: Client, person: User, mailoutbox: list[Any]
) -> None:
    client.post(RESET, {"email": EMAIL})
    person.set_password(NEW)
    person.save()
    assert "De link werkt niet meer" in client.get(link_in(mailoutbox[0].body)).content.decode()


def test_a_weak_password_is_refused_and_the_link_stays_good(
    client: Client, person: User, mailoutbox: list[Any]
) -> None:
    client.post(RESET, {"email": EMAIL})
    link = link_in(mailoutbox[0].body)
    assert "Kies een wachtwoord van minstens 12 tekens." in choose(client, link, "kort").content.decode()
    assert "Uw wachtwoord is bewaard" in choose(client, link, NEW).content.decode()


def test_the_page_does_not_tell_whether_an_account_exists(
    client: Client, person: User, mailoutbox: list[Any]
) -> None:
    known = client.post(RESET, {"email": EMAIL}, follow=True)
    unknown = client.post(RESET, {"email": "niemand@heideveld.example"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain == [(f"{RESET}done/", 302)]
    assert known.content == unknown.content
    assert [mail.to for mail in mailoutbox] == [[EMAIL], ["niemand@heideveld.example"]]
    assert "Bij dit e-mailadres hoort geen account." in mailoutbox[1].body


def test_the_address_in_the_mail_is_ours_whatever_the_request_says(
    client: Client, person: User, mailoutbox: list[Any], settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.PUBLIC_URL = "https://afspraken.hilversum.example"
    client.post(RESET, {"email": EMAIL}, headers={"Host": "evil.example"})
    assert "https://afspraken.hilversum.example/account/password/reset/key/" in mailoutbox[0].body
    assert "evil" not in mailoutbox[0].body + mailoutbox[0].subject


def test_unlocking_takes_a_new_password_and_not_five_minutes(
    client: Client, person: User, mailoutbox: list[Any]
) -> None:
    for _ in range(5):
        client.post("/account/login/", {"login": EMAIL, "password": "wrong-password"})
    client.post(RESET, {"email": EMAIL})
    choose(client, link_in(mailoutbox[0].body), NEW)
    assert client.post("/account/login/", {"login": EMAIL, "password": NEW}).status_code == 302


def test_a_switched_off_account_gets_no_link(client: Client, person: User, mailoutbox: list[Any]) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    client.post(RESET, {"email": EMAIL})
    assert "/key/" not in mailoutbox[0].body
