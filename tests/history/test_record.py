"""History: appended in the same transaction, chained, and refused to anyone who wants to change it."""

import pytest
from django.db import DatabaseError, connection, transaction

from agreements.history import triggers
from agreements.history.models import GENESIS, ChainHead, Event
from agreements.history.operations import record
from agreements.history.queries import broken_links, checkpoint, digest_at, timeline
from tests.world import TODAY, an_update

pytestmark = pytest.mark.django_db


def test_each_event_carries_the_digest_of_the_one_before(world):
    events = list(Event.objects.order_by("number"))
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    assert events[0].previous == GENESIS
    assert all(later.previous == earlier.digest for earlier, later in zip(events, events[1:], strict=False))
    assert checkpoint() == {"count": len(events), "digest": events[-1].digest}
    assert digest_at(3) == events[2].digest


def test_an_event_vanishes_with_its_transaction(world):
    before = checkpoint()
    with transaction.atomic():
        record("test.done", world.homes, by=None, on=TODAY, sentence="Iets gedaan.")
        transaction.set_rollback(True)
    assert checkpoint() == before


def test_a_submission_is_a_sentence_on_the_page_of_its_commitment(world, client):
    an_update(world, value=52, status="at_risk")
    newest = timeline(world.homes).first()
    assert newest.sentence == "Voortgang derde kwartaal 2017: Aandacht nodig, 52 woningen."
    assert newest.actor == world.reporter
    assert newest.party == world.heideveld
    assert newest.sentence in client.get("/afspraken/17-01/").content.decode()


STATEMENTS = [
    "UPDATE agreements_event SET sentence = 'Niets gebeurd.' WHERE number = 2",
    "DELETE FROM agreements_event WHERE number = 2",
    "DELETE FROM agreements_event",
]
COLUMNS = '"on", verb, subject_kind, subject_id, sentence, why, data, previous, digest, actor_id, party_id'
FROM_2 = "FROM agreements_event WHERE number = 2"
SQLITE_ONLY = [
    f"REPLACE INTO agreements_event SELECT number, at, {COLUMNS} {FROM_2}",
    f"INSERT INTO agreements_event SELECT number + 900, at, {COLUMNS} {FROM_2}".replace("digest", "'x'"),
]
POSTGRES_ONLY = [
    "TRUNCATE agreements_event",
    "TRUNCATE agreements_event CASCADE",
    "SET LOCAL session_replication_role = replica; DELETE FROM agreements_event",
]


def test_the_database_refuses_to_change_history(world):
    connection.check_constraints()  # nothing may wait for the end of the transaction when a table is truncated
    own = POSTGRES_ONLY if connection.vendor == "postgresql" else SQLITE_ONLY
    for statement in [*STATEMENTS, *own]:
        with (
            pytest.raises(DatabaseError, match="append-only|referenced in a foreign key"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert list(broken_links()) == []


@pytest.fixture
def without_triggers(world):
    """What the owner of the database can do: take the triggers away. Then the chain must show it."""
    connection.check_constraints()
    triggers.remove(connection)
    yield
    connection.check_constraints()
    triggers.install(connection)


def test_a_changed_row_is_named(without_triggers):
    Event.objects.filter(number=3).update(sentence="Niets aan de hand.")
    assert list(broken_links()) == ["Gebeurtenis 3 is veranderd: Niets aan de hand."]


def test_a_removed_row_is_named(without_triggers):
    Event.objects.filter(number=3).delete()
    assert list(broken_links())[0] == "Gebeurtenis 3 tot en met 3 ontbreekt."


def test_removed_last_rows_are_named(without_triggers):
    count = Event.objects.count()
    Event.objects.filter(number__gt=count - 2).delete()
    assert list(broken_links()) == [f"Gebeurtenis {count - 1} tot en met {count} ontbreekt."]


def test_an_inserted_row_is_named(without_triggers):
    last = Event.objects.order_by("number").last()
    copy = Event.objects.get(pk=last.pk)
    copy.number, copy.previous = last.number + 1, last.digest
    copy.digest = copy.computed_digest()
    copy.save(force_insert=True)
    assert list(broken_links()) == [
        f"Gebeurtenis {copy.number} tot en met {copy.number} is buiten het portaal toegevoegd."
    ]


def test_a_row_changed_with_a_new_digest_breaks_the_next_link(without_triggers):
    event = Event.objects.get(number=3)
    event.sentence = "Iets anders."
    Event.objects.filter(number=3).update(sentence=event.sentence, digest=event.computed_digest())
    assert list(broken_links()) == [
        "Gebeurtenis 4 sluit niet aan op de vorige: er is iets tussengevoegd of weggehaald."
    ]


def test_a_rebuilt_chain_does_not_fit_an_older_checkpoint(without_triggers):
    """The owner rewrites everything: only a checkpoint outside the database shows it."""
    printed = checkpoint()
    previous = GENESIS
    for event in Event.objects.order_by("number"):
        if event.number == 3:
            event.sentence = "Herschreven."
        event.previous = previous
        event.digest = previous = event.computed_digest()
        Event.objects.filter(number=event.number).update(
            sentence=event.sentence, previous=event.previous, digest=event.digest
        )
    ChainHead.objects.update(digest=previous)
    assert list(broken_links()) == []
    assert digest_at(printed["count"]) != printed["digest"]
