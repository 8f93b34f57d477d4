"""One row of the sheet: the questions about one commitment, with what they were filled from."""

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from agreements.commitments.models import Status
from agreements.progress.forms.claim import ClaimForm
from agreements.progress.forms.figure import FIGURES, how_to_count
from agreements.progress.models import FINAL, Claim, Draft, Measurement, ProgressUpdate
from agreements.progress.operations import Answer
from agreements.progress.queries import Asked
from agreements.progress.schedule import in_words

# Asked in the form of the commitment itself; a row keeps what was typed there.
ELSEWHERE = ("as_of", "links", "visibility")


@dataclass(frozen=True)
class Base:
    """What a row was filled from: the newest update, the concept, and a digest of what stood in the row.

    By the digest a row knows that nobody touched it, also when a colleague changed the concept meanwhile.
    """

    key: UUID
    seen: int
    version: int
    digest: str

    def __str__(self) -> str:
        return f"{self.key}.{self.seen}.{self.version}.{self.digest}"

    @classmethod
    def read(cls, text: str) -> "Base | None":
        """The base that was sent along; None when it was not ours."""
        parts = text.split(".")
        if len(parts) != 4 or not all(p.isascii() and p.isdigit() and len(p) < 9 for p in parts[1:3]):
            return None
        try:
            return cls(UUID(parts[0]), int(parts[1]), int(parts[2]), parts[3][:16])
        except ValueError:
            return None


class RowForm(ClaimForm):
    """The questions about one commitment, short; their names begin with its code."""

    base = forms.CharField(widget=forms.HiddenInput)
    unchanged = forms.BooleanField(label="Ongewijzigd", required=False)

    def __init__(self, asked: Asked, typed: Any = None, **kwargs: Any):
        prefix = asked.commitment.code
        self.was_shown = typed is not None and f"{prefix}-base" in typed
        super().__init__(self._whole(typed, asked, prefix), prefix=prefix, asked=asked, **kwargs)
        self._make_compact()
        self.base_now = self._base()
        if self.is_unchanged:
            for name in (*FIGURES, "certainty", "status", "explanation", "as_of"):
                if name in self.fields:
                    self.fields[name].required = False

    def _whole(self, typed: Any, asked: Asked, prefix: str) -> dict[str, str] | None:
        """What was typed in the row, with the answers that are asked elsewhere; None when the row was not shown."""
        if typed is None or not self.was_shown:
            return None
        whole = {name: text for name, text in typed.items() if name.startswith(f"{prefix}-")}
        kept = asked.draft.answers if asked.draft else {}
        usual = {"as_of": f"{asked.as_of:%d-%m-%Y}", "visibility": "public", "links": ""}
        return {**{f"{prefix}-{name}": kept.get(name) or usual[name] for name in ELSEWHERE}, **whole}

    def _base(self) -> Base:
        """What this showing is filled from; of a row that came back, what it was filled from first."""
        sent = Base.read(self.data.get(f"{self.prefix}-base", "")) if self.is_bound else None
        return sent or Base(uuid4(), self.asked.newest, self.asked.version, _digest(self._prefilled()))

    def _make_compact(self) -> None:
        choices = [("", "Kies"), *self.fields["status"].choices]  # type: ignore[attr-defined]
        self.fields["status"] = forms.ChoiceField(label="Status", choices=choices)
        self.fields["explanation"].widget.attrs["rows"] = 3
        self.fields["explanation"].help_text = ""
        self.fields["measure"].widget.attrs["rows"] = 2
        self.fields["measure"].help_text = self.fields["expected_on"].help_text = ""
        if "certainty" in self.fields:
            self.fields["certainty"] = forms.ChoiceField(label="Zekerheid", choices=Measurement.Certainty)
        if "reason" in self.fields:
            self.fields["reason"].help_text = ""
        figure = next((name for name in FIGURES if name in self.fields), None)
        if figure and self.commitment.measure:
            self.fields[figure].help_text = how_to_count(self.asked, self.commitment.measure.indicator)

    @property
    def sent_key(self) -> str:
        """The key in the base that came along."""
        return self.data.get(f"{self.prefix}-base", "").split(".")[0]

    @property
    def sent_seen(self) -> int:
        """What the row was filled from."""
        return self.base_now.seen

    # -- which rows take part

    @property
    def code(self) -> str:
        """The number of the commitment."""
        return self.commitment.code

    @property
    def draft(self) -> Draft | None:
        """What is kept or waits, when there is anything in it."""
        return self.asked.draft if self.asked.draft and not self.asked.draft.is_empty else None

    @property
    def is_touched(self) -> bool:
        """Whether somebody changed anything in this row since it was shown."""
        return self.is_bound and _digest(self._typed()) != self.base_now.digest

    @property
    def is_unchanged(self) -> bool:
        """Whether "ongewijzigd" is ticked."""
        return bool(self.data.get(f"{self.prefix}-unchanged"))

    @property
    def takes_part(self) -> bool:
        """Whether the row is sent along: it was filled in now, or is the concept that was shown."""
        if self.is_touched:
            return not self._is_blank
        return self.is_bound and self.draft is not None and self.base_now.version == self.asked.version

    @property
    def _is_blank(self) -> bool:
        """Whether the row says nothing more than what the page filled in by itself."""
        usual = {
            name: self.fields[name].prepare_value(value)
            for name, value in self.start().items()
            if name in self.fields
        }
        return all(text == str(usual.get(name, "")) for name, text in self._typed().items())

    @property
    def is_open(self) -> bool:
        """Whether the page shows questions here: nothing was sent yet, or what was typed must not be lost."""
        is_done = self.asked.given is not None or (self.draft is not None and self.draft.is_waiting)
        return self.is_touched or not is_done

    @cached_property
    def is_filled(self) -> bool:
        """Whether this commitment is done or ready: sent, waiting, or a row in which every answer is right."""
        if self.asked.given is not None or (self.draft is not None and self.draft.is_waiting):
            return True
        if self.is_bound and not self.is_concept:
            return self.takes_part and self.is_valid()
        return self.draft is not None and self.as_kept().is_valid()

    def as_kept(self) -> "RowForm":
        """The row as if the concept was sent."""
        shown = {f"{self.prefix}-{name}": text for name, text in self._prefilled().items()}
        return RowForm(self.asked, {**shown, f"{self.prefix}-base": str(self.base_now)})

    @property
    def can_be_unchanged(self) -> bool:
        """Whether there is an answer of an earlier round to take over."""
        return self.asked.given is None and self.last is not None and self.last.status not in FINAL

    @property
    def last(self) -> ProgressUpdate | None:
        """What was given in the round before."""
        return self.asked.last

    @property
    def last_in_words(self) -> str:
        """36 woningen, op koers."""
        if self.last is None:
            return ""
        status = Status(self.last.status).label.lower()
        figure = self.last.figure
        return f"{in_words(figure.value, figure.indicator)}, {status}" if figure else status

    # -- reading

    def clean_base(self) -> Base:
        """The base, or a sentence for whoever made it up."""
        found = Base.read(self.cleaned_data["base"])
        if found is None:
            raise ValidationError("Dit formulier is niet meer goed. Laad de pagina opnieuw.")
        return found

    def clean(self) -> dict[str, Any]:
        """ "Ongewijzigd" takes over what was said last; then the same rules hold."""
        if self.is_unchanged:
            self._take_over()
        return super().clean()

    def _take_over(self) -> None:
        given, last = self.cleaned_data, self.last
        if last is None or not self.can_be_unchanged:
            self.add_error("unchanged", "Er is geen eerder antwoord om over te nemen.")
            return
        before = _said_in(last)
        if any(given.get(name) not in (None, "", was) for name, was in before.items()):
            self.add_error(
                "unchanged",
                "U vinkte ‘ongewijzigd’ aan, maar gaf ook een ander antwoord. Kies één van de twee.",
            )
            return
        before["certainty"] = last.figure.certainty if last.figure else given.get("certainty")
        given |= {name: was for name, was in before.items() if name in self.fields or name == "value"}
        for name in ("explanation", "measure", "expected_on"):
            given[name] = given.get(name) or getattr(last, name)
        if given.get("as_is") and not self.data.get(f"{self.prefix}-explanation", "").strip():
            self.add_error("explanation", "Leg uit waarom u deze status houdt.")

    def claim(self) -> Claim:
        """What was answered; "ongewijzigd" is remembered."""
        found = replace(super().claim(), is_unchanged=self.is_unchanged)
        return found if found.as_of else replace(found, as_of=self.asked.as_of)

    def answer(self, *, is_for_sending: bool) -> Answer:
        """The row for `operations.submit_sheet` or `save_sheet`."""
        return Answer(
            commitment=self.commitment,
            key=self.base_now.key,
            seen=self.base_now.seen,
            version=self.base_now.version,
            answers=self.answers(),
            claim=self.claim() if is_for_sending else None,
        )

    def catch_up(self) -> None:
        """After a colleague was first: what is sent next time is filled from what stands there now."""
        self.base_now = replace(self.base_now, seen=self.asked.newest, version=self.asked.version)

    def theirs(self) -> list[tuple[str, str]]:
        """What a colleague kept and is not what stands in this row: [(question, answer)]."""
        kept = self.asked.draft.answers if self.asked.draft else {}
        mine = self.answers()
        names = [n for n in self.fields if n not in ELSEWHERE and kept.get(n, "") != mine.get(n, "")]
        return [(str(self[n].label), kept.get(n) or "(leeg)") for n in names if n != "base"]

    def _typed(self) -> dict[str, str]:
        return {n: t for n, t in self.answers().items() if n not in ELSEWHERE and t.strip()}

    def _prefilled(self) -> dict[str, str]:
        """What a browser would send of this row when nobody touched it."""
        shown = {}
        for name in self.fields:
            value = self[name].value() if name not in (*ELSEWHERE, "base") else None
            if value not in (None, "", False):
                shown[name] = "on" if value is True else str(value).replace("\r\n", "\n")
        return {name: text for name, text in shown.items() if text.strip()}


def _said_in(update: ProgressUpdate) -> dict[str, Any]:
    figure = update.figure
    numbers = {name: getattr(figure, name) for name in FIGURES} if figure else {}
    return {"status": update.status, **numbers}


def _digest(answers: dict[str, str]) -> str:
    stripped = {name: text.strip() for name, text in answers.items()}
    return hashlib.sha256(json.dumps(stripped, sort_keys=True).encode()).hexdigest()[:16]
