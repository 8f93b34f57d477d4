"""Reading a page as a measurement needs it: the commitments it names, and its forms as a browser would send them."""

import html
import re
from html.parser import HTMLParser

TICKED = ("checkbox", "radio")
NOT_SENT = ("submit", "button", "file", "reset")
CODE = re.compile(r"\bX\d{5}\b")


class Wrong(Exception):
    """A page does not hold what it must hold. What was measured is then not the work that was meant."""


def codes_in(body: str) -> set[str]:
    """The codes of the commitments that a page names."""
    return set(CODE.findall(body))


def demand(body: str, *texts: str) -> None:
    """Wrong when one of the texts is not on the page."""
    plain = html.unescape(body)
    for text in texts:
        if text not in plain:
            raise Wrong(f"not on the page: {text}")


def form_with(body: str, name: str) -> dict[str, str]:
    """The fields, as {name: value}, of the form that has a field of this name."""
    for fields in _Forms(body).forms:
        if name in fields:
            return fields
    raise Wrong(f"no form with the field {name}")


class _Forms(HTMLParser):
    """Every form on a page with what it sends when nothing is changed; buttons and files left out."""

    def __init__(self, body: str):
        super().__init__()
        self.forms: list[dict[str, str]] = [{}]
        self.select = self.textarea = ""
        self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        name = facts.get("name", "")
        if tag == "form":
            self.forms.append({})
        elif tag == "input" and name and _is_sent(facts):
            self.forms[-1][name] = facts.get("value", "on" if facts.get("type") in TICKED else "")
        elif tag == "textarea":
            self.textarea = name
            self.forms[-1][name] = ""
        elif tag == "select":
            self.select = name
            self.forms[-1][name] = ""
        elif tag == "option" and "selected" in facts:
            self.forms[-1][self.select] = facts.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.textarea = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.forms[-1][self.textarea] += data.removeprefix("\r\n").removeprefix("\n")


def _is_sent(facts: dict[str, str]) -> bool:
    kind = facts.get("type", "text")
    return kind not in NOT_SENT and (kind not in TICKED or "checked" in facts)
