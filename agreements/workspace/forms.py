"""The forms of the desk of a tenant organisation."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from agreements.web.dates import today
from agreements.web.formats import dutch_date
from agreements.web.forms import DutchDateField, LongTextField, PortalForm
from agreements.workspace.models import ShareLink

USUAL_DAYS = 14


class NoteForm(PortalForm):
    """A note for one's own organisation."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = LongTextField(
        label="Nieuwe notitie",
        help_text="Alleen mensen van uw organisatie lezen dit. Schrijf geen namen van bewoners op.",
        max_length=2000,
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial = {"key": uuid4(), **self.initial}


class ShareForm(PortalForm):
    """A link for members: what it is for and how long it works."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    purpose = forms.CharField(
        label="Waarvoor is de link?", help_text="Bijvoorbeeld: ledenvergadering november.", max_length=80
    )
    expires_on = DutchDateField(label="Tot en met welke dag werkt de link?")
    has_notes = forms.BooleanField(label="Laat ook onze notities zien", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.last_day = today() + timedelta(days=ShareLink.LONGEST_DAYS)
        self.fields["expires_on"].help_text = f"Uiterlijk {dutch_date(self.last_day)}."
        usual = {"key": uuid4(), "expires_on": today() + timedelta(days=USUAL_DAYS)}
        self.initial = {**usual, **self.initial}

    def clean_expires_on(self) -> date:
        """Not in the past, and not for longer than a link lasts."""
        day = self.cleaned_data["expires_on"]
        if not today() <= day <= self.last_day:
            raise ValidationError(
                f"Vul een dag van {dutch_date(today())} tot en met {dutch_date(self.last_day)} in."
            )
        return day
