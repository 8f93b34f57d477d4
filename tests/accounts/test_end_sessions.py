"""Seeing where you are logged in, and ending that."""

import pytest
from django.test import Client

from agreements.accounts.browsers import browser_in_words
from agreements.accounts.models import User
from tests.accounts.steps import EMAIL, PASSWORD

CHROME_ON_WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
SAFARI_ON_IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/26.1 Mobile/15E148 Safari/604.1"
)


def logged_in(user_agent: str) -> Client:
    client = Client(headers={"User-Agent": user_agent})
    client.post("/account/login/", {"login": EMAIL, "password": PASSWORD})
    return client


def test_the_list_ends_the_session_on_another_device(person: User) -> None:
    here, there = logged_in(CHROME_ON_WINDOWS), logged_in(SAFARI_ON_IPHONE)
    page = here.get("/account/sessions/").content.decode()
    assert "Chrome op Windows" in page
    assert "Safari op een iPhone" in page
    assert page.count("Dit apparaat") == 1
    response = here.post("/account/sessions/", follow=True)
    assert "U bent uitgelogd op alle andere apparaten." in response.content.decode()
    assert "U bent alleen op dit apparaat ingelogd." in response.content.decode()
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (CHROME_ON_WINDOWS, "Chrome op Windows"),
        (f"{CHROME_ON_WINDOWS} Edg/156.0.0.0", "Edge op Windows"),
        (SAFARI_ON_IPHONE, "Safari op een iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox op Linux"),
        (
            "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
            "Chrome op Android",
        ),
        ("", "Onbekende browser"),
    ],
)
def test_a_browser_is_named_in_words(user_agent: str, words: str) -> None:
    assert browser_in_words(user_agent) == words
