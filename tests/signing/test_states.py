"""State of the round x actor x action: the whole table, and nothing outside it."""

import pytest
from django.utils import timezone

from agreements.access.refusals import allows
from agreements.signing import permissions
from agreements.signing.models import Seat, SigningRound
from tests.signing.builders import a_mandate, a_signer, in_phase_signing, seat_of
from tests.world import TODAY, a_closed_signing

State, Outcome = SigningRound.State, Seat.Outcome
COORDINATORS = {"coordinator", "colleague"}
# Who may, when every seat is still open and the last day is not past.
LEADS = {
    ("retry_round", State.FAILED): COORDINATORS,
    ("end_round", State.PREPARING): COORDINATORS,
    ("end_round", State.FAILED): COORDINATORS,
    ("end_round", State.OPEN): COORDINATORS,
    ("end_round", State.CLOSING): COORDINATORS,
}
# Of the seat of Heideveld: by its outcome, in an open round. Everything else is refused.
ANSWERS = {
    ("sign", Outcome.PENDING): {"director", "signer"},
    ("decline", Outcome.PENDING): {"director", "signer"},
    ("sign", Outcome.DECLINED): {"director", "signer"},
    ("decline", Outcome.DECLINED): {"director", "signer"},
    ("delegate", Outcome.PENDING): {"director", "signer"},
    ("note_outside", Outcome.PENDING): COORDINATORS,
    ("note_decline", Outcome.PENDING): COORDINATORS,
}


@pytest.fixture
def cast(world):
    """Everyone of the world; the director has a mandate, and there is a signer of each of two parties."""
    a_mandate(world.heideveld, world.director)
    others = {"signer": a_signer(world.heideveld), "other_signer": a_signer(world.boekweit)}
    return {**world.cast, **others}


@pytest.fixture
def put(world):
    """A function that puts a round without a document in a state."""
    round_ = a_closed_signing(in_phase_signing(world), by=world.coordinator)
    Seat.objects.bulk_create(Seat(round=round_, party=party) for party in (world.heideveld, world.boekweit))

    def put(state: str) -> SigningRound:
        is_over = state in SigningRound.OVER
        over = {"over_on": TODAY if is_over else None, "over_at": timezone.now() if is_over else None}
        over["over_by"] = world.coordinator if is_over else None
        reason = "Daarom." if state == State.ENDED else ""
        asked = {"closing_on": TODAY, "closing_by": world.coordinator, "try_at": timezone.now()}
        SigningRound.objects.filter(pk=round_.pk).update(state=state, reason=reason, **asked, **over)
        return SigningRound.objects.select_related("year_slice").get(pk=round_.pk)

    return put


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("action", ["retry_round", "end_round", "close_round"])
def test_leading_a_round(cast, put, state, action):
    round_ = put(state)
    rule = getattr(permissions, action)
    allowed = {name for name, user in cast.items() if allows(rule, round_, by=user)}
    assert allowed == LEADS.get((action, state), set())


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("outcome", Outcome.values)
@pytest.mark.parametrize("action", ["sign", "decline", "delegate", "note_outside", "note_decline"])
def test_answering(cast, put, world, state, outcome, action):
    seat = seat_of(put(state), "hv")
    seat.outcome = outcome
    rule = getattr(permissions, action)
    allowed = {name for name, user in cast.items() if allows(rule, seat, by=user)}
    expected = ANSWERS.get((action, outcome), set()) if state == State.OPEN else set()
    assert allowed == expected


@pytest.mark.parametrize("state", State.values)
def test_a_word_afterwards(cast, put, world, state):
    seat = seat_of(put(state), "hv")
    allowed = {name for name, user in cast.items() if allows(permissions.add_afterword, seat, by=user)}
    assert allowed == ({"director", "signer"} if state == State.CLOSED else set())


def test_closing_is_tried_again_by_hand_once_it_went_wrong(cast, put, world):
    round_ = put(State.CLOSING)
    round_.failure = "Er is geen zegel."
    assert {n for n, user in cast.items() if allows(permissions.retry_round, round_, by=user)} == COORDINATORS


def test_closing_waits_for_all_or_for_the_day_after_the_last(cast, put, world, settings):
    round_ = put(State.OPEN)
    assert not allows(permissions.close_round, round_, by=world.coordinator)
    settings.TODAY = TODAY.replace(day=TODAY.day + 1)
    allowed = {name for name, user in cast.items() if allows(permissions.close_round, round_, by=user)}
    assert allowed == COORDINATORS


def test_opening_while_one_lives_is_refused(cast, put, world):
    for state in State.values:
        may = allows(permissions.open_round, put(state).year_slice, by=world.coordinator)
        assert may == (state in SigningRound.OVER), state
