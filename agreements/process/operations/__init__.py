"""Writing what belongs to the road of a jaarschijf, a file per noun."""

from agreements.process.operations.road import (
    add_process_step,
    change_phase,
    prepare_year,
    set_deadlines,
)
from agreements.process.operations.signing import close_signing

__all__ = ["add_process_step", "change_phase", "close_signing", "prepare_year", "set_deadlines"]
