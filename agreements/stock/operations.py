"""Writing the ledger: check, add, record, return. Nothing here changes a row that is there."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.access.once import made_before
from agreements.accounts.models import User
from agreements.agenda.models import AgendaItem
from agreements.agreement.models import Agreement
from agreements.commitments.operations import provenance_for
from agreements.history.operations import record
from agreements.parties.models import Party
from agreements.stock import permissions
from agreements.stock.faults import faults
from agreements.stock.models import NUMBERS, StockFloor, StockStatement
from agreements.stock.queries import Known, known
from agreements.web.formats import dutch_number


@transaction.atomic
def submit_statement(
    party: Party,
    *,
    by: User,
    on: date,
    year: int,
    key: UUID,
    values: dict[str, Any],
    seen: int | None = None,
) -> StockStatement:
    """State the stock of a corporation in a year, or correct that, and return the new version.

    `values` are the seven numbers, certainty, as_of, origin, explanation and reason. The same `key` again returns
    the statement that is there. `seen` is the number of statements about the year that the form knew of;
    ValidationError (code "conflict") when a colleague stated something since, and by field for what cannot be.
    None skips that question (data sets).
    """
    party = Party.objects.select_for_update(no_key=True).get(pk=party.pk)  # who comes second waits here
    permissions.submit_statement(party, by=by)
    if existing := made_before(StockStatement.objects, key, party=party, submitted_by=by):
        return existing
    present = known(party, year)
    _check_seen(present, seen)
    if found := faults(values, present, on=on):
        raise ValidationError(dict(found))
    before = present.newest.get(values["certainty"])
    _check_changed(before, values)
    statement = StockStatement.objects.create(
        party=party,
        year=year,
        number=before.number + 1 if before else 1,
        key=key,
        provenance=provenance_for(party),
        submitted_on=on,
        submitted_by=by,
        **values if before else {**values, "reason": ""},
    )
    _record_statement(statement, before, by=by, on=on)
    return statement


@transaction.atomic
def set_floor(
    agreement: Agreement, *, by: User | None, on: date, agenda_items: Sequence[AgendaItem] = (), **fields: Any
) -> StockFloor:
    """Put on record how many homes were agreed as the least; `fields` are those of the model."""
    floor = StockFloor.objects.create(agreement=agreement, **fields)
    floor.agenda_items.set(agenda_items)
    sentence = f"Ondergrens van de voorraad vastgelegd: {dutch_number(floor.value)} woningen in {floor.year}."
    record("stock.floor_set", agreement, by=by, on=on, sentence=sentence)
    return floor


def _check_seen(present: Known, seen: int | None) -> None:
    if seen is not None and seen != present.count:
        raise ValidationError(
            f"Iemand van uw organisatie heeft intussen ook een opgave voor {present.year} gedaan. "
            "Vergelijk de twee. Verstuur uw opgave opnieuw als die klopt; beide blijven bewaard.",
            code="conflict",
        )


def _check_changed(before: StockStatement | None, values: dict[str, Any]) -> None:
    if before and all(getattr(before, name) == value for name, value in values.items() if name != "reason"):
        raise ValidationError("Alles staat er al zo. Verander minstens één antwoord.")


def _record_statement(
    statement: StockStatement, before: StockStatement | None, *, by: User, on: date
) -> None:
    ledger, certainty = statement.ledger, statement.get_certainty_display().lower()
    done = f"verbeterd, versie {statement.number}" if before else "opgegeven"
    record(
        "stock.submitted",
        statement.party,
        by=by,
        on=on,
        party=statement.party,
        sentence=f"Voorraad {statement.year} ({certainty}) {done}: eindstand {dutch_number(ledger.reported_end)}.",
        why=statement.reason,
        data={
            "year": statement.year,
            "certainty": statement.certainty,
            "version": statement.number,
            "before": _as_data(before) if before else None,
            "after": _as_data(statement),
        },
    )


def _as_data(statement: StockStatement) -> dict[str, str]:
    numbers = {name: str(getattr(statement, name)) for name in NUMBERS}
    words = {"as_of": statement.as_of.isoformat(), "origin": statement.origin}
    return {**numbers, **words, "explanation": statement.explanation}
