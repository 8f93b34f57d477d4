"""Adopting a jaarschijf: only by closing its signing."""

from datetime import date

from django.db import transaction

from agreements.accounts.models import User
from agreements.agreement.models import YearSlice
from agreements.agreement.operations import hold_phase
from agreements.process import permissions
from agreements.process.operations.road import take_step
from agreements.signing.models import SigningRound
from agreements.signing.operations import close_round


@transaction.atomic
def close_signing(round_: SigningRound, *, by: User, on: date) -> YearSlice:
    """Close the round and adopt the jaarschijf, both or neither. Return the adopted jaarschijf.

    ValidationError with what is missing when a condition of the step is not met, or when there is no seal now.
    """
    current = hold_phase(round_.year_slice)
    permissions.close_signing(round_, by=by)
    close_round(round_, by=by, on=on)
    return take_step(current, YearSlice.Phase.ADOPTED, by=by, on=on)
