"""The forms around a second pair of eyes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from agreements.progress.models import Claim, Draft
from agreements.progress.schedule import Judgement, Schedule, contradiction, in_words, judge
from agreements.web.forms import LongTextField, PortalForm, Radios

MEANINGS = {
    "yes": "Wat een invuller verstuurt, wacht op akkoord van een bestuurder (ondertekenaar). Pas daarna telt het.",
    "no": "Wat een invuller verstuurt, telt meteen.",
}


class ApprovalForm(PortalForm):
    """Whether the party wants a second pair of eyes."""

    needed = forms.ChoiceField(
        label="Geeft een bestuurder eerst akkoord?",
        choices=[("yes", "Ja"), ("no", "Nee")],
        widget=Radios(MEANINGS),
    )


class SendBackForm(PortalForm):
    """What has to be different. `version` is the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    remark = LongTextField(
        label="Wat moet er anders?",
        help_text="Alleen uw eigen organisatie leest dit.",
        max_length=1000,
    )


class Offer:
    """What waits for approval, as the signatory reads it."""

    def __init__(self, draft: Draft):
        self.draft, self.commitment = draft, draft.commitment
        self.claim = Claim.from_data(draft.claim or {})
        self.base = f"{draft.pk}:{draft.version}"

    @property
    def figure(self) -> str:
        """52 woningen; "" without a figure."""
        target = self.commitment.measure
        return in_words(self.claim.value, target.indicator) if target and self.claim.value is not None else ""

    @property
    def judgement(self) -> Judgement | None:
        """Schedule of the figure; None when there is none."""
        found = judge(
            self.commitment.measure, self.claim.value, on=self._day, deadline=self.commitment.deadline
        )
        return None if found.schedule == Schedule.NONE else found

    @property
    def doubt(self) -> str:
        """Why the figures do not support the claim; "" when they do."""
        target, deadline = self.commitment.measure, self.commitment.deadline
        return contradiction(self.claim.status, target, self.claim.value, on=self._day, deadline=deadline)

    @property
    def _day(self) -> Any:
        return self.claim.as_of or self.draft.round.as_of


class ApproveForm(PortalForm):
    """One answer ("only") or all that were shown: each as "<draft>:<version that was read>"."""

    def __init__(self, *args: Any, waiting: Sequence[Draft], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.waiting = waiting

    def clean(self) -> dict[str, Any]:
        """What was read must still wait."""
        given = super().clean() or self.cleaned_data
        pressed = self.data.getlist("only") or self.data.getlist("shown")  # type: ignore[attr-defined]
        self.versions = dict(found for text in pressed if (found := _read(text)))
        if not self.versions:
            raise ValidationError("Er was niets om akkoord op te geven.")
        if set(self.versions) - {draft.pk for draft in self.waiting}:
            raise ValidationError(
                "Een van de antwoorden is intussen veranderd of al verstuurd. Er is nu niets verstuurd. "
                "Hieronder staat wat nu op u wacht.",
                code="conflict",
            )
        return given

    def chosen(self) -> list[Draft]:
        """The drafts that were approved."""
        return [draft for draft in self.waiting if draft.pk in self.versions]

    def offers(self) -> list[Offer]:
        """What waits, for the page."""
        return [Offer(draft) for draft in self.waiting]


def _read(text: str) -> tuple[int, int] | None:
    """The draft and the version in "12:3"; None for anything else."""
    parts = text.split(":")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() and len(part) < 16 for part in parts):
        return None
    return int(parts[0]), int(parts[1])
