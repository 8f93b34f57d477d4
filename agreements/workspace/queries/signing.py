"""What somebody has to do so that a party can answer in a signing."""

from typing import Any

from django.utils import timezone

from agreements.history.models import Provenance
from agreements.signing.models import OwnCertificate
from agreements.signing.queries import ending_certificates, seats_to_answer
from agreements.web.formats import dutch_date
from agreements.workspace.queries.task import Task


def signing_tasks(user: Any) -> list[Task]:
    """An answer that is asked, and a certificate that ends."""
    return [*_answers(user), *_certificates(user)]


def _answers(user: Any) -> list[Task]:
    return [
        Task(
            sentence=f"Teken of teken niet: {seat.round.subject}",
            details=(seat.party.name,),
            button="Lees en antwoord",
            address="public:year_slice",
            argument=seat.round.year_slice.year,
            due=seat.round.due_on,
            provenance=Provenance.EXAMPLE if seat.round.is_example else Provenance.OWN,
        )
        for seat in seats_to_answer(user)
    ]


def _certificates(user: Any) -> list[Task]:
    """Without a due date: certificates end by the real clock, tasks are due by the calendar of the portal."""
    return [
        Task(
            sentence="Voeg een nieuw certificaat toe om mee te tekenen",
            details=(own.party.name, _end_in_words(own)),
            button="Naar het certificaat",
            address="signing:add_certificate",
            argument=own.party.key,
            provenance=own.party.provenance,
        )
        for own in ending_certificates(user)
    ]


def _end_in_words(own: OwnCertificate) -> str:
    day = dutch_date(timezone.localtime(own.not_after).date())
    return f"Verlopen op {day}" if own.has_ended else f"Geldig tot en met {day}"
