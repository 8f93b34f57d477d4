"""Who may do what on the road of a jaarschijf, a file per noun."""

from agreements.process.permissions.road import change_phase, lead_road, prepare_year, set_deadlines
from agreements.process.permissions.signing import close_signing

__all__ = ["change_phase", "close_signing", "lead_road", "prepare_year", "set_deadlines"]
