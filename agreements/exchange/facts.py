"""What has no date of its own in a data set: each table row becomes one operation."""

from decimal import Decimal

from agreements.accounts.operations import create_account
from agreements.agenda.models import AgendaItem
from agreements.agenda.operations import add_agenda_item
from agreements.agreement.models import Agreement, YearSlice
from agreements.agreement.operations import add_theme, begin_agreement, note_answer, set_year_slice
from agreements.commitments.models import Commitment, Indicator
from agreements.commitments.operations import (
    draft_commitment,
)
from agreements.exchange.loading import DEMO_PASSWORD, Loading, Row
from agreements.history.models import Source
from agreements.parties.models import Party
from agreements.parties.operations import add_member, add_party, grant_mandate
from agreements.process.operations import add_process_step, set_deadlines
from agreements.stock.models import OtherCount
from agreements.stock.operations import set_floor


def sources(loading: Loading, row: Row) -> None:
    Source.objects.create(**row)


def agreement(loading: Loading, row: Row) -> None:
    begin_agreement(by=None, on=row["signed_on"], **loading.sourced(row))


def themes(loading: Loading, row: Row) -> None:
    order = Agreement.objects.get().themes.count()
    add_theme(Agreement.objects.get(), order=order, **loading.sourced(row))


def year_slices(loading: Loading, row: Row) -> None:
    year = row.pop("year")
    set_year_slice(Agreement.objects.get(), year, by=None, on=row.get("adopted_on", loading.on), **row)


def parties(loading: Loading, row: Row) -> None:
    if key := row.pop("represents", None):
        row["represents"] = loading.party(key)
    kinds = [kind for kind, _ in Party.Kind.choices]
    order = kinds.index(row["kind"]) * 100 + Party.objects.count()
    add_party(by=None, on=loading.on, order=order, **loading.sourced(row))


def signatories(loading: Loading, row: Row) -> None:
    party = loading.party(row.pop("party"))
    row.setdefault("provenance", party.provenance)
    note_answer(Agreement.objects.get(), party, by=None, on=row["answered_on"], **loading.sourced(row))


def accounts(loading: Loading, row: Row) -> None:
    row.pop("purpose")
    memberships = row.pop("memberships")
    since = Agreement.objects.get().signed_on or loading.on
    user = create_account(by=None, on=since, password=DEMO_PASSWORD, **row)
    for membership in memberships:
        add_member(loading.party(membership["party"]), user=user, role=membership["role"], by=None, on=since)


def indicators(loading: Loading, row: Row) -> None:
    Indicator.objects.create(**loading.sourced(row))


def commitments(loading: Loading, row: Row) -> None:
    year_slice = loading.year_slice(row.pop("year"))
    row["theme"] = year_slice.agreement.themes.get(code=row["theme"])
    row["lead"] = loading.party(row["lead"])
    for name in ("depends_on", "copied_from"):
        if code := row.pop(name, None):
            row[name] = Commitment.objects.get(code=code)
    row["contributors"] = [(loading.party(c["party"]), c["what"]) for c in row.pop("contributors", [])]
    row["plan"] = [(step["on"], Decimal(step["value"])) for step in row.pop("plan", [])]
    row["division"] = [(loading.party(d["party"]), Decimal(d["value"])) for d in row.pop("division", [])]
    if target := row.get("target"):
        row["target"] = {
            "indicator": Indicator.objects.get(key=target.pop("indicator")),
            "direction": target.pop("direction"),
            "target_value": Decimal(target.pop("value")),
            **{name: Decimal(value) for name, value in target.items()},
        }
    order = year_slice.commitments.count()
    on = year_slice.adopted_on or row.pop("drafted_on", loading.on)
    draft_commitment(year_slice, by=None, on=on, order=order, **loading.sourced(row))


def agenda_items(loading: Loading, row: Row) -> None:
    agreement = Agreement.objects.get()
    row["theme"] = agreement.themes.get(code=row["theme"])
    if key := row.pop("lead", None):
        row["lead"] = loading.party(key)
    add_agenda_item(agreement, by=None, on=agreement.signed_on or loading.on, **loading.sourced(row))


def process_steps(loading: Loading, row: Row) -> None:
    year_slice = loading.year_slice(row.pop("year"))
    add_process_step(year_slice, on=row.get("happened_on", loading.on), **loading.sourced(row))


def deadlines(loading: Loading, row: Row) -> None:
    year_slice = loading.year_slice(row.pop("year"))
    days = {YearSlice.Phase(phase): day for phase, day in row.items()}
    set_deadlines(year_slice, by=None, on=loading.on, days=days)


def stock_floors(loading: Loading, row: Row) -> None:
    agreement = Agreement.objects.get()
    items = list(AgendaItem.objects.filter(code__in=row.pop("agenda_items")))
    set_floor(
        agreement, by=None, on=agreement.signed_on or loading.on, agenda_items=items, **loading.sourced(row)
    )


def other_counts(loading: Loading, row: Row) -> None:
    OtherCount.objects.create(agreement=Agreement.objects.get(), **loading.sourced(row))


def mandates(loading: Loading, row: Row) -> None:
    party, user = loading.party(row.pop("party")), loading.user(row.pop("user"))
    grant_mandate(party, user=user, by=None, on=row["valid_from"], **row)


# In this order, because a row may name rows of an earlier table.
FACTS = {
    add.__name__: add
    for add in (
        sources,
        agreement,
        themes,
        year_slices,
        parties,
        signatories,
        accounts,
        indicators,
        commitments,
        agenda_items,
        process_steps,
        deadlines,
        stock_floors,
        other_counts,
        mandates,
    )
}
