"""Making the proof in a signed document last longer, in the worker: a newer time stamp behind what is there."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from agreements.documents import store
from agreements.documents.models import LASTING_FIELDS
from agreements.history.operations import record
from agreements.pdf.keys import SealUnavailable
from agreements.pdf.lasting import proof_ends_at, renew_proof
from agreements.pdf.verify import verify_pdf
from agreements.signing.models import Revision, SigningRound
from agreements.signing.operations.round import add_revision, held_round
from agreements.signing.queries import last_revision, trust_of
from agreements.web.formats import dutch_date


def renew_rounds(*, on: date) -> None:
    """Put the renewal in the queue of every closed round for which it is time."""
    while found := _claim():
        renew_round.enqueue(found.pk, on.isoformat())


@transaction.atomic
def _claim() -> SigningRound | None:
    """A round that is due, put off until tomorrow: then it comes again when this does not work, or the worker dies."""
    due = SigningRound.objects.filter(state=SigningRound.State.CLOSED, renew_at__lte=timezone.now())
    found = due.select_for_update(skip_locked=True, of=("self",)).first()
    if found:
        found.postpone_renewal(found.renewal_failure)
        found.save(update_fields=LASTING_FIELDS)
    return found


@task()
def renew_round(round_id: int, on: str) -> None:
    """Renew the proof of one document, in the worker; `on` is a day in ISO 8601. Doing it twice is harmless."""
    round_ = SigningRound.objects.select_related("year_slice__agreement").get(pk=round_id)
    last = last_revision(round_)
    try:
        data = _renewed(round_, last)
    except (SealUnavailable, ValidationError) as error:
        round_.postpone_renewal(error.reason if isinstance(error, SealUnavailable) else error.messages[0])
        round_.save(update_fields=LASTING_FIELDS)
        return
    _add_to(round_, last, data, on=date.fromisoformat(on))


def _renewed(round_: SigningRound, last: Revision) -> bytes:
    data = renew_proof(store.read(last.sha256))
    if not verify_pdf(data, trust=trust_of(round_.seats.select_related("party"))).is_genuine:
        raise ValidationError("Het document klopt niet bij het nakijken. Meld dit aan de beheerder.")
    return data


@transaction.atomic
def _add_to(round_: SigningRound, last: Revision, data: bytes, *, on: date) -> None:
    round_ = held_round(round_)
    if last_revision(round_) != last:  # another worker was first
        return
    added, until = add_revision(round_, data), proof_ends_at(data)
    round_.note_proof(until)
    round_.save(update_fields=LASTING_FIELDS)
    assert until is not None
    sentence = (
        f"Het bewijs in het document van {round_} verlengd tot {dutch_date(timezone.localdate(until))}."
    )
    data_of_event = {"sha256": added.sha256, "earlier": last.sha256}
    record("signing.renewed", round_, by=None, on=on, sentence=sentence, data=data_of_event)
