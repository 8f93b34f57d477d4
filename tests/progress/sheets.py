"""For tests of the sheet: more commitments, and a form filled as a browser would fill it."""

from html.parser import HTMLParser
from typing import Any

from agreements.accounts.models import User
from agreements.accounts.operations import create_account
from agreements.commitments.models import Commitment, Indicator
from agreements.parties.operations import add_member
from agreements.progress.models import Draft
from agreements.progress.operations import offer_progress, require_approval, save_draft
from tests.world import PASSWORD, SIGNED, TODAY, World, a_commitment, an_indicator, at_least

SHEET = "/rondes/2017-K3/opgave/"
STORY = "Er zijn vijf woningen bij gekomen."


def many(world: World, number: int) -> list[Commitment]:
    """So many more commitments of Heideveld with a number to reach, 17-11 and on."""
    indicator = Indicator.objects.filter(key="many").first() or an_indicator("many")
    start = Commitment.objects.filter(code__startswith="17-").count()
    return [
        a_commitment(
            world,
            f"17-{place:03}",
            order=place,
            title=f"Afspraak nummer {place}",
            target=at_least(100, indicator),
        )
        for place in range(start + 100, start + 100 + number)
    ]


def a_coworker(world: World) -> User:
    """Somebody else who fills in for Heideveld."""
    user = create_account(
        email="coworker@test.example", function="Collega Heideveld", by=None, on=SIGNED, password=PASSWORD
    )
    add_member(world.heideveld, user=user, role="reporter", by=None, on=SIGNED)
    return user


def a_draft(world: World, *, by: User | None = None, version: int = 0, **answers: str) -> Draft:
    """A concept for `homes`."""
    given = {"round": world.round, "answers": answers or {"value": "52"}, "version": version}
    return save_draft(world.homes, by=by or world.reporter, on=TODAY, **given)


def an_offer(world: World, *, key: Any, claim: Any, **fields: Any) -> Draft:
    """An answer for `homes` that waits for the director of Heideveld."""
    require_approval(world.heideveld, by=world.director, on=TODAY, needed=True)
    usual = {"by": world.reporter, "on": TODAY, "round": world.round, "answers": {"value": "52"}}
    return offer_progress(world.homes, key=key, claim=claim, **{**usual, **fields})


def typed(page: str) -> dict[str, str]:
    """What a browser would send of the form on this page when nobody touched it."""
    return Controls(page).sent


def row(code: str = "17-01", **answers: str) -> dict[str, str]:
    usual = {"value": "54", "status": "on_track", "explanation": STORY}
    return {f"{code}-{name}": text for name, text in {**usual, **answers}.items()}


def post(client, *rows: dict[str, str], button: str = "send", page: str | None = None, **headers):
    sent = typed(page or client.get(SHEET).content.decode())
    for answers in rows:
        sent |= answers
    return client.post(SHEET, {**sent, button: "ja"}, headers=headers)


class Controls(HTMLParser):
    """The controls of the form in the main part of the page."""

    def __init__(self, page: str):
        super().__init__()
        self.sent: dict[str, str] = {}
        self.in_form = False
        self.textarea = self.select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self.in_form = "logout" not in (given.get("action") or "")
        elif not self.in_form:
            return
        elif tag == "textarea":
            self.textarea = name
            self.sent[name] = ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and (self.select not in self.sent or "selected" in given):
            self.sent[self.select] = given.get("value") or ""
        elif tag == "input" and given.get("type") not in ("checkbox", "radio", "file", "submit"):
            self.sent[name] = given.get("value") or ""
        elif tag == "input" and "checked" in given:
            self.sent[name] = given.get("value") or "on"

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.sent[self.textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.in_form = False
        elif tag == "textarea":
            self.sent[self.textarea] = self.sent[self.textarea].removeprefix("\n")
            self.textarea = ""
        elif tag == "select":
            self.select = ""
