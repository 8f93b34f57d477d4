"""Reading history: the timeline of a subject, and whether the chain is whole."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from agreements.history.models import GENESIS, ChainHead, Event


def timeline(subject: models.Model) -> models.QuerySet[Event]:
    """What happened to this subject, newest first."""
    events = Event.objects.filter(subject_kind=subject._meta.model_name, subject_id=subject.pk)
    return events.select_related("actor", "party").order_by("-number")


def checkpoint() -> dict[str, Any]:
    """The controlepunt of now: {"count": number of events, "digest": digest of the last (64 hex)}."""
    head = ChainHead.objects.filter(pk=1).first() or ChainHead()
    return head.checkpoint()


def digest_at(count: int) -> str:
    """The digest the chain had when it held `count` events; "" when it never did."""
    if count == 0:
        return GENESIS
    return Event.objects.filter(number=count).values_list("digest", flat=True).first() or ""


def broken_links() -> Iterator[str]:
    """Yield a Dutch sentence for each row that was changed, removed or inserted outside the portal."""
    expected, previous = 1, GENESIS
    for event in Event.objects.order_by("number").iterator():
        if event.number != expected:
            yield f"Gebeurtenis {expected} tot en met {event.number - 1} ontbreekt."
        elif event.previous != previous:
            yield f"Gebeurtenis {event.number} sluit niet aan op de vorige: er is iets tussengevoegd of weggehaald."
        if event.computed_digest() != event.digest:
            yield f"Gebeurtenis {event.number} is veranderd: {event.sentence}"
        expected, previous = event.number + 1, event.digest
    head = checkpoint()
    if head["count"] > expected - 1:
        yield f"Gebeurtenis {expected} tot en met {head['count']} ontbreekt."
    elif head["count"] < expected - 1:
        yield f"Gebeurtenis {head['count'] + 1} tot en met {expected - 1} is buiten het portaal toegevoegd."
    elif head["digest"] != previous:
        yield "De stand van de keten past niet bij de laatste gebeurtenis."
