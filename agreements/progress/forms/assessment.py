"""The forms in which a party judges figures of others, one or a whole round, and in which a dissent is answered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from agreements.progress.models import Assessment, Judgement, ProgressUpdate
from agreements.progress.queries import Figure
from agreements.web.dates import today
from agreements.web.formats import dutch_date
from agreements.web.forms import DutchDateField, LongTextField, PortalForm, Radios

Verdict = Assessment.Verdict
VERDICTS = {
    "agreed": "Volgens ons kloppen het cijfer en de status.",
    "remark": "Wij zijn het ermee eens, maar zeggen er iets bij.",
    "disagreed": "Volgens ons klopt het cijfer of de status niet.",
}
SEEN = re.compile(r"[0-9]{1,6}\.[0-9]{1,6}", re.ASCII)


@dataclass(frozen=True)
class Row:
    """A figure with its questions. `judged` is the version that the form was filled from, when it is another by now."""

    figure: Figure
    verdict: BoundField
    text: BoundField
    seen: str
    judged: ProgressUpdate | None
    has_colleague: bool

    @property
    def is_asked(self) -> bool:
        """Whether the questions are shown; after the window only when something was typed that is not kept."""
        return self.figure.is_open or bool(self.verdict.errors or self.text.errors)


class AssessmentForm(PortalForm):
    """A verdict and a text for each figure, and when the board decided so.

    The fields are `verdict_<pk>` and `text_<pk>` with the primary key of the commitment; `seen_<pk>` is what the
    form was filled from. What was not judged stays open: nobody is forced to answer.
    """

    decided_on = DutchDateField(
        label="Op welke dag heeft uw bestuur dit vastgesteld?",
        help_text="Bijvoorbeeld 13-11-2017. Laat dit leeg als het bestuur er nog niet over vergaderde.",
        required=False,
    )
    body = forms.CharField(
        label="Wie heeft het vastgesteld?",
        help_text="Alleen als dat niet het bestuur was. Bijvoorbeeld: de ledenvergadering.",
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, figures: list[Figure], is_single: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.figures = figures
        for figure in figures:
            self._ask_about(figure)
        if is_single:
            self._ask_one(figures[0].commitment.pk)

    def _ask_about(self, figure: Figure) -> None:
        pk, code, own = figure.commitment.pk, figure.commitment.code, figure.own
        self.fields[f"verdict_{pk}"] = forms.ChoiceField(
            label=f"Oordeel over {code}", choices=Verdict.choices, widget=Radios(VERDICTS), required=False
        )
        self.fields[f"text_{pk}"] = forms.CharField(
            label=f"Toelichting bij {code}",
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
            required=False,
        )
        if own:
            self.initial = {f"verdict_{pk}": own.verdict, f"text_{pk}": own.text, **self.initial}

    def _ask_one(self, pk: int) -> None:
        """On a page of its own a question is a question."""
        verdict, text = self.fields[f"verdict_{pk}"], self.fields[f"text_{pk}"]
        verdict.label, verdict.required = "Wat vindt uw organisatie van dit cijfer?", True
        text.label = "Waarom?"
        text.help_text = "Nodig bij ‘Met kanttekening’ en ‘Niet akkoord’. Hoogstens 2.000 tekens."

    @property
    def rows(self) -> list[Row]:
        """What the page shows, each figure with its fields."""
        return [self._row(figure) for figure in self.figures]

    def _row(self, figure: Figure) -> Row:
        pk, seen, own = figure.commitment.pk, self._seen(figure), figure.own
        verdict, text = self[f"verdict_{pk}"], self[f"text_{pk}"]
        is_corrected = seen is not None and seen[0] != figure.update.number
        judged = figure.versions.get(seen[0]) if seen and is_corrected else None
        is_behind = seen is not None and not is_corrected and seen[1] != figure.seen[1]
        differs = own is not None and (own.verdict, own.text) != (verdict.value(), text.value())
        return Row(figure, verdict, text, "{}.{}".format(*figure.seen), judged, is_behind and differs)

    def _seen(self, figure: Figure) -> tuple[int, int] | None:
        """What the form had seen that was sent or parked; None for a fresh one, and (0, 0) for nonsense."""
        typed: Mapping[str, Any] = self.data if self.is_bound else self.initial
        text = str(typed.get(f"seen_{figure.commitment.pk}", ""))
        if not text and not self.is_bound:
            return None
        number, own = text.split(".") if SEEN.fullmatch(text) else ("0", "0")
        return int(number), int(own)

    def clean_decided_on(self) -> date | None:
        """A decision was taken, so not in the future; and not before there was a figure."""
        day = self.cleaned_data["decided_on"]
        if day and day > today():
            raise ValidationError(
                f"Deze dag is nog niet geweest. Vul een dag tot en met {dutch_date(today())} in."
            )
        opened = min((figure.update.round.opened_on for figure in self.figures), default=None)
        if day and opened and day < opened:
            raise ValidationError(f"De ronde begon op {dutch_date(opened)}. Vul die dag in, of een latere.")
        return day

    def clean(self) -> dict[str, Any]:
        """Rules over more than one answer: a dissent has a text, and nothing changed since the page was opened."""
        given = super().clean() or self.cleaned_data
        if given.get("body") and not given.get("decided_on") and "decided_on" not in self.errors:
            self.add_error("decided_on", "Vul ook in op welke dag dit is vastgesteld.")
        for figure in self.figures:
            self._check(figure, given)
        if not self.errors and not any(given[f"verdict_{figure.commitment.pk}"] for figure in self.figures):
            raise ValidationError("Kies bij minstens één cijfer een oordeel.")
        return given

    def _check(self, figure: Figure, given: dict[str, Any]) -> None:
        pk, code = figure.commitment.pk, figure.commitment.code
        verdict, text = given.get(f"verdict_{pk}"), given.get(f"text_{pk}")
        if verdict in Assessment.DISSENT and text == "":
            self.add_error(f"text_{pk}", f"Schrijf op waarom u bij {code} ‘{Verdict(verdict).label}’ kiest.")
        if verdict == Verdict.AGREED and text:
            self.add_error(
                f"verdict_{pk}",
                f"U kiest bij {code} ‘Akkoord’, maar u schreef er iets bij. Kies ‘Met kanttekening’ of maak de tekst leeg.",
            )
        if verdict == "" and text:
            self.add_error(f"verdict_{pk}", f"Kies ook een oordeel over {code}, of maak de tekst leeg.")
        if self._is_new(figure, given):
            self._check_moment(figure)

    def _check_moment(self, figure: Figure) -> None:
        pk, code, seen = figure.commitment.pk, figure.commitment.code, self._seen(figure)
        if not figure.is_open:
            last_day = dutch_date(figure.last_day)
            self.add_error(
                f"verdict_{pk}",
                f"Oordelen over {code} kon tot en met {last_day}. Uw oordeel is niet bewaard.",
            )
        elif seen and seen[0] != figure.update.number:
            source = figure.update.party.name
            sentence = (
                f"{source} heeft het cijfer van {code} intussen verbeterd. Kijk of uw oordeel nog klopt."
            )
            self.add_error(f"verdict_{pk}", ValidationError(sentence, code="conflict"))
        elif seen and seen[1] != figure.seen[1]:
            sentence = f"Iemand van uw organisatie gaf intussen een oordeel over {code}. Kies welk oordeel blijft staan."
            self.add_error(f"verdict_{pk}", ValidationError(sentence, code="conflict"))

    def _is_new(self, figure: Figure, given: dict[str, Any]) -> bool:
        """Whether this says something that the party did not say of this figure before."""
        pk, own = figure.commitment.pk, figure.own
        said = (given.get(f"verdict_{pk}"), given.get(f"text_{pk}"))
        if not said[0]:
            return False
        if own is None or (own.verdict, own.text) != said:
            return True
        return bool(given.get("decided_on")) and given.get("decided_on") != own.decided_on

    def judgements(self) -> dict[int, Judgement]:
        """{primary key of the commitment: judgement} of what is new, for `operations.assess_round`."""
        return {
            figure.commitment.pk: Judgement(
                self.cleaned_data[f"verdict_{figure.commitment.pk}"],
                self.cleaned_data[f"text_{figure.commitment.pk}"],
                self.cleaned_data["decided_on"],
                self.cleaned_data["body"],
                self._seen(figure),
            )
            for figure in self.figures
            if self._is_new(figure, self.cleaned_data)
        }


class DissentAnswerForm(PortalForm):
    """What the executing party says to one dissent."""

    text = LongTextField(
        label="Wat is uw antwoord?",
        help_text="Iedereen kan dit straks naast het oordeel lezen.",
        rows=5,
        min_length=20,
        max_length=2000,
    )
