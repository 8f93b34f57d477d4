"""A forgotten password: from the question to the first login, through a real mail server."""

from typing import Any

from django.test import Client

from agreements.accounts.models import User
from agreements.notifications.models import Mail
from agreements.notifications.operations import send_waiting
from tests.accounts.steps import EMAIL, PASSWORD, link_in
from tests.post import PostOffice

RESET = "/account/password/reset/"
NEW = "een veel langer wachtwoord"


def choose(client: Client, link: str, password: str) -> Any:
    """Open the link from the mail, and choose a password on the page it leads to."""
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    return client.post(address, {"password1": password, "password2": password}, follow=True)


def test_a_forgotten_password_is_replaced_through_a_mail(
    client: Client, person: User, post_office: PostOffice
) -> None:
    asked = client.post(RESET, {"email": EMAIL.upper()}, follow=True)
    assert "Kijk in uw e-mail" in asked.content.decode()
    send_waiting()
    [mail] = post_office.mails
    assert mail["Subject"] == "Prestatieafspraken Hilversum: Nieuw wachtwoord kiezen"
    assert mail["To"] == EMAIL
    link = link_in(mail.get_content())

    chosen = choose(client, link, NEW)
    assert "Uw wachtwoord is bewaard" in chosen.content.decode()
    assert "_auth_user_id" not in client.session

    assert client.post("/account/login/", {"login": EMAIL, "password": PASSWORD}).status_code == 200
    assert client.post("/account/login/", {"login": EMAIL, "password": NEW}).status_code == 302
    send_waiting()
    assert post_office.mails[1]["Subject"] == "Prestatieafspraken Hilversum: Uw wachtwoord is gewijzigd"


def test_without_a_mail_server_the_page_is_as_always_and_the_mail_comes_later(
    client: Client, person: User, post_office: PostOffice
) -> None:
    post_office.close()
    asked = client.post(RESET, {"email": EMAIL}, follow=True)
    assert "Kijk in uw e-mail" in asked.content.decode()
    assert send_waiting() == 0
    post_office.open()
    Mail.objects.update(next_attempt_at="2017-01-01T00:00Z")  # as if the pause is over
    assert send_waiting() == 1
    link = link_in(post_office.mails[0].get_content())
    assert "Uw wachtwoord is bewaard" in choose(client, link, NEW).content.decode()


def test_what_was_sent_no_longer_holds_the_link(
    client: Client, person: User, post_office: PostOffice
) -> None:
    client.post(RESET, {"email": EMAIL})
    assert "/key/" in Mail.objects.get().text
    send_waiting()
    assert Mail.objects.get().text == ""


def test_no_mail_names_a_network_address_or_a_browser(
    client: Client, person: User, post_office: PostOffice
) -> None:
    client.post(RESET, {"email": EMAIL}, headers={"User-Agent": "Mosaic/3.0"})
    send_waiting()
    choose(client, link_in(post_office.mails[0].get_content()), NEW)
    send_waiting()
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
