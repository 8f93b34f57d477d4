"""Everybody signs in the same second: all end up in one PDF, none lost, none invalid.

On PostgreSQL they really run side by side; SQLite lets them in one by one.
"""

import pytest
from django.db import connection

from agreements.access.refusals import Refused
from agreements.agreement.models import YearSlice
from agreements.documents import store
from agreements.history.models import Event
from agreements.history.queries import broken_links
from agreements.pdf.keys import trusted_roots
from agreements.pdf.verify import verify_pdf
from agreements.process.operations import close_signing
from agreements.signing.models import Revision, Seat
from agreements.signing.operations import decline, end_round, sign
from agreements.signing.operations import round as round_operations
from tests.commitments.test_amend_at_once import at_once
from tests.signing.builders import a_proof, a_signer, seat_of
from tests.world import TODAY

pytestmark = pytest.mark.django_db(transaction=True)
KEYS = ("gh", "hv", "bw", "hrh")
REASON = "Er is te weinig geregeld over de huurprijs."


def signing(round_, key, user=None):
    seat = seat_of(round_, key)
    user = user or a_signer(seat.party)
    return lambda: sign(seat, by=user, on=TODAY, proof=a_proof())


def test_of_four_parties_at_once_all_are_in_the_document(round_):
    outcomes = at_once(*(signing(round_, key) for key in KEYS))
    assert [seat.outcome for seat in outcomes] == ["signed"] * 4
    assert Revision.objects.count() == 5
    data = store.read(round_.revisions.last().sha256)
    verdict = verify_pdf(data, trust=trusted_roots())
    assert verdict.is_genuine
    fields = {one.field for one in verdict.signatures}
    assert fields == {"zegel", *(f"partij-{key}" for key in KEYS)}
    assert Event.objects.filter(verb="signing.answered").count() == 4
    assert list(broken_links()) == []


def test_one_person_who_clicks_often_signs_once(round_):
    user = a_signer(seat_of(round_, "hv").party)
    outcomes = at_once(*(signing(round_, "hv", user) for _ in range(6)))
    assert {seat.pk for seat in outcomes} == {seat_of(round_, "hv").pk}
    assert Revision.objects.count() == 2
    assert Event.objects.filter(verb="signing.answered").count() == 1


def test_signing_and_declining_for_one_party_end_in_one_answer(round_):
    user = a_signer(seat_of(round_, "hv").party)
    given = {"by": user, "on": TODAY, "proof": a_proof(), "reason": REASON}
    at_once(signing(round_, "hv", user), lambda: decline(seat_of(round_, "hv"), **given))
    seat = seat_of(round_, "hv")
    assert seat.outcome == "signed", "a decline before it becomes a signature, one after it is refused"
    assert seat.revisions.count() == 1


def test_who_signs_while_the_round_ends_is_in_or_out(round_, world):
    ending = {"by": world.coordinator, "on": TODAY, "reason": REASON}
    signed, ended = at_once(signing(round_, "hv"), lambda: end_round(round_, **ending))
    assert ended.state == "ended"
    is_in = isinstance(signed, Seat)
    assert is_in or isinstance(signed, Refused)
    assert seat_of(round_, "hv").outcome == ("signed" if is_in else "pending")
    assert Revision.objects.count() == (2 if is_in else 1)


def test_two_coordinators_close_once(round_, world):
    for key in KEYS:
        signing(round_, key)()
    closing = [
        lambda by=by: close_signing(round_, by=by, on=TODAY) for by in (world.coordinator, world.colleague)
    ]
    outcomes = at_once(*closing)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Refused", "SigningRound"]
    assert YearSlice.objects.get(year=2018).is_adopted
    assert Event.objects.filter(verb="signing.round_closed").count() == 1


def test_without_the_lock_signatures_are_lost(round_, monkeypatch):
    """The control: who does not wait for the other signs an older file, and the second revision finds its number taken."""

    def unheld(round_):
        return type(round_).objects.select_related("year_slice__agreement").get(pk=round_.pk)

    monkeypatch.setattr(round_operations, "held_round", unheld)
    outcomes = at_once(*(signing(round_, key) for key in KEYS))
    if connection.vendor == "postgresql":
        assert [outcome for outcome in outcomes if not isinstance(outcome, Seat)]
