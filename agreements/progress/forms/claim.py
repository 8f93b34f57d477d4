"""The questions about one commitment in one round; the sheet and the form of one commitment both ask them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict

from agreements.commitments.models import MEANINGS, Indicator, Status, Target
from agreements.documents.models import Visibility
from agreements.progress.forms.figure import FIGURES, figure_fields, pattern_of
from agreements.progress.forms.links import links_in
from agreements.progress.models import CLAIMS, NEEDS_MEASURE, Claim, Measurement
from agreements.progress.operations import overtaken
from agreements.progress.queries import Asked
from agreements.progress.schedule import Judgement, Schedule, contradiction
from agreements.web.dates import today
from agreements.web.formats import dutch_date, dutch_number
from agreements.web.forms import DutchDateField, LongTextField, PortalForm, Radios

LOWER = "Het cijfer is lager dan vorige keer ({last}). Klopt dat? Zet dan hieronder een vinkje en leg het uit bij Toelichting."
ANYWAY = " Kies een andere status. Of zet hieronder een vinkje en leg het uit bij Toelichting."


class ClaimForm(PortalForm):
    """Value, status and explanation of one commitment in one round. A concept may hold anything: it is not checked."""

    as_of = DutchDateField(label="Op welke dag gold dit cijfer?")
    certainty = forms.ChoiceField(
        label="Hoe zeker is dit cijfer?", choices=Measurement.Certainty, widget=forms.RadioSelect
    )
    status = forms.ChoiceField(
        label="Hoe staat de afspraak ervoor?", widget=Radios(MEANINGS, has_status_icons=True)
    )
    as_is = forms.BooleanField(label="Ja, toch met deze status versturen", required=False)
    explanation = LongTextField(
        label="Toelichting",
        help_text="Wat is er deze periode gebeurd? Schrijf kort en duidelijk.",
        rows=5,
        min_length=20,
        max_length=2000,
    )
    measure = forms.CharField(
        label="Wat gaat u doen om het doel te halen?",
        help_text="Alleen nodig bij ‘Aandacht nodig’ en ‘Loopt achter’.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )
    expected_on = DutchDateField(
        label="Wanneer is het dan klaar?",
        help_text="Alleen nodig als de einddatum niet wordt gehaald. Bijvoorbeeld 31-03-2018.",
        required=False,
    )
    reason = forms.CharField(
        label="Waarom verbetert u uw eerdere antwoord?",
        help_text="U gaf voor deze ronde al iets door. Iedereen leest deze reden bij het oude antwoord.",
        max_length=500,
    )
    links = forms.CharField(
        label="Links naar bewijs op een andere website",
        help_text="Zet elk adres op een eigen regel. Het begint met https://.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2600,
        required=False,
    )
    visibility = forms.ChoiceField(
        label="Wie mag het bewijs zien?", choices=Visibility, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, asked: Asked, is_concept: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.asked, self.commitment, self.round = asked, asked.commitment, asked.round
        self.is_concept = is_concept
        claims = [claim for claim in CLAIMS if claim != Status.MISSED or self._deadline_passed()]
        status = self.fields["status"]
        assert isinstance(status, forms.ChoiceField)
        status.choices = [(claim.value, claim.label) for claim in claims]
        self.fields["as_of"].help_text = f"De peildatum van deze ronde is {dutch_date(self.round.as_of)}."
        if asked.given is None or self.is_repeat:
            del self.fields["reason"]
        self._add_figure(self.commitment.measure)
        self.initial = {**self.start(), **self.kept(), **self.initial}

    @property
    def sent_key(self) -> str:
        """The key that came along with what was typed; "" before anything was sent."""
        raise NotImplementedError

    @property
    def is_repeat(self) -> bool:
        """Whether exactly this form was sent before: a double click is no correction."""
        return self.asked.given is not None and self.sent_key == str(self.asked.given.key)

    @property
    def is_overtaken(self) -> bool:
        """Whether a colleague gave an answer in this round after the form was shown."""
        return self.asked.given is not None and self.sent_seen < self.asked.newest and not self.is_repeat

    @property
    def sent_seen(self) -> int:
        """The number of the newest update when the form was shown."""
        raise NotImplementedError

    def full_clean(self) -> None:
        """A concept is kept as it was typed."""
        if self.is_concept:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def start(self) -> dict[str, Any]:
        """What the form shows at first: the last figure and the peildatum."""
        last = self.asked.last_figure
        value: Decimal | str | None = last.value if last else None
        if last and last.indicator.is_yes_no:
            value = "1" if last.value else "0"
        return {
            "value": value,
            "numerator": last.numerator if last else None,
            "denominator": last.denominator if last else None,
            "as_of": self.asked.as_of,
            "certainty": Measurement.Certainty.PROVISIONAL,
            "visibility": Visibility.PUBLIC,
        }

    def kept(self) -> dict[str, Any]:
        """What somebody of the party typed before and kept."""
        draft = self.asked.draft
        return {} if draft is None or draft.is_empty else draft.answers

    def _add_figure(self, target: Target | None) -> None:
        """First in the form; without a target there is nothing to count."""
        if target is None:
            del self.fields["as_of"], self.fields["certainty"]
            return
        self.fields = {**figure_fields(self.asked, target), **self.fields}
        if target.indicator.counting == Indicator.Counting.CUMULATIVE and not target.indicator.is_yes_no:
            self.fields["is_lower"] = forms.BooleanField(
                label="Ja, het cijfer is lager dan vorige keer", required=False
            )

    def _deadline_passed(self) -> bool:
        deadline = self.commitment.deadline
        return deadline is not None and deadline < today()

    # -- reading the answers

    def clean_as_of(self) -> date:
        """The peildatum lies in the year of the jaarschijf and not in the future."""
        day, year = self.cleaned_data["as_of"], self.round.year_slice.year
        if day.year != year:
            raise ValidationError(f"Vul een dag in {year} in. U vulde {dutch_date(day)} in.")
        if day > today():
            raise ValidationError(
                f"Deze dag is nog niet geweest. Vul een dag tot en met {dutch_date(today())} in."
            )
        return day

    def clean_links(self) -> tuple[str, ...]:
        """Addresses of pages, one a line."""
        return links_in(self.cleaned_data["links"])

    def clean(self) -> dict[str, Any]:
        """Rules over more than one answer."""
        given = super().clean() or self.cleaned_data
        if self.is_overtaken and self.asked.given:
            self.add_error(None, ValidationError(overtaken(self.asked.given), code="overtaken"))
        self._divide(given)
        if given.get("status") in NEEDS_MEASURE and not given.get("measure") and "measure" not in self.errors:
            self.add_error(
                "measure", "Schrijf op wat u gaat doen. Dit is nodig bij ‘Aandacht nodig’ en ‘Loopt achter’."
            )
        self._compare_with_last(given)
        self._compare_with_target(given)
        return given

    def _divide(self, given: dict[str, Any]) -> None:
        """The value of a ratio follows from its two figures."""
        target, above, below = self.commitment.measure, given.get("numerator"), given.get("denominator")
        if target is None or above is None or below is None:
            return
        if below == 0:
            self.add_error("denominator", "Delen door 0 kan niet. Vul een hoger getal in.")
            return
        value = (above / below).quantize(Decimal(1).scaleb(-target.indicator.decimals))
        last = self.asked.last_figure
        most = target.most_plausible(last.value if last else None)
        if value > most:
            sentence = f"De uitkomst is {dutch_number(value)}. Hoger dan {dutch_number(most)} kan bijna niet. Kijk de twee getallen na."
            self.add_error("numerator", sentence)
            return
        given["value"] = value

    def _compare_with_last(self, given: dict[str, Any]) -> None:
        last, value = self.asked.last_figure, given.get("value")
        if "is_lower" not in self.fields or last is None or value is None:
            return
        if value < last.value and not given["is_lower"]:
            field = "value" if "value" in self.fields else "numerator"
            self.add_error(field, ValidationError(LOWER.format(last=dutch_number(last.value)), code="lower"))

    def _compare_with_target(self, given: dict[str, Any]) -> None:
        """ "Gerealiseerd" must be so; what the figures do not support otherwise may be sent, knowingly."""
        target, value, status = self.commitment.measure, given.get("value"), given.get("status")
        if target is None or value is None or not status:
            return
        if status == Status.ACHIEVED:
            if not target.is_met_by(value):
                said = "nog niet gedaan" if target.indicator.is_yes_no else dutch_number(value)
                goal = (
                    f"{target.get_direction_display()} {dutch_number(target.value)} {target.indicator.unit}"
                )
                sentence = f"U kiest ‘Gerealiseerd’, maar het doel is {goal}. U vulde in: {said}."
                self.add_error("status", sentence)
            return
        day = given.get("as_of") or self.asked.as_of
        why = contradiction(status, target, value, on=day, deadline=self.commitment.deadline)
        if why and not given["as_is"]:
            self.add_error("status", ValidationError(why + ANYWAY, code="unsupported"))

    # -- what the page shows

    @property
    def asks_is_lower(self) -> bool:
        """Whether the box for a lower figure is shown: only once it matters."""
        return self._asks("is_lower", "lower", "value", "numerator")

    @property
    def asks_as_is(self) -> bool:
        """Whether the box for a claim that the figures do not support is shown: only once it matters."""
        return self._asks("as_is", "unsupported", "status")

    def _asks(self, box: str, code: str, *fields: str) -> bool:
        was_shown = self.add_prefix(box) in self.data or bool(self.kept().get(box))
        return was_shown or any(self.has_error(field, code) for field in fields if field in self.fields)

    @property
    def stand(self) -> str:
        """How the typed figure stands beside the target, in words: "52 van 84 woningen"; "" when there is none."""
        value = self.cleaned_data.get("value") if self.is_bound and self.is_valid_figure else None
        return self.pattern.format(dutch_number(value)) if value is not None and self.pattern else ""

    @property
    def is_valid_figure(self) -> bool:
        """Whether a figure could be read."""
        return not set(FIGURES) & set(self.errors)

    @property
    def pattern(self) -> str:
        """The same with {} for the figure, for the script; "" where there is no figure to compare."""
        target = self.commitment.measure
        return pattern_of(target) if target else ""

    @property
    def judgement(self) -> Judgement | None:
        """Schedule of the typed figure; None while there is none, or nothing to compare it with."""
        value = self.cleaned_data.get("value") if self.is_bound and self.is_valid_figure else None
        found = self.asked.judge(value, on=self.cleaned_data.get("as_of") if self.is_bound else None)
        return None if found.schedule == Schedule.NONE else found

    # -- what goes on

    def claim(self) -> Claim:
        """What was answered, for the operations."""
        given = {name: self.cleaned_data[name] for name in SAID if name in self.cleaned_data}
        return Claim(**given, links_for=self.cleaned_data["visibility"])

    def answers(self) -> dict[str, str]:
        """What was typed, right or not, for keeping."""
        typed = {name: self.data.get(self.add_prefix(name), "") for name in self.fields}
        return {
            name: text.replace("\r\n", "\n") for name, text in typed.items() if name not in NOT_KEPT and text
        }


SAID = (*FIGURES, "status", "explanation", "measure", "expected_on", "as_of", "certainty", "reason", "links")
# What belongs to one showing of the form, and not to what somebody says.
NOT_KEPT = ("key", "seen", "version", "round", "base", "uploads")
