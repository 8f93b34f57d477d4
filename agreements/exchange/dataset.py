"""Loading a data set from fixtures/*.toml through the real operations, so that history is written for it.

The tables are described at the top of fixtures/hilversum_2017.toml. A data set is loaded whole or not at all,
and only once. What has a date (rounds, updates, edits, fates, reports) happens in the order of those dates.
"""

import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import transaction

from agreements.accounts.models import User
from agreements.accounts.operations import create_account
from agreements.agenda.models import AgendaItem
from agreements.agenda.operations import add_agenda_item, decide_fate
from agreements.agreement.models import Agreement, YearSlice
from agreements.agreement.operations import add_theme, begin_agreement, note_answer, set_year_slice
from agreements.commitments.models import Commitment, Indicator
from agreements.commitments.operations import (
    answer_amendment,
    draft_commitment,
    edit_commitment,
    propose_amendment,
    withdraw_commitment,
)
from agreements.documents.operations import keep_evidence
from agreements.history.models import Event, Source
from agreements.history.operations import record
from agreements.parties.models import Party
from agreements.parties.operations import add_member, add_party
from agreements.process.operations import add_process_step, set_deadlines
from agreements.progress.models import Claim, ReportingRound
from agreements.progress.operations import close_round, open_round, submit_progress
from agreements.reports.operations import create_report, publish_report, render_report

FOLDER = settings.BASE_DIR / "fixtures"
DEMO_PASSWORD = "hilversum-op-15-november"  # noqa: S105  shown to whoever starts the demo
Row = dict[str, Any]


def is_loaded(name: str) -> bool:
    """Whether this data set was loaded before."""
    return Event.objects.filter(verb="exchange.loaded", why=name).exists()


@transaction.atomic
def load(name: str, *, on: date, say: Callable[[str], None] = lambda line: None) -> None:
    """Load fixtures/<name>.toml; FileNotFoundError or KeyError (which row) when the file is not right."""
    tables = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    loader = _Loader(name, on, say)
    for table, add in loader.STATIC.items():
        for row in _rows(tables.pop(table, [])):
            add(loader, row)
    for day, step, row in sorted(loader.dated(tables), key=lambda found: found[0]):
        step(loader, row, day)
    if tables:
        raise KeyError(f"Unknown tables in {name}.toml: {', '.join(tables)}")
    sentence = f"Gegevensset {name} ingelezen."
    record("exchange.loaded", Agreement.objects.get(), by=None, on=on, sentence=sentence, why=name)


def demo_accounts() -> list[tuple[str, str, str, str]]:
    """(e-mail, function, organisation, purpose) of the demo's accounts, in the order of the file."""
    tables = tomllib.loads((FOLDER / "voorbeeld.toml").read_text(encoding="utf-8"))
    names = dict(Party.objects.values_list("key", "name"))
    return [
        (a["email"], a["function"], ", ".join(names[m["party"]] for m in a["memberships"]), a["purpose"])
        for a in tables["accounts"]
    ]


def _rows(table: Any) -> list[Row]:
    return table if isinstance(table, list) else [table]


class _Loader:
    """One loading: turns keys into rows of the database, and each table row into one operation."""

    def __init__(self, name: str, on: date, say: Callable[[str], None]):
        self.name, self.on, self.say = name, on, say

    # what has no date of its own

    def add_source(self, row: Row) -> None:
        Source.objects.create(**row)

    def add_agreement(self, row: Row) -> None:
        begin_agreement(by=None, on=row["signed_on"], **self.sourced(row))

    def add_theme(self, row: Row) -> None:
        order = Agreement.objects.get().themes.count()
        add_theme(Agreement.objects.get(), order=order, **self.sourced(row))

    def add_year_slice(self, row: Row) -> None:
        year = row.pop("year")
        set_year_slice(Agreement.objects.get(), year, by=None, on=row.get("adopted_on", self.on), **row)

    def add_party(self, row: Row) -> None:
        if key := row.pop("represents", None):
            row["represents"] = self.party(key)
        kinds = [kind for kind, _ in Party.Kind.choices]
        order = kinds.index(row["kind"]) * 100 + Party.objects.count()
        add_party(by=None, on=self.on, order=order, **self.sourced(row))

    def add_signatory(self, row: Row) -> None:
        party = self.party(row.pop("party"))
        row.setdefault("provenance", party.provenance)
        note_answer(Agreement.objects.get(), party, by=None, on=row["answered_on"], **self.sourced(row))

    def add_account(self, row: Row) -> None:
        row.pop("purpose")
        memberships = row.pop("memberships")
        since = Agreement.objects.get().signed_on or self.on
        user = create_account(by=None, on=since, password=DEMO_PASSWORD, **row)
        for membership in memberships:
            add_member(self.party(membership["party"]), user=user, role=membership["role"], by=None, on=since)

    def add_indicator(self, row: Row) -> None:
        Indicator.objects.create(**self.sourced(row))

    def add_commitment(self, row: Row) -> None:
        agreement = Agreement.objects.get()
        year_slice = agreement.year_slices.get(year=row.pop("year"))
        row["theme"] = agreement.themes.get(code=row["theme"])
        row["lead"] = self.party(row["lead"])
        for name in ("depends_on", "copied_from"):
            if code := row.pop(name, None):
                row[name] = Commitment.objects.get(code=code)
        row["contributors"] = [(self.party(c["party"]), c["what"]) for c in row.pop("contributors", [])]
        row["plan"] = [(step["on"], Decimal(step["value"])) for step in row.pop("plan", [])]
        if target := row.get("target"):
            row["target"] = {
                "indicator": Indicator.objects.get(key=target.pop("indicator")),
                "direction": target.pop("direction"),
                "target_value": Decimal(target.pop("value")),
                **{name: Decimal(value) for name, value in target.items()},
            }
        order = year_slice.commitments.count()
        on = year_slice.adopted_on or row.pop("drafted_on", self.on)
        draft_commitment(year_slice, by=None, on=on, order=order, **self.sourced(row))

    def add_agenda_item(self, row: Row) -> None:
        agreement = Agreement.objects.get()
        row["theme"] = agreement.themes.get(code=row["theme"])
        if key := row.pop("lead", None):
            row["lead"] = self.party(key)
        add_agenda_item(agreement, by=None, on=agreement.signed_on or self.on, **self.sourced(row))

    def add_process_step(self, row: Row) -> None:
        year_slice = Agreement.objects.get().year_slices.get(year=row.pop("year"))
        add_process_step(year_slice, on=row.get("happened_on", self.on), **self.sourced(row))

    def set_deadlines(self, row: Row) -> None:
        year_slice = Agreement.objects.get().year_slices.get(year=row.pop("year"))
        days = {YearSlice.Phase(phase): day for phase, day in row.items()}
        set_deadlines(year_slice, by=None, on=self.on, days=days)

    STATIC = {
        "sources": add_source,
        "agreement": add_agreement,
        "themes": add_theme,
        "year_slices": add_year_slice,
        "parties": add_party,
        "signatories": add_signatory,
        "accounts": add_account,
        "indicators": add_indicator,
        "commitments": add_commitment,
        "agenda_items": add_agenda_item,
        "process_steps": add_process_step,
        "deadlines": set_deadlines,
    }

    # what happened on a day

    def dated(self, tables: Row) -> list[tuple[date, Any, Row]]:
        """(day, step, row) of every dated row; on one day rounds open before anything is reported in them."""
        steps = []
        for row in tables.pop("rounds", []):
            steps.append((row["opened_on"], _Loader.open_round, row))
        for row in tables.pop("updates", []):
            steps.append((row["on"], _Loader.submit, row))
        for row in tables.pop("withdrawals", []):
            steps.append((row["on"], _Loader.withdraw, row))
        for row in tables.pop("edits", []):
            steps.append((row["on"], _Loader.edit, row))
        for row in tables.pop("amendments", []):
            steps.append((row["on"], _Loader.propose, row))
            steps += [(a["on"], _Loader.answer, row | {"answer": a}) for a in row.get("answers", [])]
        for row in tables.pop("fates", []):
            steps.append((row["on"], _Loader.decide_fate, row))
        for day, _, row in list(steps):
            if row.get("closed_on") and day == row["opened_on"]:
                steps.append((row["closed_on"], _Loader.close_round, row))
        for row in tables.pop("reports", []):
            steps.append((row["created_on"], _Loader.report, row))
        return steps

    def open_round(self, row: Row, day: date) -> None:
        fields = {name: value for name, value in row.items() if name not in ("year", "closed_on")}
        year_slice = Agreement.objects.get().year_slices.get(year=row["year"])
        open_round(year_slice, by=None, on=day, **fields)

    def close_round(self, row: Row, day: date) -> None:
        close_round(ReportingRound.objects.get(code=row["code"]), by=None, on=day)

    def submit(self, row: Row, day: date) -> None:
        commitment = Commitment.objects.select_related("lead").get(code=row.pop("commitment"))
        by, round_ = self.user(row.pop("by")), ReportingRound.objects.get(code=row.pop("round"))
        files = [self.evidence(piece, commitment.lead, by) for piece in row.pop("evidence", [])]
        if "value" in row:
            row["value"] = Decimal(row["value"])
        row.pop("on")
        key = uuid5(
            NAMESPACE_URL, f"{self.name}/{commitment.code}/{round_.code}/{commitment.updates.count()}"
        )
        submit_progress(commitment, by=by, on=day, round=round_, key=key, evidence=files, claim=Claim(**row))

    def evidence(self, piece: Row, party: Party, by: User) -> Any:
        data = (FOLDER / self.name / piece["file"]).read_bytes()
        return keep_evidence(
            name=piece["file"],
            data=data,
            party=party,
            by=by,
            title=piece["title"],
            visibility=piece["visibility"],
        )

    def edit(self, row: Row, day: date) -> None:
        commitment = Commitment.objects.get(code=row["commitment"])
        edit_commitment(
            commitment,
            by=self.user(row["by"]),
            on=day,
            version=commitment.version,
            changes=row["change"],
            why=row.get("why", ""),
        )

    def withdraw(self, row: Row, day: date) -> None:
        withdraw_commitment(
            Commitment.objects.get(code=row["commitment"]), by=None, on=day, reason=row["reason"]
        )

    def propose(self, row: Row, day: date) -> None:
        commitment, changes = Commitment.objects.get(code=row["commitment"]), dict(row["change"])
        if "target_value" in changes:
            changes["target_value"] = Decimal(changes["target_value"])
        if key := changes.pop("lead", None):
            changes["lead"] = self.party(key)
        by, version = self.user(row["by"]), commitment.version
        propose_amendment(commitment, by=by, on=day, version=version, changes=changes, reason=row["reason"])

    def answer(self, row: Row, day: date) -> None:
        given, amendment = row["answer"], Commitment.objects.get(code=row["commitment"]).amendments.last()
        assert amendment is not None
        by, reason = self.user(given["by"]), given.get("reason", "")
        answer_amendment(amendment, by=by, on=day, outcome=given["outcome"], reason=reason)

    def decide_fate(self, row: Row, day: date) -> None:
        item = AgendaItem.objects.get(code=row["item"])
        decide_fate(
            item,
            by=None,
            on=day,
            year=row["year"],
            kind=row["fate"],
            commitments=list(Commitment.objects.filter(code__in=row.get("commitments", []))),
            to_year=row.get("to_year"),
            reason=row.get("reason", ""),
            provenance=row["provenance"],
        )

    def report(self, row: Row, day: date) -> None:
        round_ = ReportingRound.objects.get(code=row["round"])
        self.say(f"rapportage {round_.name.lower()} maken en verzegelen")
        report = create_report(round_, by=self.user(row["by"]), on=day)
        render_report.call(report.pk)
        report.refresh_from_db()
        publish_report(report, by=self.user(row["publisher"]), on=row["published_on"])

    # keys

    def party(self, key: str) -> Party:
        return Party.objects.get(key=key)

    def user(self, email: str) -> User:
        return User.objects.get_by_natural_key(email)

    def sourced(self, row: Row) -> Row:
        """The row with its source as a row of the database."""
        if code := row.pop("source", None):
            row["source"] = Source.objects.get(code=code)
        return row
