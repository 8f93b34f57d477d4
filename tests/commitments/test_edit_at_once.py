"""Many people save the same draft at the same moment: no acknowledged edit is ever overwritten.

On PostgreSQL the writers really run side by side; SQLite lets them in one by one.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from agreements.commitments.models import Commitment
from agreements.commitments.operations import EditConflict, commitment, edit_commitment
from agreements.history.models import Event
from agreements.history.queries import broken_links
from tests.world import TODAY, World

WRITERS, ROUNDS = 8, 5

pytestmark = pytest.mark.django_db(transaction=True)


def write_at_once(world: World) -> list[str]:
    """Every writer reads, waits for the others, and adds its own word. The words that were acknowledged."""
    start = Barrier(WRITERS)

    def write(writer: int) -> list[str]:
        acknowledged = []
        for turn in range(ROUNDS):
            seen = Commitment.objects.get(pk=world.draft.pk)
            word = f"w{writer}t{turn}"
            start.wait(30)
            try:
                change = {"text": f"{seen.text} {word}"}
                edit_commitment(seen, by=world.coordinator, on=TODAY, version=seen.version, changes=change)
                acknowledged.append(word)
            except EditConflict:
                pass
            start.wait(30)
        connections.close_all()
        return acknowledged

    with ThreadPoolExecutor(WRITERS) as pool:
        return [word for words in pool.map(write, range(WRITERS)) for word in words]


def lost(world: World, acknowledged: list[str]) -> set[str]:
    text = Commitment.objects.get(pk=world.draft.pk).text.split()
    return set(acknowledged) - set(text)


def test_no_acknowledged_edit_is_lost(world):
    acknowledged = write_at_once(world)
    assert len(acknowledged) == ROUNDS, "of all who saved the same version exactly one won, each time"
    assert lost(world, acknowledged) == set()
    assert Event.objects.filter(verb="commitments.edited").count() == len(acknowledged)
    assert list(broken_links()) == []


def test_without_the_guard_edits_are_lost(world, monkeypatch):
    """The control: this test setup does show the loss when nobody compares versions."""
    monkeypatch.setattr(commitment, "claim_version", lambda current, version: None)
    acknowledged = write_at_once(world)
    assert len(acknowledged) == WRITERS * ROUNDS
    assert lost(world, acknowledged), connection.vendor
