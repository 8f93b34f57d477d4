"""Signing and declining."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agreements.access.refusals import Refused
from agreements.accounts.models import User
from agreements.accounts.second_factor import Proof
from agreements.documents import store
from agreements.documents.models import Evidence
from agreements.documents.operations import attach_evidence
from agreements.history.operations import record
from agreements.parties.models import Mandate
from agreements.pdf.keys import SealUnavailable
from agreements.pdf.sign import sign_field
from agreements.pdf.verify import is_signed_on_top
from agreements.signing import permissions
from agreements.signing.models import Afterword, Seat
from agreements.signing.operations.round import add_revision, held_seat
from agreements.signing.queries import last_revision, trust_of
from agreements.signing.signer import Means, signer_of


@transaction.atomic
def sign(seat: Seat, *, by: User, on: date, proof: Proof) -> Seat:
    """Put the signature of a party in its own field of the PDF.

    The round is locked: who signs in the same second waits a moment and signs the file with the other signature in
    it. The new file is on disk before its row, and row, answer and event are one transaction: either all is there or
    nothing. The same form sent twice signs once. ValidationError when no certificate can be issued now; Refused
    without a fresh second factor.
    """
    seat = held_seat(seat)
    if seat.outcome == Seat.Outcome.SIGNED and seat.answered_by_id == by.pk:
        return seat
    mandate = permissions.sign(seat, by=by)
    _check_proof(proof)
    _write(seat, Seat.Outcome.SIGNED, mandate, by=by, on=on)
    signed = _signed_pdf(seat)
    seat.save()
    add_revision(seat.round, signed, seat=seat)
    _record(seat, proof, by=by, on=on)
    return seat


@transaction.atomic
def decline(
    seat: Seat, *, by: User, on: date, proof: Proof, reason: str, statement: Evidence | None = None
) -> Seat:
    """Say that a party does not sign, and why. It can be changed until the round is over; then it becomes public.

    The municipality writes it in the party's field of the PDF when it closes the round.
    """
    seat = held_seat(seat)
    mandate = permissions.decline(seat, by=by)
    _check_proof(proof)
    _write(seat, Seat.Outcome.DECLINED, mandate, by=by, on=on)
    seat.reason, seat.statement, seat.level = reason, statement, ""
    seat.save()
    if statement and statement.attached_on is None:
        attach_evidence([statement], on=on)
    _record(seat, proof, by=by, on=on)
    return seat


@transaction.atomic
def add_afterword(seat: Seat, *, by: User, on: date, text: str) -> Afterword:
    """Put a dated statement of the party beside its answer, which stays as it is. The same text twice is one."""
    seat = held_seat(seat)
    mandate = permissions.add_afterword(seat, by=by)
    same = seat.afterwords.filter(text=text, made_on=on).first()
    if same:
        return same
    made = Afterword.objects.create(seat=seat, text=text, function=mandate.function, made_on=on, made_by=by)
    sentence = f"{seat.party.name} gaf een verklaring bij het eigen antwoord."
    record("signing.afterword_added", seat.round, by=by, on=on, party=seat.party, sentence=sentence, why=text)
    return made


def _check_proof(proof: Proof) -> None:
    if not proof.is_fresh:
        raise Refused("U bevestigde langer dan vijf minuten geleden dat u het bent. Doe dat opnieuw.")


def _write(seat: Seat, outcome: str, mandate: Mandate, *, by: User, on: date) -> None:
    seat.outcome, seat.mandate = outcome, mandate
    seat.function, seat.proof = mandate.function, mandate.proof
    seat.answered_on, seat.answered_at, seat.answered_by = on, timezone.now(), by


def _signed_pdf(seat: Seat) -> bytes:
    before = store.read(last_revision(seat.round).sha256)
    try:
        signed = _with_signature(before, seat)
    except SealUnavailable as error:
        raise ValidationError(f"Tekenen lukt nu niet. {error.reason} Uw antwoord is niet bewaard.") from error
    if not is_signed_on_top(signed, before=before, field=seat.field, trust=trust_of([seat])):
        raise ValidationError(
            "De handtekening klopt niet bij het nakijken. Uw antwoord is niet bewaard. Meld dit aan de beheerder."
        )
    return signed


def _with_signature(before: bytes, seat: Seat) -> bytes:
    """The PDF with the signature of the party; what it signed with is put in the seat."""
    with signer_of(seat) as (signer, means, certificate):
        seat.level, seat.certificate = means.level, certificate
        return sign_field(
            before,
            field=seat.field,
            signer=signer,
            name=f"{seat.function}, {seat.party.name}",
            reason=f"{means.level_in_words.capitalize()}: {seat.round}",
            lines=_lines(seat, means),
        )


def _lines(seat: Seat, means: Means) -> list[str]:
    moment = timezone.localtime(seat.answered_at)  # the real clock, also in the demo
    return [
        f"Getekend namens {seat.party.name}",
        f"{seat.function}. {seat.proof}",
        f"{means.level_in_words.capitalize()} op {moment:%d-%m-%Y, %H.%M} uur",
        f"Certificaat: {means.in_words}",
    ]


def _record(seat: Seat, proof: Proof, *, by: User, on: date) -> None:
    # Which answer it was, the parties learn when the round is over (rule 10); the fingerprint proves it then.
    data = {"fingerprint": seat.fingerprint(), "second_factor": proof.method}
    record(
        "signing.answered",
        seat.round,
        by=by,
        on=on,
        party=seat.party,
        sentence=f"{seat.party.name} heeft geantwoord.",
        data=data,
    )
