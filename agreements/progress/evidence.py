"""Files in a progress form that is not finished: they stay when another answer is wrong."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from agreements.accounts.models import User
from agreements.documents.checks import read_upload
from agreements.documents.models import Evidence, Visibility
from agreements.documents.operations import keep_evidence
from agreements.documents.queries import waiting_of
from agreements.parties.models import Party

MOST = 10


class EvidenceInForm:
    """Files uploaded earlier with this form ("kept"), minus the removed one, plus those sent now.

    A browser cannot fill a file field again, so good files are kept at once, seen by the uploader only, until
    the form is sent. The button "verwijder" is not a submission. `shared` are the files of the concept, which a
    colleague may have added.
    """

    def __init__(
        self,
        typed: MultiValueDict[str, str] | None,
        uploads: MultiValueDict[str, Any],
        *,
        by: User,
        party: Party,
        shared: Sequence[Evidence] = (),
    ):
        is_fresh = typed is None
        typed = typed or MultiValueDict()
        self.by, self.party = by, party
        wanted, removed = typed.get("visibility"), typed.get("remove", "")
        self.visibility = wanted if wanted in Visibility.values else Visibility.OWN
        self.errors: list[str] = []
        self.is_removal = bool(removed)
        kept = [int(pk) for pk in typed.getlist("kept") if _is_number(pk) and pk != removed]
        own = waiting_of(by, party, kept[:MOST])
        self.files = [piece for piece in shared if is_fresh or piece.pk in kept]
        self.files += [piece for piece in own if piece not in self.files]
        for upload in uploads.getlist("uploads"):
            self._keep(upload)
        if not is_fresh:
            self._share()

    def _keep(self, upload: Any) -> None:
        if len(self.files) >= MOST:
            self.errors.append(f"U kunt hoogstens {MOST} bestanden toevoegen. Haal eerst een bestand weg.")
            return
        try:
            kept = keep_evidence(
                name=upload.name,
                data=read_upload(upload),
                party=self.party,
                by=self.by,
            )
            self.files.append(kept)
        except ValidationError as error:
            self.errors += error.messages

    def _share(self) -> None:
        waiting = [file.pk for file in self.files]
        Evidence.objects.filter(pk__in=waiting, attached_on__isnull=True).update(visibility=self.visibility)

    def put_errors_on(self, form: Any) -> None:
        """Show refused files at the file field."""
        if form.is_bound:
            for message in self.errors:
                form.add_error("uploads", message)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16
