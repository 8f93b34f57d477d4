"""Writing history. Called last in every operation, inside its transaction."""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from agreements.history.models import ChainHead, Event


@transaction.atomic
def record(
    verb: str,
    subject: models.Model,
    *,
    by: Any,
    on: date,
    sentence: str,
    party: Any = None,
    why: str = "",
    data: dict[str, Any] | None = None,
) -> Event:
    """Append one event and return it.

    `verb` is slice and past tense ("progress.submitted"); `sentence` is the Dutch line people read.
    `by` is the user, or None for the system. Call it last: it locks the head of the chain until commit.
    """
    head, _ = ChainHead.objects.select_for_update().get_or_create(pk=1)
    event = Event(
        number=head.count + 1,
        at=timezone.now(),
        on=on,
        verb=verb,
        subject_kind=subject._meta.model_name or "",
        subject_id=subject.pk,
        actor=by,
        party=party,
        sentence=sentence,
        why=why,
        data=data or {},
        previous=head.digest,
    )
    event.digest = event.computed_digest()
    event.save(force_insert=True)
    head.count, head.digest = event.number, event.digest
    head.save(update_fields=["count", "digest"])
    return event
