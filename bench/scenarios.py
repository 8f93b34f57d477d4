"""What is asked of each system, and how to see that the answer is the right one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import uuid4

from bench.page import Wrong, codes_in, demand, form_with
from bench.rows import COMMON, PASSWORD, RARE, TODAY, Row, Size, email_of, rows
from bench.visitor import Answer, Request, Visitor

PAGE = 25
THEME = "C"
REPORTER = "corporatie-1"
NEWS = "Beurt {turn} van de meting. Er is deze ronde gewerkt aan de woningen en aan het overleg met bewoners."


@dataclass(frozen=True)
class Scenario:
    """One thing to measure.

    `prepare` does what is not timed and gives the request of this turn; `check` raises Wrong. `is_member`:
    asked by someone who is logged in.
    """

    prepare: Callable[[Visitor, int], Request]
    check: Callable[[Visitor, int, Answer], None]
    is_member: bool = False


class Expected:
    """What the pages must show, worked out from the rows."""

    def __init__(self, size: Size, seed: int):
        found = list(rows(size, seed))
        self.commitments = [row for row in found if row["kind"] == "commitment"]
        self.themes = [row for row in found if row["kind"] == "theme"]
        self.updates = [row for row in found if row["kind"] == "update"]

    @cached_property
    def first(self) -> set[str]:
        return {row["code"] for row in self.commitments[:PAGE]}

    @cached_property
    def last(self) -> set[str]:
        beyond = (len(self.commitments) - 1) // PAGE * PAGE
        return {row["code"] for row in self.commitments[beyond:]}

    @cached_property
    def pages(self) -> int:
        return (len(self.commitments) - 1) // PAGE + 1

    @cached_property
    def filtered(self) -> set[str]:
        found = [c for c in self.commitments if c["theme"] == THEME and _holds(c, COMMON)]
        return {row["code"] for row in found[:PAGE]}

    @cached_property
    def rare(self) -> set[str]:
        return {c["code"] for c in self.commitments if _holds(c, RARE)}

    @cached_property
    def detail(self) -> Row:
        """The municipality's first commitment: no turn of the measurement reports on it."""
        return self.commitments[0]

    @cached_property
    def detail_texts(self) -> list[str]:
        code = self.detail["code"]
        explanations = [u["explanation"] for u in self.updates if u["commitment"] == code]
        return [self.detail["title"], self.detail["text"], *explanations]

    @cached_property
    def own(self) -> list[str]:
        """The codes on which the reporter reports, one a turn."""
        return [c["code"] for c in self.commitments if c["lead"] == REPORTER]

    def turn(self, number: int) -> str:
        return self.own[number % len(self.own)]


def _holds(commitment: Row, word: str) -> bool:
    return word in f"{commitment['title']} {commitment['text']}".lower()


def page_of(path: str, *, codes: set[str], texts: tuple[str, ...] = (), is_member: bool = False) -> Scenario:
    """A page that must name exactly these commitments, and hold these texts."""

    def check(visitor: Visitor, turn: int, answer: Answer) -> None:
        _expect_status(answer, 200)
        if (found := codes_in(answer.body)) != codes:
            raise Wrong(
                f"{path} names {len(found)} commitments, expected {len(codes)}: {sorted(found ^ codes)[:5]}"
            )
        demand(answer.body, *texts)

    return Scenario(lambda visitor, turn: Request(path), check, is_member)


def _expect_status(answer: Answer, status: int) -> None:
    if answer.status != status:
        raise Wrong(f"status {answer.status}, expected {status}")


def _log_in(visitor: Visitor, path: str, name_field: str) -> None:
    fields = form_with(visitor.ask(Request(path)).body, name_field)
    fields |= {name_field: email_of(REPORTER), "password": PASSWORD}
    _expect_status(visitor.ask(Request(path, fields)), 302)


class Portal:
    """The portal. Visitors need no account to read; the reporter of one corporation has one."""

    def __init__(self, expected: Expected):
        self.expected = expected

    def log_in(self, visitor: Visitor) -> None:
        _log_in(visitor, "/account/login/", "login")

    def scenarios(self) -> dict[str, Scenario]:
        e = self.expected
        total = f"Zo staan de {len(e.commitments)} afspraken van 2017 ervoor"
        themes = tuple(theme["name"] for theme in e.themes)
        key_figures = {row["code"] for row in e.commitments[:4]}
        detail = f"/afspraken/{e.detail['code']}/"
        title = e.commitments[0]["title"]
        return {
            "dashboard": page_of("/", codes=key_figures, texts=(total, *themes)),
            "list25": page_of("/afspraken/", codes=e.first, texts=(title,)),
            "list25 logged in": page_of("/afspraken/", codes=e.first, texts=(title,), is_member=True),
            "list25 last page": page_of(f"/afspraken/?pagina={e.pages}", codes=e.last),
            "filter": page_of(f"/afspraken/?thema={THEME}&q={COMMON}", codes=e.filtered),
            "search rare": page_of(f"/afspraken/?q={RARE}", codes=e.rare),
            "detail": page_of(detail, codes={e.detail["code"]}, texts=tuple(e.detail_texts)),
            "submit": Scenario(self._filled_form, self._is_submitted, is_member=True),
        }

    def _filled_form(self, visitor: Visitor, turn: int) -> Request:
        path = f"/afspraken/{self.expected.turn(turn)}/voortgang/"
        fields = form_with(visitor.ask(Request(path)).body, "explanation")
        fields |= {
            "status": "on_track",
            "explanation": NEWS.format(turn=turn),
            "as_is": "on",
            "is_lower": "on",
        }
        fields["reason"] = "Het vorige antwoord was niet volledig."  # the form asks it for a second answer
        return Request(path, fields, is_multipart=True)

    def _is_submitted(self, visitor: Visitor, turn: int, answer: Answer) -> None:
        _expect_status(answer, 302)
        demand(visitor.ask(Request(answer.location)).body, NEWS.format(turn=turn))


class Admin:
    """The anchor. It has no public pages, so that everything is asked by someone who is logged in."""

    LIST = "/admin/agreements/commitment/"

    def __init__(self, expected: Expected):
        self.expected = expected

    def log_in(self, visitor: Visitor) -> None:
        _log_in(visitor, "/admin/login/", "username")

    def scenarios(self) -> dict[str, Scenario]:
        e = self.expected
        title = e.commitments[0]["title"]
        everything = page_of(self.LIST, codes=e.first, texts=(title,), is_member=True)
        theme = 1 + [row["code"] for row in e.themes].index(THEME)  # keys of a new database begin at 1
        return {
            "list25": everything,
            "list25 logged in": everything,
            "list25 last page": page_of(f"{self.LIST}?p={e.pages}", codes=e.last, is_member=True),
            "filter": page_of(
                f"{self.LIST}?theme__id__exact={theme}&q={COMMON}", codes=e.filtered, is_member=True
            ),
            "search rare": page_of(f"{self.LIST}?q={RARE}", codes=e.rare, is_member=True),
            "detail": page_of(
                self._address(e.detail["code"]),
                codes={e.detail["code"]},
                texts=tuple(e.detail_texts),
                is_member=True,
            ),
            "submit": Scenario(self._filled_form, self._is_saved, is_member=True),
        }

    def _address(self, code: str) -> str:
        return f"{self.LIST}{int(code[1:]) + 1}/change/"

    def _filled_form(self, visitor: Visitor, turn: int) -> Request:
        path = self._address(self.expected.turn(turn))
        fields = form_with(visitor.ask(Request(path)).body, "updates-TOTAL_FORMS")
        place = int(fields["updates-INITIAL_FORMS"])
        before = {name: fields[f"updates-0-{name}"] for name in ("round", "party", "submitted_by")}
        new = before | {
            "number": str(place + 1),
            "key": str(uuid4()),
            "status": "on_track",
            "explanation": NEWS.format(turn=turn),
            "submitted_on": _dutch(TODAY),
        }
        fields |= {f"updates-{place}-{name}": value for name, value in new.items()}
        return Request(path, fields)

    def _is_saved(self, visitor: Visitor, turn: int, answer: Answer) -> None:
        _expect_status(answer, 302)
        saved = visitor.ask(Request(self._address(self.expected.turn(turn))))
        demand(saved.body, NEWS.format(turn=turn))


def _dutch(day: date) -> str:
    return f"{day:%d-%m-%Y}"


SYSTEMS: dict[str, type[Portal] | type[Admin]] = {"portal": Portal, "admin": Admin}
