"""Writing the agreement: its themes, years and the answers of the parties."""

from datetime import date
from typing import Any

from django.db import transaction

from agreements.accounts.models import User
from agreements.agreement.models import Agreement, Signatory, Theme, YearSlice
from agreements.history.operations import record
from agreements.parties.models import Party


@transaction.atomic
def begin_agreement(*, by: User | None, on: date, **fields: Any) -> Agreement:
    """Start a new agreement; `fields` are those of the model."""
    agreement = Agreement.objects.create(**fields)
    record("agreement.begun", agreement, by=by, on=on, sentence=f"{agreement.title} vastgelegd.")
    return agreement


def add_theme(agreement: Agreement, **fields: Any) -> Theme:
    """Add a theme; themes only order the commitments, so they leave no trace in the history."""
    return Theme.objects.create(agreement=agreement, **fields)


@transaction.atomic
def set_year_slice(agreement: Agreement, year: int, *, by: User | None, on: date, **fields: Any) -> YearSlice:
    """Add the jaarschijf of a year, or bring it to another phase."""
    year_slice, _ = YearSlice.objects.update_or_create(agreement=agreement, year=year, defaults=fields)
    sentence = f"{year_slice}: fase {year_slice.get_phase_display().lower()}."
    record("agreement.year_slice_set", year_slice, by=by, on=on, sentence=sentence)
    return year_slice


def hold_phase(year_slice: YearSlice) -> YearSlice:
    """Keep the phase as it is until this transaction ends, and return the row as it is now.

    Without it a draft could be saved after somebody else closed it: on PostgreSQL a transaction reads the old
    phase until the other one commits. On SQLite writers wait for each other anyway.
    """
    return YearSlice.objects.select_for_update(no_key=True).get(pk=year_slice.pk)


def hold_phases(agreement: Agreement) -> dict[int, YearSlice]:
    """The same for all years of the agreement, as {year: jaarschijf}; for what reaches into other years."""
    slices = YearSlice.objects.select_for_update(no_key=True).filter(agreement=agreement).order_by("year")
    return {year_slice.year: year_slice for year_slice in slices}


@transaction.atomic
def note_signed(
    agreement: Agreement, answers: dict[Party, dict[str, Any]], *, by: User, on: date
) -> Agreement:
    """Note that the agreement was signed as a whole; `answers` are the fields of `Signatory` for each party."""
    for party, fields in answers.items():
        Signatory.objects.update_or_create(agreement=agreement, party=party, defaults=fields)
    agreement.signed_on = on
    agreement.save(update_fields=["signed_on"])
    sentence = f"{agreement.title}: als geheel ondertekend."
    record("agreement.signed", agreement, by=by, on=on, sentence=sentence)
    return agreement


@transaction.atomic
def note_answer(agreement: Agreement, party: Party, *, by: User | None, on: date, **fields: Any) -> Signatory:
    """Note that a party signed or declined; both are answers of the same weight (rule 2)."""
    answer = Signatory.objects.create(agreement=agreement, party=party, **fields)
    sentence = f"{party.name}: {answer.get_outcome_display().lower()}."
    record(
        "agreement.answered", agreement, by=by, on=on, party=party, sentence=sentence, why=answer.statement
    )
    return answer
