"""Colleagues press the button at the same moment. On PostgreSQL they really run side by side."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from agreements.commitments.models import Commitment
from agreements.history.models import Event
from agreements.history.queries import broken_links
from agreements.progress.models import Claim, Draft, ProgressUpdate
from agreements.progress.operations import (
    Answer,
    approve_progress,
    close_round,
    save_draft,
    save_sheet,
    send_back_draft,
    submit_sheet,
)
from tests.attack.test_at_once import at_once
from tests.progress.sheets import STORY, a_coworker, an_offer, many
from tests.world import TODAY

pytestmark = pytest.mark.django_db(transaction=True)
CLAIM = Claim(status="on_track", explanation=STORY, value=Decimal(5))


def tried(job):
    """The job, with a refusal as what it returns."""

    def run():
        try:
            return job()
        except ValidationError as error:
            return error

    return run


def rows(commitments, *, is_for_sending: bool = True) -> list[Answer]:
    claim = CLAIM if is_for_sending else None
    return [
        Answer(c, key=uuid4(), seen=0, version=0, answers={"value": "5"}, claim=claim) for c in commitments
    ]


def test_two_colleagues_send_the_same_sheet_and_one_is_told(world):
    commitments, other = many(world, 6), a_coworker(world)

    def send(by, order):
        given = {"by": by, "on": TODAY, "round": world.round, "rows": rows(order)}
        return tried(lambda: submit_sheet(world.heideveld, **given))

    answers = at_once(send(world.reporter, commitments), send(other, commitments[::-1]))
    assert sorted(map(type, answers), key=str) == sorted([int, ValidationError], key=str)
    refused = next(answer for answer in answers if isinstance(answer, ValidationError))
    assert set(refused.error_dict) == {c.code for c in commitments}, "each row says who was first"
    assert ProgressUpdate.objects.count() == 6
    assert list(broken_links()) == []


def test_two_colleagues_keep_one_concept_and_nothing_is_lost(world):
    other = a_coworker(world)

    def keep(by, text):
        given = {"by": by, "on": TODAY, "round": world.round, "answers": {"value": text}, "version": 0}
        return tried(lambda: save_draft(world.homes, **given))

    answers = at_once(keep(world.reporter, "51"), keep(other, "52"))
    kept = [answer for answer in answers if isinstance(answer, Draft)]
    assert len(kept) == 1
    assert Draft.objects.get().answers == kept[0].answers


def test_two_sheets_in_another_order_never_wait_in_a_circle(world):
    commitments, other = many(world, 8), a_coworker(world)

    def keep(by, order):
        given = {"by": by, "on": TODAY, "round": world.round, "rows": rows(order, is_for_sending=False)}
        return tried(lambda: save_sheet(world.heideveld, **given))

    answers = at_once(keep(world.reporter, commitments), keep(other, commitments[::-1]))
    assert sorted(map(type, answers), key=str) == sorted([int, ValidationError], key=str)
    assert Draft.objects.count() == 8


def test_a_round_that_closes_takes_the_whole_sheet_or_nothing(world):
    commitments = many(world, 6)
    given = {"by": world.reporter, "on": TODAY, "round": world.round, "rows": rows(commitments)}
    sent, _ = at_once(
        tried(lambda: submit_sheet(world.heideveld, **given)),
        tried(lambda: close_round(world.round, by=world.coordinator, on=TODAY)),
    )
    silent = Event.objects.get(verb="progress.round_closed").data["silent"]
    number = ProgressUpdate.objects.count()
    assert number == (6 if sent == 6 else 0)
    assert len([code for code in silent if code in {c.code for c in commitments}]) == 6 - number
    statuses = set(
        Commitment.objects.filter(pk__in=[c.pk for c in commitments]).values_list("status", flat=True)
    )
    assert statuses == {"on_track" if number else "no_data"}


def test_approved_and_sent_back_at_once_is_one_of_the_two(world):
    draft = an_offer(world, key=uuid4(), claim=CLAIM)
    seen = Draft.objects.select_related("commitment", "round", "party").get(pk=draft.pk)
    approved, back = at_once(
        tried(lambda: approve_progress([seen], by=world.director, on=TODAY, versions={seen.pk: 1})),
        tried(lambda: send_back_draft(seen, by=world.director, on=TODAY, version=1, remark="Tel opnieuw.")),
    )
    assert isinstance(approved, list) != isinstance(back, Draft)
    assert ProgressUpdate.objects.count() + Draft.objects.count() == 1
