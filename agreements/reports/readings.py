"""What the other parties said of a figure, for the snapshot of a report: dissent and silence in full (rule 8).

A report is public, so it only holds judgements whose window was closed when it was made (rule 10).
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from agreements.commitments.models import Commitment
from agreements.parties.models import Party
from agreements.progress.models import Assessment, ProgressUpdate, last_day_to_assess
from agreements.progress.queries import silence_counts

PREFETCHED = ("updates__assessments__party", "updates__assessments__given_by", "updates__assessments__answer")


def readings(
    row: Commitment, update: ProgressUpdate, concerned: Iterable[Party], made_on: date
) -> dict[str, Any]:
    """{"until": ISO date, "is_open", "given": [of each party the judgement that stands], "silent": [party]}."""
    until = last_day_to_assess(update)
    if made_on <= until:
        return {"until": until.isoformat(), "is_open": True, "given": [], "silent": []}
    standing: dict[Party, tuple[Assessment, ProgressUpdate]] = {}
    for version in sorted(row.updates.all(), key=lambda version: version.number):
        if version.round_id == update.round_id:
            given = [a for a in version.assessments.all() if a.given_on <= made_on]
            standing |= {assessment.party: (assessment, version) for assessment in given}
    silent = [
        party.name
        for party in concerned
        if party.pk != update.party_id and party not in standing and silence_counts(party, row)
    ]
    in_order = sorted(standing.values(), key=lambda pair: (pair[0].party.order, pair[0].party.name))
    said = [_reading(assessment, version, update, made_on) for assessment, version in in_order]
    return {"until": until.isoformat(), "is_open": False, "given": said, "silent": silent}


def _reading(
    assessment: Assessment, version: ProgressUpdate, update: ProgressUpdate, made_on: date
) -> dict[str, Any]:
    """`of_older_figure` is the day on which the figure it judged was reported, when it was corrected since."""
    answer = assessment.reply
    return {
        "party": assessment.party.name,
        "verdict": assessment.verdict,
        "label": assessment.get_verdict_display(),
        "text": assessment.text,
        "given_on": assessment.given_on.isoformat(),
        "function": assessment.given_by.function,
        "decided_on": assessment.decided_on.isoformat() if assessment.decided_on else None,
        "body": assessment.body,
        "of_older_figure": version.submitted_on.isoformat() if version.pk != update.pk else None,
        "answer": {"text": answer.text, "given_on": answer.given_on.isoformat()}
        if answer and answer.given_on <= made_on
        else None,
    }
