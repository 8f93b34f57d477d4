"""Who may make and publish reports."""

from typing import Any

from agreements.access.refusals import Refused
from agreements.parties.queries import standing_of
from agreements.reports.models import Report


def create_report(*, by: Any) -> None:
    """The municipality reports to the council; nobody else does it in its name."""
    if not standing_of(by).is_coordinator:
        raise Refused("Alleen coördinatoren van de gemeente maken een rapportage voor de raad.")


def retry_report(report: Report, *, by: Any) -> None:
    """A failed or stalled report may be tried again by a coordinator."""
    create_report(by=by)
    if report.state != Report.State.FAILED and not report.is_stalled:
        raise Refused("Deze rapportage hoeft niet opnieuw te worden gemaakt.")


def publish_report(report: Report, *, by: Any) -> None:
    """A coordinator publishes what is ready, once."""
    create_report(by=by)
    if Report.State.PUBLISHED not in Report.TRANSITIONS[Report.State(report.state)]:
        raise Refused(
            f"Deze rapportage kan nu niet worden gepubliceerd. De stand is: {report.get_state_display()}."
        )
