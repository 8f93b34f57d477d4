"""Reads the rows back from the database, so that a fingerprint proves what is there and not what was meant."""

from collections.abc import Iterator

from agreements.agreement.models import Theme
from agreements.commitments.models import Commitment, Indicator
from agreements.parties.models import Party
from agreements.progress.models import ProgressUpdate
from bench.rows import Row


def read_back() -> Iterator[Row]:
    """What stands in the database, in the shape and order of `rows.rows`."""
    for party in Party.objects.order_by("order"):
        yield {"kind": "party", "key": party.key, "name": party.name, "side": party.kind}
    counted = Indicator.objects.in_bulk(field_name="key")
    for theme in Theme.objects.order_by("order"):
        indicator = counted[f"meting-{theme.code.lower()}"]
        names = {"indicator": indicator.name, "unit": indicator.unit}
        yield {"kind": "theme", "code": theme.code, "name": theme.name, **names}
    for commitment in Commitment.objects.with_everything().order_by("order"):
        yield _commitment(commitment)
    updates = ProgressUpdate.objects.select_related("commitment", "round", "measurement")
    for update in updates.order_by("commitment__order", "number"):
        yield _update(update)


def _commitment(commitment: Commitment) -> Row:
    return {
        "kind": "commitment",
        "code": commitment.code,
        "theme": commitment.theme.code,
        "lead": commitment.lead.key,
        "title": commitment.title,
        "text": commitment.text,
        "deadline": str(commitment.deadline),
        "target": int(commitment.target.value),
    }


def _update(update: ProgressUpdate) -> Row:
    return {
        "kind": "update",
        "commitment": update.commitment.code,
        "number": update.number,
        "as_of": str(update.round.as_of),
        "status": update.status,
        "value": int(update.measurement.value),
        "explanation": update.explanation,
        "measure": update.measure,
    }
