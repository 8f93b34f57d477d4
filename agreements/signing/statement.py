"""The statement of a party that declines: a PDF, kept at once, seen by its own people until the round is over."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from agreements.accounts.models import User
from agreements.documents.checks import read_upload
from agreements.documents.models import Evidence, Visibility
from agreements.documents.operations import keep_evidence
from agreements.documents.queries import waiting_of
from agreements.parties.models import Party

ONLY_PDF = "Kies een pdf. Een verklaring moet iedereen later nog kunnen openen."


def statement_in(
    form: Any, *, by: User, party: Party, is_ours: Callable[[bytes], bool] = lambda data: False
) -> Evidence | None:
    """The file sent now, else the one kept at an earlier try; what is refused stands as an error at the field.

    A browser cannot fill a file field again, so a good file is kept before the other answers are right. `is_ours` tells
    whether it is our own text with a signature, or raises ValidationError for what it should not be.
    """
    kept = str(form.data.get("kept", ""))
    waiting = (
        waiting_of(by, party, [int(kept)]) if kept.isascii() and kept.isdigit() and len(kept) < 16 else []
    )
    upload = form.files.get("upload")
    if upload is None:
        return waiting[0] if waiting else None
    try:
        return _keep(upload, by=by, party=party, is_ours=is_ours)
    except ValidationError as error:
        form.add_error("upload", error)
        return None


def _keep(upload: Any, *, by: User, party: Party, is_ours: Callable[[bytes], bool]) -> Evidence:
    if not upload.name.lower().endswith(".pdf"):
        raise ValidationError(ONLY_PDF)
    data = read_upload(upload)
    return keep_evidence(
        name=upload.name, data=data, party=party, by=by, visibility=Visibility.OWN, is_ours=is_ours(data)
    )
