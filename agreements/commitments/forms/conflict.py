"""Two people edited one draft: what each of them made of it, and the choice of the second."""

from typing import Any

from django.utils.datastructures import MultiValueDict

from agreements.commitments.forms.commitment import CommitmentForm, label_of
from agreements.commitments.forms.rows import ROWS
from agreements.commitments.models import Commitment
from agreements.commitments.operations import LABELS, as_data
from agreements.commitments.queries import values_of_version
from agreements.history.queries import timeline
from agreements.web.fields import EMPTY, answer_of


class Disagreements:
    """For each field that both changed, what stands there now and what was typed.

    The second person chooses per field (choice_<field> = "theirs" or "mine"). Fields that this person did not
    touch keep what the other made of them: `untouched`.
    """

    def __init__(self, current: Commitment, form: CommitmentForm):
        blank = CommitmentForm(commitment=current)
        given = {name: form.cleaned_data[name] for name in LABELS if name in form.cleaned_data}
        mine, theirs = as_data(given), as_data(current.editable_values())
        before = values_of_version(current, form.cleaned_data.get("version", 0))
        differing = [name for name in mine if mine[name] != theirs[name]]
        disputed = form.data.getlist("disputed") if hasattr(form.data, "getlist") else []
        both = [n for n in differing if n in disputed or mine[n] != before.get(n) != theirs[n]]
        self.untouched = [n for n in differing if n not in both and mine[n] == before.get(n, "unknown")]
        self.current = current
        self.last = timeline(current).first()
        self.rows = [
            {
                "name": name,
                "label": label_of(form, name),
                "theirs": shown(blank, name),
                "mine": shown(form, name),
                "choice": form.data.get(f"choice_{name}"),
            }
            for name in both
        ]


def resolve(typed: MultiValueDict[str, str], commitment: Commitment) -> MultiValueDict[str, str]:
    """Put what stands there now in each field for which somebody chose "theirs"."""
    chosen = typed.copy()
    theirs = [name for name in LABELS if typed.get(f"choice_{name}") == "theirs"]
    blank = CommitmentForm(commitment=commitment) if theirs else None
    for name in theirs:
        assert blank is not None
        if name in ROWS:
            for typed_name in [key for key in chosen if ROWS[name].has(key)]:
                del chosen[typed_name]
        for control in _controls_of(blank, name):
            value = control.value()
            chosen[control.name] = "" if value is None else str(getattr(value, "pk", value))
    return chosen


def shown(form: CommitmentForm, name: str) -> str:
    """The answer to a question as a person reads it: the name of a choice, the number as typed."""
    if name in ROWS:
        rows = [(answer_of(party), answer_of(what)) for party, what in ROWS[name].of(form)]
        return "\n".join(f"{party}: {what}" for party, what in rows if what != EMPTY) or EMPTY
    return answer_of(form[name])


def _controls_of(form: CommitmentForm, name: str) -> list[Any]:
    if name in ROWS:
        return [control for row in ROWS[name].of(form) for control in row]
    return [form[name]]
