"""The forms for commenting on a text and for answering."""

from typing import Any
from uuid import uuid4

from django import forms

from agreements.commitments.models import Commitment
from agreements.parties.models import Party
from agreements.process.models import Comment, speaker
from agreements.web.fields import answer_of
from agreements.web.forms import LongTextField, PortalForm, Radios

ANSWERS = {
    "taken_up": "U past de tekst van de afspraak aan, of dat is al gebeurd.",
    "declined": "De tekst blijft zoals hij is. Schrijf hieronder waarom.",
}


class CommentForm(PortalForm):
    """What is said, and on whose behalf. `version` is the version of the text that the person read."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    voice = forms.ChoiceField(label="Namens wie?", widget=forms.RadioSelect)
    text = LongTextField(
        label="Uw opmerking",
        help_text="Iedereen kan dit lezen. Noem geen namen van bewoners.",
        rows=5,
        max_length=2000,
    )

    def __init__(
        self, *args: Any, commitment: Commitment, voices: list[tuple[Party, Comment.Voice]], **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.voices = {f"{party.key}-{voice}": (party, voice) for party, voice in voices}
        voice = self.fields["voice"]
        assert isinstance(voice, forms.ChoiceField)
        voice.choices = [(key, speaker(*one)) for key, one in self.voices.items()]
        first = next(iter(self.voices))
        self.initial = {"key": uuid4(), "version": commitment.version, "voice": first, **self.initial}

    def comment(self) -> dict[str, Any]:
        """The arguments of `operations.add_comment`."""
        party, voice = self.voices[self.cleaned_data["voice"]]
        return {**self.cleaned_data, "party": party, "voice": voice}


class CommentAnswerForm(PortalForm):
    """Taken up or not."""

    outcome = forms.ChoiceField(
        label="Wat doet u met deze opmerking?",
        choices=[choice for choice in Comment.State.choices if choice[0] in ANSWERS],
        widget=Radios(ANSWERS),
    )
    reason = LongTextField(
        label="Wat is uw antwoord?",
        help_text="Verplicht als u de opmerking niet overneemt.",
        max_length=1000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Who does not take it up says why."""
        given = super().clean() or self.cleaned_data
        if given.get("outcome") == Comment.State.DECLINED and not given.get("reason"):
            self.add_error("reason", "Schrijf op waarom u de opmerking niet overneemt.")
        return given

    def answers(self) -> list[tuple[str, str]]:
        """(question, answer) of what was filled in, to show when somebody else was first."""
        return [(str(bound.label), answer_of(bound)) for bound in self.visible_fields()]
