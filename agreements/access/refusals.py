"""How the portal says no. Views raise nothing themselves; rules do, and one middleware answers."""

from collections.abc import Callable
from typing import Any


class Refused(Exception):
    """The person may see the subject but may not do this now. `reason` is a Dutch sentence for the person."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class LoginNeeded(Exception):
    """Raised by @members_only for a visitor without an account; the middleware keeps what was typed."""


def allows(rule: Callable[..., object], *subject: Any, by: Any) -> bool:
    """Ask a rule without being refused: for showing or hiding a button."""
    try:
        rule(*subject, by=by)
    except Refused:
        return False
    return True
