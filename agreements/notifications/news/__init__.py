"""What an event means, and for whom: the one table from verbs of the history to messages.

A function takes the event and returns `News`, the most pressing first: who would get two of them gets the first. A verb
that is not here is told to nobody.
"""

from collections.abc import Callable

from agreements.history.models import Event
from agreements.notifications.news import asked, commitment, heard, round, signing, year
from agreements.notifications.news.message import News

__all__ = ["News", "news_of"]

TELLERS: dict[str, Callable[[Event], list[News]]] = {
    "progress.round_opened": round.round_opened,
    "progress.round_closed": round.round_closed,
    "progress.window_moved": round.window_moved,
    "progress.reminded": round.reminded,
    "progress.submitted": commitment.progress_submitted,
    "progress.returned": asked.progress_returned,
    "progress.offered": asked.progress_offered,
    "progress.sent_back": asked.progress_sent_back,
    "reports.shared": asked.report_shared,
    "reports.signature_asked": asked.report_to_sign,
    "commitments.drafted": commitment.drafted,
    "commitments.edited": commitment.edited,
    "commitments.withdrawn": commitment.withdrawn,
    "commitments.amendment_proposed": commitment.amendment_proposed,
    "commitments.amendment_answered": commitment.amendment_answered,
    "commitments.amendment_withdrawn": commitment.amendment_withdrawn,
    "commitments.amended": commitment.amended,
    "process.proposal_made": heard.proposal_made,
    "process.proposal_taken_up": heard.proposal_decided,
    "process.proposal_merged": heard.proposal_decided,
    "process.proposal_declined": heard.proposal_decided,
    "process.comment_added": heard.comment_added,
    "process.comment_answered": heard.comment_answered,
    "process.phase_changed": year.phase_changed,
    "signing.document_ready": signing.document_ready,
    "signing.outside_noted": signing.outside_noted,
    "signing.delegated": signing.delegated,
    "signing.reminded": signing.reminded,
    "signing.afterword_added": signing.afterword_added,
    "signing.certificate_ends": signing.certificate_ends,
    "signing.closing_stuck": signing.closing_stuck,
    "signing.round_closed": signing.round_closed,
    "signing.round_ended": signing.round_over,
    "agenda.fate_decided": year.fate_decided,
    "reports.published": year.report_published,
}


def news_of(event: Event) -> list[News]:
    """What this event means for whom; [] when nobody has to hear of it."""
    tell = TELLERS.get(event.verb)
    return tell(event) if tell else []
