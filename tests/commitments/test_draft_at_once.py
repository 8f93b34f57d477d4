"""Drafting while others draft or adopt: numbers stay unique, circles do not arise, adopted text does not change."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connections, transaction

from agreements.access.refusals import Refused
from agreements.agreement.models import YearSlice
from agreements.commitments.models import Commitment
from agreements.commitments.operations import draft_commitment, edit_commitment, values
from agreements.commitments.queries import next_code
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Let everyone do something at the same moment; "done" or the name of the refusal, in the order given."""
    start = Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> str:
        start.wait(30)
        try:
            deed()
        except (Refused, ValidationError) as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def a_draft(world: World, code: str) -> Commitment:
    return draft_commitment(
        world.draft.year_slice,
        by=world.coordinator,
        on=TODAY,
        code=code,
        theme=world.draft.theme,
        lead=world.heideveld,
        kind="hard",
        title="Titel",
        text="Tekst",
    )


def test_two_who_take_the_same_number_make_one_commitment(world):
    code = next_code(world.draft.year_slice)
    answers = at_once(lambda: a_draft(world, code), lambda: a_draft(world, code))
    assert sorted(answers) == ["ValidationError", "done"]
    assert Commitment.objects.filter(code=code).count() == 1


def wait_for(world: World, waiting: str, other: str) -> Callable[[], object]:
    """A deed: make one commitment wait for another."""
    first, second = (Commitment.objects.get(code=code) for code in (waiting, other))
    changes = {"depends_on": second, "needs": "Dat die klaar is."}
    return lambda: edit_commitment(
        first, by=world.coordinator, on=TODAY, version=first.version, changes=changes
    )


def circles() -> int:
    rows = Commitment.objects.filter(depends_on__isnull=False).select_related("depends_on")
    return sum(row.depends_on.depends_on_id == row.pk for row in rows)


def test_two_who_let_commitments_wait_for_each_other_make_no_circle(world):
    for turn in range(2, 12, 2):
        codes = f"18-{turn:02}", f"18-{turn + 1:02}"
        for code in codes:
            a_draft(world, code)
        there, back = wait_for(world, *codes), wait_for(world, *reversed(codes))
        assert sorted(at_once(there, back)) == ["ValidationError", "done"]
    assert circles() == 0


def test_text_does_not_change_once_the_year_is_adopted(world):
    """Whoever comes first: either the edit is in the adopted text, or it is refused."""

    def adopt() -> None:
        with transaction.atomic():
            year_slice = YearSlice.objects.select_for_update().get(year=2018)
            adopted.append(Commitment.objects.get(pk=world.draft.pk).text)
            year_slice.phase, year_slice.adopted_on = "adopted", TODAY
            year_slice.save()

    def edit() -> None:
        change = {"text": "Een nieuwe tekst."}
        edit_commitment(world.draft, by=world.coordinator, on=TODAY, version=1, changes=change)

    adopted: list[str] = []
    at_once(edit, adopt)
    assert Commitment.objects.get(pk=world.draft.pk).text == adopted[0]


def test_without_the_lock_the_phase_in_hand_decides(world, monkeypatch):
    """The control: the row that the form was made with still says draft, and adopted text changes."""
    monkeypatch.setattr(values, "hold_phase", lambda year_slice: year_slice)
    stale = Commitment.objects.select_related("year_slice").get(pk=world.draft.pk)
    YearSlice.objects.filter(year=2018).update(phase="adopted", adopted_on=TODAY)
    edit_commitment(stale, by=world.coordinator, on=TODAY, version=1, changes={"text": "Te laat."})
    assert Commitment.objects.get(pk=world.draft.pk).text == "Te laat."
