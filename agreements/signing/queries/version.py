"""The kept states of the PDF of a round, for whoever has such a file: which one it is, and what may be said of it.

A file tells itself who signed in it. Until the round is over the portal tells no more than that (rule 10): not what others
answered, and not that a version with one more signature exists. A party that answered without one did not sign.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db import models
from django.db.models import Q
from django.utils import timezone

from agreements.pdf.keys import Trust, trusted_roots
from agreements.pdf.seal import SEAL_FIELD
from agreements.signing.document import LAST_SEAL
from agreements.signing.models import OutsideSignature, Revision, Seat, SigningRound
from agreements.signing.outcome import NUMBERS
from agreements.signing.signer import certificate_in
from agreements.web.formats import dutch_date

Outcome = Seat.Outcome
NUMBER = re.compile(r"(JS|PA)-(\d{4})-(\d{1,4})")  # as document.number_of writes it
SCOPES = {"JS": SigningRound.Scope.YEAR, "PA": SigningRound.Scope.AGREEMENT}
SEALS = {
    SEAL_FIELD: "het vak voor het zegel op de tekst",
    LAST_SEAL: "het vak voor het zegel bij het sluiten",
}


@dataclass(frozen=True)
class Version:
    """A state of the PDF of a round. `filled`: the places whose field is filled in it; `seats`: all."""

    revision: Revision
    round: SigningRound
    seats: tuple[Seat, ...]
    filled: tuple[Seat, ...]

    @property
    def signed(self) -> list[Seat]:
        """The parties whose own signature is in this file."""
        return [seat for seat in self.filled if seat.is_in_document]

    @property
    def newer(self) -> Revision | None:
        """The newest version, when that is another one and everyone may know; more than a renewed time stamp."""
        written = [one for one in self.round.revisions.all() if not one.is_renewal]
        newest = written[-1] if written and self.round.is_over else None
        return newest if newest and newest.number > self.revision.number else None

    @property
    def renewals(self) -> list[tuple[Revision, bool]]:
        """Every renewal of the proof, oldest first, and whether this version is from before it."""
        renewed = [one for one in self.round.revisions.all() if one.is_renewal]
        return [(one, self.revision.number < one.number) for one in renewed]

    @property
    def next_round(self) -> SigningRound | None:
        """A later round of the same jaarschijf, on a text that took the place of this one."""
        later = SigningRound.objects.filter(year_slice=self.round.year_slice_id, number__gt=self.round.number)
        return later.exclude(document_sha256="").order_by("number").last()

    @property
    def in_words(self) -> str:
        """Which version it is, in Dutch."""
        day = dutch_date(timezone.localtime(self.revision.made_at).date())
        if self.round.state == SigningRound.State.CLOSED and not self.newer:
            return f"Het is precies het document waarmee de gemeente de ondertekening sloot. {self.round.outcome}"
        if not self.signed:
            return f"Het is precies de tekst die partijen tekenen, zoals de gemeente die op {day} vastlegde. Er staat nog geen handtekening van een partij in."
        number = len(self.signed)
        few = NUMBERS[number] if number < len(NUMBERS) else str(number)
        return f"Het is precies de versie van {day}, met {few} van de {len(self.seats)} handtekeningen."

    def place_of(self, field: str) -> str:
        """Of whom a signature field is, in Dutch."""
        seat = next((one for one in self.seats if one.field == field), None)
        if seat:
            return f"het vak van {seat.party.name}"
        return SEALS.get(field, "een vak dat niet van een partij is")

    def trust(self) -> Trust:
        """Our own roots, and the certificates with which parties signed in this version, each in its own field only."""
        owners = {seat.field: certificate_in(seat.certificate) for seat in self.signed if seat.certificate}
        return replace(trusted_roots(), owners=owners)


@dataclass(frozen=True)
class Place:
    """What may be said of a party and this file. `kind` is as in ShownSeat, or "absent"."""

    seat: Seat
    kind: str
    sentences: tuple[str, ...]


def revisions() -> models.QuerySet[Revision]:
    """Every kept state of every round."""
    related = ("round__year_slice__agreement", "round__opened_by")
    return Revision.objects.select_related(*related).defer("round__text")


def public_revisions() -> models.QuerySet[Revision]:
    """Those that everyone can download or has read the fingerprint of."""
    return revisions().filter(Q(number=0) | Q(round__state__in=SigningRound.OVER))


def version_of(revision: Revision) -> Version:
    """All that is known of a kept state."""
    seats = revision.round.seats.select_related("party", "statement").prefetch_related(
        "reminders", "revisions"
    )
    found = tuple(seats)
    filled = tuple(s for s in found if any(r.number <= revision.number for r in s.revisions.all()))
    return Version(revision, revision.round, found, filled)


def named_revision(number: str) -> Revision | None:
    """The newest public state of the document with this number; None when there is none."""
    said = NUMBER.fullmatch(number)
    if not said:
        return None
    prefix, year, count = said.groups()
    found = public_revisions().filter(round__scope=SCOPES[prefix], round__number=int(count))
    return found.filter(round__year_slice__year=int(year)).order_by("number").last()


def brought_from_outside(sha256: str) -> OutsideSignature | None:
    """What a party signed elsewhere, when two civil servants said so and everyone can read it."""
    confirmed = OutsideSignature.objects.filter(
        state=OutsideSignature.State.CONFIRMED,
        outcome=Outcome.SIGNED,
        seat__round__state__in=SigningRound.OVER,
    )
    related = ("seat__party", "seat__round__year_slice__agreement")
    return confirmed.select_related(*related).filter(document__sha256=sha256).first()


def places_in(version: Version) -> list[Place]:
    """Every party that was asked, with what this file says of it; once the round is over, with its answer."""
    return [_place(seat, version) for seat in version.seats]


def _place(seat: Seat, version: Version) -> Place:
    is_told = version.round.is_over or seat in version.filled
    if not is_told or seat.outcome == Outcome.PENDING:
        return Place(seat, "absent", ())
    return Place(seat, seat.outcome, tuple(_told(seat, version)))


def _told(seat: Seat, version: Version) -> Iterator[str]:
    if seat.outcome == Outcome.SILENT:
        yield f"Reageerde niet. Dat kon tot en met {dutch_date(version.round.due_on)}."
        return
    assert seat.answered_on is not None
    answer = "Tekende" if seat.outcome == Outcome.SIGNED else "Tekende niet"
    yield f"{answer} op {dutch_date(seat.answered_on)}. {seat.function}. {seat.proof}."
    if seat.outcome == Outcome.DECLINED:
        yield f"Reden: {seat.reason}"
    if seat.level == Seat.Level.SEAL:
        yield "De gemeente legde dit vast in het document, met haar zegel."
    elif seat.level:
        held = f", met het certificaat van {seat.certificate_holder}" if seat.certificate else ""
        yield f"{seat.get_level_display().capitalize()}{held}."
    if seat not in version.filled:
        yield "Dit staat nog niet in dit bestand, wel in een latere versie."
