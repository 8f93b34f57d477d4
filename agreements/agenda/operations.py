"""Writing the agenda."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.accounts.models import User
from agreements.agenda import permissions
from agreements.agenda.models import AgendaItem, Fate
from agreements.agenda.queries import agenda_items
from agreements.agreement.models import Agreement, YearSlice
from agreements.agreement.operations import hold_phases
from agreements.commitments.models import Commitment
from agreements.commitments.operations import draft_commitment
from agreements.commitments.queries import next_code
from agreements.history.models import Provenance
from agreements.history.operations import record
from agreements.parties.models import Party


@transaction.atomic
def add_agenda_item(agreement: Agreement, *, by: User | None, on: date, **fields: Any) -> AgendaItem:
    """Put an ambition on the agenda; `fields` are those of the model. `by` is None for a data set.

    ValidationError when it is meant for a year that is already adopted: there it could get no decision.
    """
    if by is not None:
        permissions.add_agenda_item(by=by)
    years = hold_phases(agreement)
    item = AgendaItem.objects.create(agreement=agreement, **fields)
    _check_adopted_years(item, years)
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
    commitments: Sequence[Commitment] = (),
    new_for: Sequence[Party] = (),
    to_year: int | None = None,
    reason: str = "",
    provenance: str = Provenance.OWN,
    seen: int | None = None,
) -> Fate:
    """Record what becomes of an agenda item in a year (rule 1), or change it while that year is a draft.

    Concretised: into existing `commitments`, and into one new draft for each party in `new_for`. `seen` is the
    version of the decision that the form showed, 0 for none; ValidationError (code "conflict") when a colleague
    decided since. `by` and `seen` are None for a data set.
    """
    years = hold_phases(item.agreement)
    item = agenda_items().get(pk=item.pk)
    if by is not None:
        permissions.decide_fate(item, years[year], by=by)
    fate = item.fate_in(year)
    _check_seen(fate, seen)
    _check_decision(years, year, kind, commitments, new_for, to_year, reason)
    before = _as_data(fate) if fate else None
    drafts = [_draft_from(item, years[year], lead, by=by, on=on) for lead in new_for]
    values = {"year": year, "kind": kind, "to_year": to_year, "reason": reason, "provenance": provenance}
    fate = _write(item, fate, decided_on=on, **values)
    fate.commitments.set([*commitments, *drafts])
    item = agenda_items().get(pk=item.pk)
    _check_adopted_years(item, years)
    sentence = f"Agendapunt {item.code} is voor {year} {fate.outcome}."
    data = {"before": before, "after": _as_data(fate)}
    record("agenda.fate_decided", item, by=by, on=on, sentence=sentence, why=reason, data=data)
    return fate


def _check_seen(fate: Fate | None, seen: int | None) -> None:
    if seen is not None and fate is not None and fate.version != seen:
        raise ValidationError(
            f"Iemand anders heeft intussen besloten: {fate.outcome}. Kijk of uw besluit nog klopt. "
            "Verstuur het dan opnieuw.",
            code="conflict",
        )


def _check_decision(
    years: dict[int, YearSlice],
    year: int,
    kind: str,
    commitments: Sequence[Commitment],
    new_for: Sequence[Party],
    to_year: int | None,
    reason: str,
) -> None:
    """A decision is whole, and fits the years as they are now."""
    if kind == Fate.Kind.CONCRETISED:
        if not commitments and not new_for:
            raise ValidationError(
                {"new_for": "Kies minstens één concept, of een partij voor een nieuw concept."}
            )
        foreign = [c.code for c in commitments if c.year_slice_id != years[year].pk or c.withdrawn_on]
        if foreign:
            raise ValidationError({"commitments": f"Dit is geen concept van {year}: {', '.join(foreign)}."})
        return
    if not reason:
        raise ValidationError({"reason": "Leg uit waarom. Iedereen kan dit lezen."})
    if kind == Fate.Kind.POSTPONED and (to_year is None or to_year <= year):
        raise ValidationError({"to_year": f"Kies een jaar na {year}."})
    if kind == Fate.Kind.POSTPONED and to_year in years and years[to_year].is_adopted:
        raise ValidationError({"to_year": f"{years[to_year]} is al vastgesteld. Kies een later jaar."})


def _check_adopted_years(item: AgendaItem, years: dict[int, YearSlice]) -> None:
    """No adopted year may be left with this item undecided (rule 1), nor decided on while it is not due there."""
    for year, year_slice in years.items():
        fate = item.fate_in(year)
        if year_slice.is_adopted and item.is_due_in(year) and fate is None:
            raise ValidationError(f"{year_slice} is al vastgesteld. Daar kan geen agendapunt meer bij.")
        if fate is not None and not item.is_due_in(year):
            raise ValidationError(
                f"In {year} is over {item.code} al besloten: {fate.outcome}. Verander eerst het besluit over {year}."
            )


def _draft_from(
    item: AgendaItem, year_slice: YearSlice, lead: Party, *, by: User | None, on: date
) -> Commitment:
    """A new draft, filled from the agenda item: a promise about the process until it has a figure and a date."""
    is_example = item.provenance == Provenance.EXAMPLE
    return draft_commitment(
        year_slice,
        by=by,
        on=on,
        code=next_code(year_slice),
        theme=item.theme,
        lead=lead,
        kind=Commitment.Kind.PROCESS,
        title=item.text if len(item.text) <= 150 else item.text[:149] + "…",
        text=item.text,
        order=year_slice.commitments.count(),
        provenance=Provenance.EXAMPLE if is_example else Provenance.OWN,
    )


def _write(item: AgendaItem, fate: Fate | None, **values: Any) -> Fate:
    """The decision of this year with these values: new, or the next version of the one that is there."""
    if fate is None:
        return Fate.objects.create(item=item, **values)
    for name, value in values.items():
        setattr(fate, name, value)
    fate.version += 1
    fate.save()
    return fate


def _as_data(fate: Fate) -> dict[str, Any]:
    return {
        "version": fate.version,
        "year": fate.year,
        "kind": fate.kind,
        "commitments": [commitment.code for commitment in fate.commitments.all()],
        "to_year": fate.to_year,
        "reason": fate.reason,
    }
