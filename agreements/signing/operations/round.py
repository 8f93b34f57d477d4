"""Opening and ending a round, and making its document."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from agreements.accounts.models import User
from agreements.agreement.models import YearSlice
from agreements.agreement.operations import hold_phase
from agreements.documents import store
from agreements.documents.models import Evidence, Visibility
from agreements.history.operations import record
from agreements.parties.models import Party
from agreements.pdf.keys import SealUnavailable, load_seal
from agreements.pdf.render import RenderedPdf, RenderFailed
from agreements.pdf.seal import seal_pdf
from agreements.signing import document, permissions, text
from agreements.signing.models import OutsideSignature, Revision, Seat, SigningRound
from agreements.web.formats import dutch_date

State = SigningRound.State


@transaction.atomic
def open_round(
    year_slice: YearSlice,
    *,
    by: User,
    on: date,
    due_on: date,
    parties: Sequence[Party],
    is_municipality_last: bool = False,
    scope: str = SigningRound.Scope.YEAR,
) -> SigningRound:
    """Freeze the text and ask these parties to sign it; the worker makes the document. Returned in PREPARING.

    ValidationError when the last day is past, when the municipality is not among the parties, or when an agreement
    that was signed would be signed as a whole again.
    """
    current, is_whole = hold_phase(year_slice), scope == SigningRound.Scope.AGREEMENT
    permissions.open_round(current, by=by)
    _check_round(on, due_on, parties)
    _check_scope(current, is_whole)
    number = current.signing_rounds.count() + 1
    frozen = text.take(
        current, number=number, opened_on=on, due_on=due_on, parties=parties, is_whole=is_whole
    )
    written, sha256 = text.canonical(frozen)
    round_ = SigningRound.objects.create(
        year_slice=current,
        number=number,
        scope=scope,
        due_on=due_on,
        is_municipality_last=is_municipality_last,
        text=written,
        text_sha256=sha256,
        is_example=frozen["is_example"],
        opened_on=on,
        opened_by=by,
    )
    Seat.objects.bulk_create(Seat(round=round_, party=party) for party in parties)
    _record_opening(round_, parties)
    render_document.enqueue(round_.pk)
    return round_


def _record_opening(round_: SigningRound, parties: Sequence[Party]) -> None:
    sentence = f"{round_} geopend. Partijen antwoorden uiterlijk {dutch_date(round_.due_on)}."
    data = {"text": round_.text_sha256, "parties": [party.key for party in parties]}
    record(
        "signing.round_opened",
        round_,
        by=round_.opened_by,
        on=round_.opened_on,
        sentence=sentence,
        data=data,
    )


def _check_round(on: date, due_on: date, parties: Sequence[Party]) -> None:
    if due_on < on:
        raise ValidationError({"due_on": "Deze dag is al voorbij. Kies een latere dag."})
    if not any(party.kind == Party.Kind.MUNICIPALITY for party in parties):
        raise ValidationError({"parties": "Kies ook de gemeente: zij is zelf een van de partijen."})


def _check_scope(year_slice: YearSlice, is_whole: bool) -> None:
    signed_on = year_slice.agreement.signed_on
    if is_whole and signed_on:
        raise ValidationError(
            {"scope": f"Deze prestatieafspraken zijn als geheel al getekend, op {dutch_date(signed_on)}."}
        )


@transaction.atomic
def retry_round(round_: SigningRound, *, by: User, on: date) -> SigningRound:
    """Make the document again, from the same frozen text; or try now to close the round."""
    round_ = held_round(round_)
    permissions.retry_round(round_, by=by)
    if round_.is_waiting:
        return _close_now(round_, by=by, on=on)
    round_.state, round_.failure, round_.heartbeat_at = State.PREPARING, "", timezone.now()
    round_.save(update_fields=["state", "failure", "heartbeat_at"])
    record("signing.retried", round_, by=by, on=on, sentence=f"Het document van {round_} opnieuw gestart.")
    render_document.enqueue(round_.pk)
    return round_


def _close_now(round_: SigningRound, *, by: User, on: date) -> SigningRound:
    round_.try_at = timezone.now()  # the worker looks every few seconds
    round_.save(update_fields=["try_at"])
    record("signing.retried", round_, by=by, on=on, sentence=f"Het sluiten van {round_} opnieuw gestart.")
    return round_


@transaction.atomic
def end_round(round_: SigningRound, *, by: User, on: date, reason: str) -> SigningRound:
    """End a round without a result, so that the text can change. What was answered stays, and becomes public."""
    round_ = held_round(round_)
    permissions.end_round(round_, by=by)
    round_.state, round_.reason = State.ENDED, reason
    round_.over_on, round_.over_at, round_.over_by = on, timezone.now(), by
    round_.save(update_fields=["state", "reason", "over_on", "over_at", "over_by"])
    publish_statements(round_)
    record("signing.round_ended", round_, by=by, on=on, sentence=f"{round_} beëindigd.", why=reason)
    return round_


def publish_statements(round_: SigningRound) -> None:
    """What a party that declined added becomes public with its answer; what it signed on paper the parties may open."""
    declined = Seat.objects.filter(round=round_, outcome=Seat.Outcome.DECLINED)
    Evidence.objects.filter(pk__in=declined.values("statement")).update(visibility=Visibility.PUBLIC)
    confirmed = OutsideSignature.objects.filter(
        seat__round=round_, state=OutsideSignature.State.CONFIRMED, outcome=Seat.Outcome.SIGNED
    )
    Evidence.objects.filter(pk__in=confirmed.values("document")).update(visibility=Visibility.PARTIES)


def held_round(round_: SigningRound) -> SigningRound:
    """The round as it is now, locked until commit: answers get into the PDF one after the other."""
    rounds = SigningRound.objects.select_for_update(of=("self",)).select_related("year_slice__agreement")
    return rounds.get(pk=round_.pk)


def held_seat(seat: Seat) -> Seat:
    """The place of a party as it is now, in a round that is locked until commit."""
    round_ = held_round(seat.round)
    found = Seat.objects.select_related("party", "statement").get(pk=seat.pk)
    found.round = round_
    return found


def add_revision(round_: SigningRound, data: bytes, *, seat: Seat | None = None) -> Revision:
    """Keep the PDF as it is now. The file is on disk before a row points at it, so that a crash loses nothing."""
    number, sha256 = round_.revisions.count(), store.keep(data)
    return Revision.objects.create(round=round_, number=number, seat=seat, sha256=sha256, size=len(data))


@task()
def render_document(round_id: int) -> None:
    """Make and seal the PDF, in the worker. Doing it twice is harmless: only a round in PREPARING takes the result."""
    round_ = SigningRound.objects.get(pk=round_id)
    if round_.state != State.PREPARING:
        return
    note_life(round_)
    try:
        rendered = document.render(round_.content(), on_progress=lambda page: note_life(round_))
        reason = f"Tekst van {round_}"
        sealed = seal_pdf(rendered.data, seal=load_seal(), reason=reason)
    except (RenderFailed, SealUnavailable) as failure:
        waiting = SigningRound.objects.filter(pk=round_id, state=State.PREPARING)
        waiting.update(state=State.FAILED, failure=failure.reason[:300])
        return
    _start(round_, rendered, sealed)


def note_life(round_: SigningRound) -> None:
    """Tell whoever waits that the worker is busy with it."""
    SigningRound.objects.filter(pk=round_.pk).update(heartbeat_at=timezone.now())


@transaction.atomic
def _start(round_: SigningRound, rendered: RenderedPdf, sealed: bytes) -> None:
    round_ = held_round(round_)
    if round_.state != State.PREPARING:  # a second worker, or ended meanwhile
        return
    first = add_revision(round_, sealed)
    round_.state, round_.document_sha256, round_.pages = State.OPEN, first.sha256, rendered.pages
    round_.save(update_fields=["state", "document_sha256", "pages"])
    sentence = f"Het document van {round_} ligt klaar. Partijen kunnen antwoorden."
    data = {"sha256": first.sha256}
    record(
        "signing.document_ready",
        round_,
        by=round_.opened_by,
        on=round_.opened_on,
        sentence=sentence,
        data=data,
    )
