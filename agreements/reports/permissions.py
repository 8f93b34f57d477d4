"""Who may make, read, publish and withdraw reports. Same names as the operations they guard."""

from typing import Any

from agreements.access.refusals import Refused
from agreements.parties.models import Mandate, Party, Role
from agreements.parties.queries import mandate_of, standing_of
from agreements.reports.models import Report
from agreements.web.dates import today
from agreements.web.formats import dutch_date

# Who speaks for a party about a draft: the same people who report, sign or sit on its board.
COMMENTERS = (Role.REPORTER, Role.SIGNATORY, Role.REVIEWER)


def create_report(*, by: Any) -> None:
    """The municipality reports to the council; nobody else does it in its name."""
    if not standing_of(by).is_coordinator:
        raise Refused("Alleen coördinatoren van de gemeente mogen een rapportage voor de raad maken.")


def retry_report(report: Report, *, by: Any) -> None:
    """A failed or stalled report may be tried again by a coordinator."""
    create_report(by=by)
    if report.state != Report.State.FAILED and not report.is_stalled:
        raise Refused("Deze rapportage hoeft niet opnieuw te worden gemaakt.")


def cancel_report(report: Report, *, by: Any) -> None:
    """A coordinator stops what is being made, or puts away a draft. What is public is withdrawn, not stopped."""
    create_report(by=by)
    _must_lead_to(report, Report.State.CANCELLED, "worden gestopt")


def share_report(report: Report, *, by: Any) -> None:
    """A coordinator lays a draft before the parties; a later day may be given while it lies there."""
    create_report(by=by)
    if report.state != Report.State.READY:
        raise Refused(f"Alleen een concept mag naar de partijen. De stand is: {_state(report)}.")
    if report.awaits_signature:
        raise Refused(
            "Voor dit concept is al een handtekening gevraagd. Het gaat niet meer naar de partijen."
        )


def commenter_for(report: Report, *, by: Any) -> Party:
    """The party for which this person comments on the draft; Refused when there is none."""
    for membership in standing_of(by).memberships:
        if membership.role in COMMENTERS:
            return membership.party
    raise Refused(
        "Alleen wie voor een partij cijfers doorgeeft, tekent of in het bestuur zit, mag op een concept reageren."
    )


def comment_on_report(report: Report, *, by: Any) -> None:
    """A party, while the draft lies before the parties and the day has not passed."""
    commenter_for(report, by=by)
    if not report.is_shared or report.comments_due_on is None:
        raise Refused("Op deze rapportage kunt u niet (meer) reageren.")
    if today() > report.comments_due_on:
        raise Refused(f"Reageren kon tot en met {dutch_date(report.comments_due_on)}.")


def publish_report(report: Report, *, by: Any) -> None:
    """Another coordinator than the one who made it publishes what is ready, once, after the days for comment."""
    create_report(by=by)
    _must_lead_to(report, Report.State.PUBLISHED, "worden gepubliceerd")
    if report.created_by_id == by.pk:
        raise Refused(
            "U maakte deze rapportage zelf. Een andere coördinator kijkt haar na en publiceert haar."
        )
    if report.comments_due_on and today() <= report.comments_due_on:
        raise Refused(f"De partijen mogen nog reageren tot en met {dutch_date(report.comments_due_on)}.")
    if report.awaits_signature:
        raise Refused(
            "Deze rapportage wacht op de handtekening van een wethouder. Daarna is zij gepubliceerd."
        )


def ask_signature(report: Report, *, by: Any) -> None:
    """Who could publish now may first ask an alderman to sign."""
    publish_report(report, by=by)
    if report.kind == Report.Kind.COUNCIL:
        raise Refused("Een samenvatting van één pagina heeft geen plaats voor een handtekening.")


def drop_signature(report: Report, *, by: Any) -> None:
    """A coordinator may still publish without the signature that was asked."""
    create_report(by=by)
    if report.state != Report.State.READY or not report.awaits_signature:
        raise Refused("Er wordt nu geen handtekening gevraagd voor deze rapportage.")


def sign_report(report: Report, *, by: Any) -> Mandate:
    """Who has a mandate of the municipality signs a report for which that was asked. Returns the mandate."""
    municipality = Party.objects.get(kind=Party.Kind.MUNICIPALITY)
    mandate = mandate_of(by, municipality, today())
    if mandate is None:
        raise Refused("Alleen wie een mandaat van de gemeente heeft, mag een rapportage tekenen.")
    if report.state != Report.State.READY or not report.awaits_signature:
        raise Refused("U kunt deze rapportage nu niet tekenen.")
    return mandate


def withdraw_report(report: Report, *, by: Any) -> None:
    """A coordinator takes back what is public; a stone with the reason stays."""
    create_report(by=by)
    _must_lead_to(report, Report.State.WITHDRAWN, "worden ingetrokken")


def correct_report(report: Report, *, by: Any) -> None:
    """A coordinator makes a better one of what was published and has no better one yet."""
    create_report(by=by)
    if not report.was_published:
        raise Refused("Alleen een gepubliceerde rapportage krijgt een verbetering. Maak een nieuw concept.")
    newer = report.corrections.exclude(state__in=[Report.State.CANCELLED, Report.State.FAILED]).first()
    if newer:
        raise Refused(f"Er is al een verbetering van deze rapportage: {newer.number}.")


def _must_lead_to(report: Report, state: Report.State, action: str) -> None:
    if state not in Report.TRANSITIONS[Report.State(report.state)]:
        raise Refused(f"Deze rapportage kan nu niet {action}. De stand is: {_state(report)}.")


def _state(report: Report) -> str:
    return report.get_state_display()
