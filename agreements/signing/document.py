"""From the frozen text of a round to the PDF that everyone signs. Reads nothing but that text."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from agreements.pdf.render import Attachment, RenderedPdf, render_pdf
from agreements.signing.text import canonical
from agreements.web.formats import HARD_SPACE, dutch_date, dutch_number

STYLE = settings.BASE_DIR / "static" / "pa"
LAST_SEAL = "slot"  # the field that the municipality seals when the round closes
WORDS = {"at_least": "minstens", "at_most": "hoogstens", "exactly": "precies"}
# (anchor, title, template in templates/signing/pdf, without what in the text it is left out)
CHAPTERS = (
    ("agenda", "Wat er met de agenda gebeurde", "agenda", "agenda"),
    ("later", "Agenda voor de jaren daarna", "later", "later"),
    ("handtekeningen", "Handtekeningen", "signatures", None),
    ("controleren", "Dit document controleren", "check", None),
)
Row = dict[str, Any]


def render(text: Row, *, on_progress: Callable[[int], None]) -> RenderedPdf:
    """The unsealed PDF of a text, with the text inside it as data; RenderFailed when it cannot be made."""
    day = date.fromisoformat(text["opened_on"])
    return render_pdf(
        render_to_string("signing/pdf/document.html", pages(text)),
        assets={name: STYLE / name for name in ("rapport.css", "raadhuis.svg")},
        document_id=number_of(text),
        attachments=[
            Attachment("jaarschijf.json", canonical(text)[0].encode(), "De tekst als gegevens", "Data")
        ],
        created=datetime.combine(day, time(), timezone.get_default_timezone()),
        on_progress=on_progress,
    )


def number_of(text: Row) -> str:
    """The number of the document: "JS-2018-1" of a jaarschijf, "PA-2018-1" of the whole agreement."""
    return f"{'PA' if is_whole(text) else 'JS'}-{text['year']}-{text['number']}"


def is_whole(text: Row) -> bool:
    """Whether it is the text of the whole agreement."""
    return bool(text["scope"] == "agreement")


def pages(text: Row) -> Row:
    """All that templates/signing/pdf/document.html shows; days and amounts are written out."""
    rows = [_commitment(row) for row in text["commitments"]]
    themes = [
        theme | {"commitments": own}
        for theme in text["themes"]
        if (own := [row for row in rows if row["theme"] == theme["code"]])
    ]
    return text | {
        "document": number_of(text),
        "is_whole": is_whole(text),
        "subject": "De hele prestatieafspraken" if is_whole(text) else f"Jaarschijf {text['year']}",
        "opened_iso": text["opened_on"],
        "opened_on": _day(text["opened_on"]),
        "due_on": _day(text["due_on"]),
        "total": sum(not row.get("part_of") for row in rows),
        "chapters": list(_chapters(text, themes)),
        "agenda": [_agenda_item(item) for item in text["agenda"]],
        "parties": [party | {"field": f"partij-{party['key']}"} for party in text["parties"]],
        "last_seal": LAST_SEAL,
    }


def _chapters(text: Row, themes: list[Row]) -> Iterator[Row]:
    """[{"id", "title", "template"}], a chapter for each theme and for each thing that there is."""
    for theme in themes:
        found = {"id": f"thema-{theme['code']}", "title": theme["name"], "theme": theme}
        yield found | {"template": "signing/pdf/theme.html"}
    for anchor, title, name, needs in CHAPTERS:
        if needs is None or text.get(needs):
            yield {"id": anchor, "title": title, "template": f"signing/pdf/{name}.html"}


def _commitment(row: Row) -> Row:
    target = row["target"]
    plan = target["plan"] if target else []
    return row | {
        "deadline": _day(row["deadline"]),
        "goal": target and _goal(target),
        "baseline": target and target["baseline"] and _with_unit(target["baseline"], target),
        "plan": [(_day(step["on"]), _with_unit(step["value"], target)) for step in plan],
    }


def _agenda_item(item: Row) -> Row:
    fate = item["fate"]
    return item | {"fate": fate and fate | {"decided_on": _day(fate["decided_on"])}}


def _goal(target: Row) -> str:
    if target["is_yes_no"]:
        return "Gedaan"
    out_of = f" van {dutch_number(Decimal(target['out_of']))}" if target["out_of"] else ""
    return f"{WORDS[target['direction']]} {_with_unit(target['value'], target)}{out_of}"


def _with_unit(value: str, target: Row) -> str:
    if target["is_yes_no"]:
        return "Gedaan" if Decimal(value) else "Nog niet gedaan"
    unit = "%" if target["unit"] == "%" else f"{HARD_SPACE}{target['unit']}"
    return f"{dutch_number(Decimal(value))}{unit}"


def _day(iso: str | None) -> str:
    return dutch_date(date.fromisoformat(iso)) if iso else ""
