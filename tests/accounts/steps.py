"""What people do in these tests, and what their app would show."""

import base64
import hashlib
import hmac
import re
import struct
import time

from playwright.sync_api import Page

EMAIL = "adviseur@heideveld.example"
PASSWORD = "vier woorden zijn genoeg"


def log_in(page: Page, password: str = PASSWORD) -> None:
    """Log in with e-mail address and password, as people do."""
    page.goto("/account/login/")
    page.get_by_label("E-mailadres").fill(EMAIL)
    page.get_by_label("Wachtwoord").fill(password)
    page.get_by_role("button", name="Inloggen", exact=True).click()


def totp(secret: str, *, steps: int = 0) -> str:
    """The six digits an app shows now (RFC 6238), or `steps` half minutes later."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def link_in(mail: str) -> str:
    """The path of the first link in a mail."""
    address = re.search(r"https?://[^/\s]+(/account/\S+/)", mail)
    assert address, mail
    return address[1]
