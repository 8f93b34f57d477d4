"""Who sees what became of mail. A message itself is only for whom it was made."""

from typing import Any

from agreements.access.refusals import Refused
from agreements.notifications.models import Mail
from agreements.parties.models import Role
from agreements.parties.queries import standing_of


def read_post(*, by: Any) -> None:
    """Coordinators and the application manager: they know the right address."""
    standing = standing_of(by)
    if not (standing.is_coordinator or standing.has(Role.MANAGER)):
        raise Refused("Alleen coördinatoren en de applicatiebeheerder mogen zien welke mail niet is bezorgd.")


def retry_mail(mail: Mail, *, by: Any) -> None:
    """What was refused for good may be tried once more."""
    read_post(by=by)
    if mail.failed_at is None:
        raise Refused("Deze mail is niet geweigerd. U hoeft hem niet opnieuw te sturen.")


def read_mail(*, by: Any, is_real: bool) -> None:
    """The text of somebody's mail: only where nothing is really sent, because it may open an account."""
    read_post(by=by)
    if is_real:
        raise Refused("De tekst van een mail is alleen voor wie hem krijgt.")
