"""Writing the agenda."""

from datetime import date
from typing import Any

from django.db import transaction

from agreements.accounts.models import User
from agreements.agenda.models import AgendaItem, Fate
from agreements.agreement.models import Agreement
from agreements.commitments.models import Commitment
from agreements.history.models import Provenance
from agreements.history.operations import record


@transaction.atomic
def add_agenda_item(agreement: Agreement, *, by: User | None, on: date, **fields: Any) -> AgendaItem:
    """Put an ambition on the agenda; `fields` are those of the model."""
    item = AgendaItem.objects.create(agreement=agreement, **fields)
    record("agenda.added", item, by=by, on=on, sentence=f"Agendapunt {item.code} toegevoegd.")
    return item


@transaction.atomic
def decide_fate(
    item: AgendaItem,
    *,
    by: User | None,
    on: date,
    year: int,
    kind: str,
    commitments: list[Commitment] | None = None,
    to_year: int | None = None,
    reason: str = "",
    provenance: str = Provenance.OWN,
) -> Fate:
    """Record what becomes of an agenda item in a year (rule 1): concretised, postponed or dropped."""
    fate = Fate.objects.create(
        item=item, year=year, kind=kind, to_year=to_year, reason=reason, decided_on=on, provenance=provenance
    )
    fate.commitments.set(commitments or [])
    outcome = {
        Fate.Kind.CONCRETISED: "concreet gemaakt in " + ", ".join(c.code for c in commitments or []),
        Fate.Kind.POSTPONED: f"doorgeschoven naar {to_year}",
        Fate.Kind.DROPPED: "vervallen",
    }[Fate.Kind(kind)]
    sentence = f"Agendapunt {item.code} is voor {year} {outcome}."
    record("agenda.fate_decided", item, by=by, on=on, sentence=sentence, why=reason)
    return fate
