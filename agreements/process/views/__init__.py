"""The pages of this slice, a file per noun."""

from agreements.process.views.road import (
    calendar,
    change_phase,
    lineage,
    prepare_year,
    set_deadlines,
)
from agreements.process.views.signing import close_signing

__all__ = ["calendar", "change_phase", "close_signing", "lineage", "prepare_year", "set_deadlines"]
