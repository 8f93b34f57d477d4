"""Logging in in two steps, with an app that makes codes and with recovery codes."""

import re
import time
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from agreements.accounts.models import User
from tests.accounts.steps import EMAIL, PASSWORD, totp

NOON = datetime(2026, 11, 23, 12, 0, 5, tzinfo=UTC)
SET_UP = "/account/2fa/totp/activate/"


@pytest.fixture
def inside(client: Client, person: User) -> Client:
    """Logged in, and the password asked again a moment ago."""
    start(client)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def start(client: Client) -> Any:
    return client.post("/account/login/", {"login": EMAIL, "password": PASSWORD, "next": "/account/"})


def set_up(client: Client) -> str:
    """Set up the app as someone does who types the key over. Returns the key."""
    page = client.get(SET_UP).content.decode()
    secret = re.search(r'<p class="pa-hash">([A-Z2-7]+)</p>', page)[1]
    with time_machine.travel(time.time(), tick=False):  # a code could end between reading and sending it
        client.post(SET_UP, {"code": totp(secret)})
    return secret


def recovery_codes(client: Client) -> list[str]:
    page = client.get("/account/2fa/recovery-codes/").content.decode()
    return re.findall(r"<code>(\d{8})</code>", page)


def second_step(client: Client, code: str) -> Any:
    """From the login page to the answer on the code."""
    start(client)
    return client.post("/account/2fa/authenticate/", {"code": code})


@pytest.fixture
def secret(inside: Client) -> str:
    return set_up(inside)


def test_setting_up_asks_the_password_first(client: Client, person: User) -> None:
    start(client)
    assert client.get(SET_UP).headers["Location"].startswith("/account/reauthenticate/")


def test_the_page_draws_the_key_without_a_data_address(inside: Client) -> None:
    page = inside.get(SET_UP).content.decode()
    assert '<svg role="img" aria-labelledby="qr-titel"' in page
    assert "data:image" not in page
    assert "otpauth://totp/" in page
    assert "issuer=Prestatieafspraken%20Hilversum" in page


def test_a_wrong_code_sets_nothing_up(inside: Client) -> None:
    inside.get(SET_UP)
    page = inside.post(SET_UP, {"code": "000000"}).content.decode()
    assert "Probeer het opnieuw." in page
    assert not Authenticator.objects.exists()


def test_setting_up_is_told_by_mail_and_gives_recovery_codes(
    inside: Client, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        set_up(inside)
    assert [mail.subject for mail in mailoutbox] == [
        "Prestatieafspraken Hilversum: Inloggen met een app staat aan"
    ]
    assert len(recovery_codes(inside)) == 10


def test_login_asks_the_code_and_then_goes_on(secret: str) -> None:
    fresh = Client()
    with time_machine.travel(NOON, tick=False):
        response = start(fresh)
        assert response.headers["Location"] == "/account/2fa/authenticate/"
        assert fresh.get("/account/").status_code == 302
        answer = fresh.post("/account/2fa/authenticate/", {"code": totp(secret)})
    assert answer.headers["Location"] == "/account/"


def test_a_code_may_have_a_space_as_apps_show_it(secret: str) -> None:
    with time_machine.travel(NOON, tick=False):
        code = totp(secret)
        assert second_step(Client(), f"{code[:3]} {code[3:]}").status_code == 302


def test_a_code_works_once(secret: str) -> None:
    with time_machine.travel(NOON, tick=False):
        assert second_step(Client(), totp(secret)).status_code == 302
        assert "Probeer het opnieuw." in second_step(Client(), totp(secret)).content.decode()


def test_a_code_typed_in_its_last_seconds_still_counts(secret: str) -> None:
    with time_machine.travel(NOON, tick=False):
        assert second_step(Client(), totp(secret, steps=-1)).status_code == 302


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_code_of_another_minute_is_refused(secret: str, steps: int) -> None:
    with time_machine.travel(NOON, tick=False):
        assert second_step(Client(), totp(secret, steps=steps)).status_code == 200


def test_after_five_wrong_codes_the_right_one_is_refused_too(secret: str) -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(5):
            second_step(Client(), "000000")
        assert "Wacht 5 minuten" in second_step(Client(), totp(secret)).content.decode()


def test_a_recovery_code_works_once(inside: Client, secret: str) -> None:
    codes = recovery_codes(inside)
    assert len(codes) == len(set(codes)) == 10
    assert second_step(Client(), codes[0]).status_code == 302
    assert second_step(Client(), codes[0]).status_code == 200
    assert codes[0] not in recovery_codes(inside)
    assert "U heeft nog 9 herstelcodes." in inside.get("/account/").content.decode()


def test_new_recovery_codes_end_the_old_ones(inside: Client, secret: str) -> None:
    old = recovery_codes(inside)
    inside.post("/account/2fa/recovery-codes/generate/")
    assert set(recovery_codes(inside)).isdisjoint(old)
    assert second_step(Client(), old[0]).status_code == 200


def test_switching_the_app_off_ends_the_second_step_and_its_codes(inside: Client, secret: str) -> None:
    assert "App uitzetten?" in inside.get("/account/2fa/totp/deactivate/").content.decode()
    inside.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists()
    assert start(Client()).headers["Location"] == "/account/"


def test_stopping_halfway_leads_back_to_login(secret: str) -> None:
    fresh = Client()
    start(fresh)
    response = fresh.post("/account/logout/", {"next": "/account/login/"}, follow=True)
    assert response.redirect_chain == [("/account/login/", 302)]


def test_a_second_step_does_not_stop_someone_from_changing_the_address(
    inside: Client, secret: str, mailoutbox: list[Any]
) -> None:
    inside.post("/account/email/", {"email": "advies@heideveld.example", "action_add": ""})
    assert mailoutbox[-1].to == ["advies@heideveld.example"]


def test_confirming_can_be_done_with_a_code_too(secret: str) -> None:
    fresh = Client()
    with time_machine.travel(NOON, tick=False):
        start(fresh)
        fresh.post("/account/2fa/authenticate/", {"code": totp(secret)})
        page = fresh.get("/account/reauthenticate/").content.decode()
        assert "Gebruik een code" in page
    with time_machine.travel(NOON.replace(minute=1), tick=False):
        answer = fresh.post(
            "/account/2fa/reauthenticate/?next=/account/2fa/recovery-codes/", {"code": totp(secret)}
        )
    assert answer.headers["Location"] == "/account/2fa/recovery-codes/"


def test_the_second_step_is_required_for_nobody(client: Client, person: User) -> None:
    assert start(client).headers["Location"] == "/account/"
    assert (
        "U kiest zelf of u dit gebruikt. Alleen om te ondertekenen is het nodig."
        in client.get("/account/2fa/").content.decode()
    )
