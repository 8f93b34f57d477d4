"""The process is killed before every statement of signing, declining and closing: all is there or nothing, and retrying works.

A child really dies (SIGKILL), so nothing is tidied up for it.
"""

import os
import signal
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

from agreements.agreement.models import YearSlice
from agreements.documents import store
from agreements.history.models import Event
from agreements.history.queries import broken_links
from agreements.pdf.keys import trusted_roots
from agreements.pdf.verify import verify_pdf
from agreements.process.operations import close_signing, finish_signing
from agreements.signing.models import SigningRound
from agreements.signing.operations import decline, sign
from tests.signing.builders import a_proof, a_signer, seat_of
from tests.world import TODAY

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "Er is te weinig geregeld over de huurprijs."


def dies(act: Callable[[], Any], *, before: int) -> bool:
    """Do it in a child that kills itself before its n-th statement; whether it died before it was done."""
    child = os.fork()
    if child == 0:
        forget_parent()
        left = iter(range(before, -1, -1))

        def count(execute, *statement):
            if next(left) <= 1:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(*statement)

        with connection.execute_wrapper(count):
            act()
        os._exit(0)
    return os.waitpid(child, 0)[1] != 0


def forget_parent() -> None:
    """The child opens a connection of its own; closing the parent's would end it for the parent too."""
    for one in connections.all():
        one.connection = None
        one.in_atomic_block, one.savepoint_ids, one.atomic_blocks = False, [], []


def at_every_statement(act: Callable[[], Any], check: Callable[[], None], *, step: int = 1) -> int:
    """Kill the act ever later until it gets through; after each death everything must fit. How many deaths."""
    connections.close_all()  # SQLite must not be carried over a fork
    deaths = 0
    while dies(act, before=deaths * step + 1):
        deaths += 1
        check()
        connections.close_all()
        assert deaths < 200
    check()
    return deaths


def fits(round_: SigningRound) -> None:
    """Every signature has its record and every record its signature; nothing else is different."""
    round_ = SigningRound.objects.get(pk=round_.pk)
    revisions = list(round_.revisions.select_related("seat__party"))
    data = store.read(revisions[-1].sha256)
    verdict = verify_pdf(data, trust=trusted_roots())
    assert verdict.is_genuine
    in_file = {one.field for one in verdict.signatures}
    filled = {seat.field for seat in round_.seats.select_related("party") if _is_filled(seat, round_)}
    assert in_file - {"zegel", "slot"} == filled
    assert ("slot" in in_file) == (round_.state == "closed") == YearSlice.objects.get(year=2018).is_adopted
    answered = round_.seats.filter(outcome__in=["signed", "declined"]).count()
    assert Event.objects.filter(verb="signing.answered").count() == answered
    assert list(broken_links()) == []


def _is_filled(seat, round_) -> bool:
    return seat.outcome == "signed" or (round_.state == "closed" and seat.outcome != "pending")


def test_signing(round_):
    seat, user = seat_of(round_, "hv"), a_signer(seat_of(round_, "hv").party)
    deaths = at_every_statement(lambda: sign(seat, by=user, on=TODAY, proof=a_proof()), lambda: fits(round_))
    assert deaths > 8
    assert seat_of(round_, "hv").outcome == "signed"


def test_declining(round_):
    seat, user = seat_of(round_, "hrh"), a_signer(seat_of(round_, "hrh").party)
    given = {"by": user, "on": TODAY, "reason": REASON}
    deaths = at_every_statement(lambda: decline(seat, proof=a_proof(), **given), lambda: fits(round_))
    assert deaths > 6
    assert seat_of(round_, "hrh").outcome == "declined"


def test_closing(round_, world, settings):
    """The worker dies at every statement; when the coordinator asked for it there was no seal yet."""
    for key in ("gh", "hv"):
        seat = seat_of(round_, key)
        sign(seat, by=a_signer(seat.party), on=TODAY, proof=a_proof())
    for key in ("bw", "hrh"):
        seat = seat_of(round_, key)
        decline(seat, by=a_signer(seat.party), on=TODAY, proof=a_proof(), reason=REASON)
    seal, settings.SEAL_P12 = settings.SEAL_P12, settings.VAR / "weg.p12"
    close_signing(round_, by=world.coordinator, on=TODAY)
    settings.SEAL_P12 = seal
    deaths = at_every_statement(lambda: finish_signing.call(round_.pk), lambda: fits(round_), step=8)
    assert deaths > 3
    assert YearSlice.objects.get(year=2018).is_adopted
