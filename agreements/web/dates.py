"""The calendar day on which the portal lives."""

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Today in Amsterdam; in the demo the day it lives on (settings.TODAY).

    For business dates only: due, late, this round. Sessions, signatures and time stamps use the real clock.
    """
    return settings.TODAY or timezone.localdate()
