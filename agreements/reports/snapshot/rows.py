"""The rows of a snapshot: what is known of a commitment, an agenda item and a signatory, as plain JSON."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from agreements.agenda.models import Fate
from agreements.agreement.models import Agreement, Signatory, YearSlice
from agreements.commitments.models import Amendment, Commitment, Status
from agreements.commitments.operations import as_data
from agreements.commitments.queries import original_values
from agreements.documents.models import Visibility
from agreements.parties.models import Party
from agreements.progress.models import ProgressUpdate
from agreements.progress.queries import newest_per_round
from agreements.reports.models import Report
from agreements.reports.readings import PREFETCHED, readings
from agreements.reports.snapshot.joint import Part, together_row
from agreements.reports.subject import Subject

Kind = Report.Kind
Row = dict[str, Any]


def commitments_of(subject: Subject) -> list[Commitment]:
    """The commitments that the report is about, in the order of their numbers."""
    rows = (
        subject.year.commitments.with_everything()
        .order_by("code")
        .prefetch_related(
            "contributions__party",
            "target__plan",
            "amendments__party",
            "amendments__lead",
            "amendments__parts__party",
            "parts__lead",
            "parts__target",
            "parts__updates__round",
            "parts__updates__measurement__indicator",
            "updates__round",
            "updates__party",
            "updates__evidence",
            "updates__links",
            "updates__measurement__indicator",
            *PREFETCHED,
        )
    )
    return [row for row in rows if _belongs(row, subject)]


def _belongs(row: Commitment, subject: Subject) -> bool:
    if subject.kind == Kind.COMMITMENT:
        return subject.commitment in (row, row.part_of)
    if subject.kind == Kind.PARTY:
        assert subject.party is not None
        helps = any(part.party_id == subject.party.pk for part in row.contributions.all())
        return row.lead_id in (subject.party.pk, subject.party.represents_id) or helps
    return True


def commitment_row(
    row: Commitment, subject: Subject, made_on: date, concerned: list[Party], reminders: int
) -> Row:
    """One commitment with its target original and now, its figures and what was said about them.

    `reminders` is how often the party was reminded in this round, when nothing came.
    """
    round_ = subject.round
    updates = _counted(row, subject)
    current = next((u for u in updates if round_ and u.round_id == round_.pk), None)
    together = together_row(_parts(row, subject, made_on)) if row.is_joint else None
    return {
        "code": row.code,
        "part_of": row.part_of and row.part_of.code,
        "together": together,
        "theme": row.theme.code,
        "kind": row.get_kind_display(),
        "title": row.title,
        "text": row.text,
        "lead": row.lead.name,
        "lead_short": row.lead.short_name,
        "contributions": [{"party": c.party.name, "what": c.what} for c in row.contributions.all()],
        "article": row.article,
        "source": row.source and row.source.title,
        "provenance": row.provenance,
        "is_key_figure": row.is_key_figure,
        "deadline": iso(row.deadline),
        "withdrawn": row.withdrawn_on and {"on": iso(row.withdrawn_on), "reason": row.withdrawn_reason},
        "target": _target(row),
        "original": original_values(row.amendments.all()),
        "amendments": [_amendment(a) for a in row.amendments.all() if a.state == Amendment.State.IN_FORCE],
        "status": _status(row, updates, current, made_on, together),
        "reminders": 0 if current or together else reminders,
        "updates": [
            _update(update) | {"assessments": readings(row, update, concerned, made_on)} for update in updates
        ],
    }


def _parts(joint: Commitment, subject: Subject, made_on: date) -> list[Part]:
    """The parts that still stood, in the order of their letters."""
    found = []
    for row in sorted(joint.parts.all(), key=lambda part: part.code):
        updates = _counted(row, subject)
        current = next((u for u in updates if subject.round and u.round_id == subject.round.pk), None)
        status = _status(row, updates, current, made_on, None)
        if status != Status.DROPPED:
            found.append(Part(row, updates, status))
    return found


def _counted(row: Commitment, subject: Subject) -> list[ProgressUpdate]:
    """What was reported up to and with the round; nothing for the text as signed."""
    if subject.round is None:
        return []
    newest = newest_per_round(list(row.updates.all()))
    return [update for update in newest if update.round.as_of <= subject.round.as_of]


def late_rows(rows: Iterable[Commitment], subject: Subject, made_on: date) -> list[Row]:
    """What came in after the due day of the round, and what is about a later round; `is_counted` says which."""
    round_ = subject.round
    if round_ is None:
        return []
    found = [
        (row, update)
        for row in rows
        for update in newest_per_round(list(row.updates.all()))
        if update.submitted_on <= made_on
        and (
            update.round.as_of > round_.as_of
            or (update.round_id == round_.pk and update.submitted_on > round_.due_on)
        )
    ]
    return [
        {"code": row.code, "title": row.title, "provenance": row.provenance}
        | {"is_counted": update.round.as_of <= round_.as_of, **_update(update)}
        for row, update in found
    ]


def _status(
    row: Commitment,
    updates: list[ProgressUpdate],
    current: ProgressUpdate | None,
    made_on: date,
    together: Row | None,
) -> str:
    """The claim of this round; what was finished earlier stays finished; nothing reported is "no_data".

    Of a joint commitment that of the part that stands worst.
    """
    if row.withdrawn_on and row.withdrawn_on <= made_on:
        return Status.DROPPED
    if together:
        status: str = together["status"]
        return status
    if current:
        return current.status
    if updates and updates[-1].status in (Status.ACHIEVED, Status.MISSED):
        return updates[-1].status
    return Status.NO_DATA


def _target(row: Commitment) -> Row | None:
    target = row.measure
    if target is None:
        return None
    indicator = target.indicator
    return {
        "direction": target.direction,
        "value": _amount(target.value),
        "original": _amount(target.original) if target.is_amended and target.original is not None else None,
        **indicator.definition_as_data(),
        "value_kind": indicator.value_kind,
        "supplied_by": indicator.supplied_by,
        "plan": [{"on": iso(step.on), "value": _amount(step.value)} for step in target.plan.all()],
    }


def _amendment(amendment: Amendment) -> Row:
    """An amendment in force: what stood there and what came instead, as text."""
    return {
        "number": amendment.number,
        "in_force_on": iso(amendment.decided_on),
        "party": amendment.party.name,
        "reason": amendment.reason,
        "before": amendment.before,
        "after": as_data(amendment.changes()),
    }


def _update(update: ProgressUpdate) -> Row:
    figure = update.figure
    evidence = [piece for piece in update.evidence.all() if piece.visibility == Visibility.PUBLIC]
    links = [link.address for link in update.links.all() if link.visibility == Visibility.PUBLIC]
    return {
        "round": update.round.name,
        "round_as_of": iso(update.round.as_of),
        "status": update.status,
        "indicator": figure and figure.indicator.key,
        "value": figure and _amount(figure.value),
        "numerator": figure and _maybe_amount(figure.numerator),
        "denominator": figure and _maybe_amount(figure.denominator),
        "as_of": figure and iso(figure.as_of),
        "certainty": figure and figure.get_certainty_display(),
        "is_unchanged": update.is_unchanged,
        "explanation": update.explanation,
        "measure": update.measure,
        "expected_on": iso(update.expected_on),
        "submitted_on": iso(update.submitted_on),
        "party": update.party.name,
        "evidence": [piece.as_data() for piece in evidence],
        "links": links,
    }


def agreement_row(agreement: Agreement) -> Row:
    """The agreement itself, and how far each of its years is."""
    return {
        "title": agreement.title,
        "first_year": agreement.first_year,
        "last_year": agreement.last_year,
        "signed_on": iso(agreement.signed_on),
        "years": [
            {"year": s.year, "phase": s.get_phase_display(), "adopted_on": iso(s.adopted_on)}
            for s in agreement.year_slices.all()
        ],
    }


def agenda_row(item: Any) -> Row:
    """One agenda item with what became of it."""
    return {
        "code": item.code,
        "theme": item.theme.code,
        "years": item.years,
        "text": item.text,
        "lead": item.lead.name if item.lead else item.lead_note,
        "provenance": item.provenance,
        "fates": [_fate(fate) for fate in item.fates.all()],
    }


def _fate(fate: Fate) -> Row:
    # A report is public; the commitments of a year that is still a draft are not (product.md, rule 10).
    public = [c.code for c in fate.commitments.all() if c.year_slice.phase in YearSlice.PUBLIC_PHASES]
    return {
        "year": fate.year,
        "fate": fate.get_kind_display(),
        "decided_on": iso(fate.decided_on),
        "to_year": fate.to_year,
        "reason": fate.reason,
        "commitments": public,
        "provenance": fate.provenance,
    }


def signatory_row(answer: Signatory) -> Row:
    """How one party answered the request to sign."""
    return {
        "party": answer.party.name,
        "kind": answer.party.get_kind_display(),
        "outcome": answer.outcome,
        "label": answer.get_outcome_display(),
        "answered_on": iso(answer.answered_on),
        "statement": answer.statement,
        "source": f"{answer.source.title}, {answer.source.publisher}" if answer.source else "",
        "provenance": answer.provenance,
    }


def iso(day: date | None) -> str | None:
    """The day as text; None stays None."""
    return day.isoformat() if day else None


def _amount(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _maybe_amount(value: Decimal | None) -> str | None:
    return None if value is None else _amount(value)
