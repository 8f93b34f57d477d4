"""The versions of a commitment that somebody may read, and two of them side by side with the words marked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from agreements.commitments.faults import FIGURES
from agreements.commitments.models import Amendment, Commitment, Target
from agreements.commitments.operations import LABELS, as_data
from agreements.commitments.queries import original_values
from agreements.history.models import Event
from agreements.history.queries import timeline
from agreements.parties.queries import standing_of
from agreements.web.formats import dutch_date, dutch_number

SAME, REMOVED, ADDED = "same", "removed", "added"
MARKS = {"delete": (REMOVED,), "insert": (ADDED,), "replace": (REMOVED, ADDED), "equal": (SAME,)}


@dataclass(frozen=True)
class Version:
    """One version as history keeps it. `values`: {field: text or None}; `event` is what made it."""

    number: int
    event: Event
    values: dict[str, Any]
    is_signed: bool
    is_newest: bool

    @property
    def title(self) -> str:
        """ "Versie 2, van 3 juni 2017 (zoals het nu is)"."""
        notes = [self.is_signed and "zoals vastgesteld", self.is_newest and "zoals het nu is"]
        words = " en ".join(note for note in notes if note)
        return f"Versie {self.number}, van {dutch_date(self.event.on)}" + (f" ({words})" if words else "")


@dataclass(frozen=True)
class Part:
    """A run of words: "same", "removed" (only in the first version) or "added" (only in the second)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """A field that differs: its name, and its words in both versions."""

    label: str
    old: list[Part]
    new: list[Part]


def versions_of(commitment: Commitment, user: Any) -> list[Version]:
    """What this person may read, oldest first. Drafts are for the parties; everyone reads from adoption on."""
    events = [event for event in reversed(timeline(commitment)) if "after" in event.data]
    amended = next((e.data["version"] for e in events if e.verb == "commitments.amended"), None)
    signed = amended - 1 if amended else commitment.version
    first = 1 if standing_of(user).parties else signed
    return [
        Version(
            number=event.data["version"],
            event=event,
            values=event.data["after"],
            is_signed=commitment.year_slice.is_adopted and event.data["version"] == signed,
            is_newest=event.data["version"] == commitment.version,
        )
        for event in events
        if event.data["version"] >= first
    ]


def chosen_pair(versions: list[Version], old: str, new: str) -> tuple[Version, Version] | None:
    """The versions with these numbers (text from an address); as signed and now when none is named.

    None when there is no such version, or not one that this person may read.
    """
    if not versions:
        return None
    signed = next((version for version in versions if version.is_signed), versions[0])
    by_number = {str(version.number): version for version in versions}
    pair = by_number.get(old) if old else signed, by_number.get(new) if new else versions[-1]
    return (pair[0], pair[1]) if pair[0] and pair[1] else None


def differences(old: Version, new: Version) -> tuple[list[Difference], list[str]]:
    """The fields that differ, and the names of those that stayed the same."""
    found, same = [], []
    for name, label in LABELS.items():
        was, now = shown_value(name, old.values), shown_value(name, new.values)
        if was == now:
            same.append(label)
        else:
            found.append(Difference(label, *marked(was, now)))
    return found, same


def proposed(amendment: Amendment) -> list[Difference]:
    """What an amendment changes: the words that go and the words that come, field by field."""
    after = as_data(amendment.changes())
    return [
        Difference(LABELS[name], *marked(shown_value(name, amendment.before), shown_value(name, after)))
        for name in LABELS
        if name in after
    ]


def with_differences(amendments: Iterable[Amendment]) -> list[tuple[Amendment, list[Difference]]]:
    """Each amendment with what it changes."""
    return [(amendment, proposed(amendment)) for amendment in amendments]


def originals(amendments: Iterable[Amendment]) -> dict[str, str]:
    """{field: what was signed, as people read it} of the fields that amendments in force changed."""
    return {name: shown_value(name, {name: value}) for name, value in original_values(amendments).items()}


def shown_value(name: str, values: dict[str, Any]) -> str:
    """A value of history as people read it: "31 december 2017", "2.628", "minstens"; "(leeg)" for nothing."""
    value = values.get(name)
    if value in (None, ""):
        return "(leeg)"
    if name == "deadline":
        return dutch_date(date.fromisoformat(value))
    if name in FIGURES or name == "order":
        return dutch_number(Decimal(value))
    labels = {**dict(Commitment.Kind.choices), **dict(Target.Direction.choices)}
    return str(labels.get(value, value)) if name in ("kind", "direction") else str(value)


def marked(old: str, new: str) -> tuple[list[Part], list[Part]]:
    """Both texts in parts, word by word: the words that went are marked in the first, the new ones in the second."""
    before, after = (re.findall(r"\S+\s*|^\s+", text) for text in (old, new))
    was, now = ([word.strip() for word in side] for side in (before, after))
    left: list[Part] = []
    right: list[Part] = []
    for kind, i, j, k, m in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        marks = MARKS[kind]
        _add(left, marks[0], before[i:j])
        _add(right, marks[-1], after[k:m])
    return left, right


def _add(parts: list[Part], kind: str, words: list[str]) -> None:
    if words:
        parts.append(Part(kind, "".join(words)))
