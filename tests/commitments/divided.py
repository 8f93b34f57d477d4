"""A joint commitment for tests: 120 homes, of which Heideveld does 70 and De Boekweit 50."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from agreements.accounts.models import User
from agreements.commitments.models import Commitment, Indicator
from agreements.commitments.operations import draft_commitment
from agreements.progress.models import Claim, ProgressUpdate, ReportingRound
from agreements.progress.operations import submit_progress
from tests.world import SIGNED, TODAY, World, an_indicator, at_least


def a_joint(world: World, *, code: str = "17-05", year: int = 2017, **fields: Any) -> Commitment:
    """Coordinated by the municipality; adopted in 2017, a draft in 2018."""
    year_slice = world.agreement.year_slices.get(year=year)
    usual = {
        "kind": "hard",
        "title": "Samen 120 woningen opleveren",
        "text": "Heideveld en De Boekweit leveren samen 120 woningen op.",
        "theme": world.homes.theme,
        "lead": world.municipality,
        "deadline": date(year, 12, 31),
        "provenance": "own",
        "order": 5,
        "target": at_least(120, counted()),
        "plan": [(date(year, 9, 30), Decimal(80))],
        "division": [(world.heideveld, Decimal(70)), (world.boekweit, Decimal(50))],
    }
    return draft_commitment(year_slice, by=None, on=SIGNED, code=code, **{**usual, **fields})


def counted() -> Indicator:
    return Indicator.objects.filter(key="samen").first() or an_indicator("samen")


def part(letter: str, joint: str = "17-05") -> Commitment:
    """The part of Heideveld is a, that of De Boekweit b; as it is now."""
    return Commitment.objects.with_everything().get(code=f"{joint}{letter}")


def whole(code: str = "17-05") -> Commitment:
    """The joint commitment as it is now."""
    return Commitment.objects.with_everything().get(code=code)


def report(
    letter: str, value: int, *, by: User, round: ReportingRound, status: str = "on_track", on: date = TODAY
) -> ProgressUpdate:
    """Progress on a part."""
    measure = "Een tweede ploeg begint." if status in ("at_risk", "behind") else ""
    claim = Claim(
        status=status, value=Decimal(value), explanation="Zo ging het.", measure=measure, reason="Beter."
    )
    return submit_progress(part(letter), by=by, on=on, round=round, key=uuid4(), claim=claim)
