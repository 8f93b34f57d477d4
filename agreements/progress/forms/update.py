"""The form in which a party reports progress on one commitment."""

from typing import Any
from uuid import uuid4

from django import forms

from agreements.progress.forms.claim import ClaimForm
from agreements.progress.models import Measurement, ProgressUpdate
from agreements.web.forms import FilesField


class ProgressForm(ClaimForm):
    """All questions, and evidence. `seen` and `version` say what it was filled from, `round` in which round."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    uploads = FilesField(
        label="Bewijs toevoegen",
        help_text=(
            "Bijvoorbeeld een foto of een opleverrapport. Pdf, jpg, png of csv, hoogstens 10 MB per bestand. "
            "Zet er geen namen of huisnummers van bewoners in."
        ),
        required=False,
    )

    def start(self) -> dict[str, Any]:
        """The same, with a fresh key."""
        fresh = {"key": uuid4(), "seen": self.asked.newest, "version": self.asked.version}
        return {**super().start(), **fresh}

    @property
    def sent_key(self) -> str:
        """The key in the form."""
        return self.data.get("key", "")

    @property
    def sent_seen(self) -> int:
        """What the form was filled from."""
        return self.cleaned_data.get("seen", self.asked.newest)

    @property
    def newest(self) -> ProgressUpdate | None:
        """What was given last."""
        return self.asked.before

    @property
    def last_figure(self) -> Measurement | None:
        """The figure that was given last."""
        return self.asked.last_figure

    @property
    def is_check(self) -> bool:
        """Whether somebody only wants to see how the figure stands."""
        return "check" in self.data

    def what_it_was_filled_from(self) -> dict[str, Any]:
        """For the operations: who was first is decided by these."""
        names = ("key", "seen", "version")
        return {name: self.cleaned_data[name] for name in names}

    def kept_version(self) -> int:
        """The version of the concept this form was filled from, also of a form that was not checked; 0 for none."""
        typed = self.data.get("version", "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
