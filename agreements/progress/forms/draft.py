"""Two colleagues kept another concept: what each of them typed."""

from dataclasses import dataclass

from agreements.progress.forms.claim import NOT_KEPT, ClaimForm
from agreements.progress.models import Draft

EMPTY = "(leeg)"


@dataclass(frozen=True)
class Difference:
    """One question on which two concepts differ."""

    label: str
    theirs: str
    mine: str


def differences(form: ClaimForm, draft: Draft) -> list[Difference]:
    """What the colleague kept beside what stands in the form, for each question where they differ."""
    mine = form.answers()
    names = [n for n in form.fields if n not in NOT_KEPT and mine.get(n, "") != draft.answers.get(n, "")]
    return [
        Difference(
            str(form[n].label), shown(form, n, draft.answers.get(n, "")), shown(form, n, mine.get(n, ""))
        )
        for n in names
    ]


def shown(form: ClaimForm, name: str, text: str) -> str:
    """An answer as a person reads it: the name of a choice, else what was typed."""
    choices = {str(key): str(label) for key, label in getattr(form.fields[name], "choices", [])}
    return choices.get(text, text) or EMPTY
