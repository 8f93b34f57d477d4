"""Notes are for one's own organisation: nobody else finds a trace of them, and who wrote one removes it."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from agreements.access.refusals import Refused
from agreements.history.models import Event
from agreements.parties.models import Party
from agreements.parties.operations import add_member, add_party
from agreements.workspace.models import Note
from agreements.workspace.operations import add_note, remove_note
from tests.world import PASSWORD, SIGNED, TODAY, a_board_member, an_update

ADDRESS = "/meekijken/notities/17-01/"
SECRET = "Vraag de wethouder naar blok 2."


def a_note(world, by=None) -> Note:
    return add_note(world.homes, by=by or world.chair, on=TODAY, key=uuid4(), text=SECRET)


def test_a_note_is_read_by_the_own_organisation(world, visit):
    key = str(uuid4())
    for _ in range(2):
        answer = visit(world.chair).post(ADDRESS, {"key": key, "text": SECRET})
        assert (answer.status_code, answer["Location"]) == (303, ADDRESS)
    assert Note.objects.count() == 1, "sent twice is once"
    an_update(world)
    colleague = visit(a_board_member(world))
    assert SECRET in colleague.get(ADDRESS).content.decode()
    assert SECRET in colleague.get("/meekijken/").content.decode()


def test_no_other_party_finds_a_trace_of_it(world, visit):
    note = a_note(world)
    an_update(world)
    others = add_party(
        by=None,
        on=SIGNED,
        key="hbb",
        kind="tenants",
        name="Huurdersbelang De Boekweit",
        short_name="Huurdersbelang",
        represents=world.boekweit,
        provenance="own",
    )
    add_member(others, user=world.stranger, role="reviewer", by=None, on=SIGNED)
    paths = ["/mijn-taken/", "/afspraken/", "/afspraken/17-01/", "/meekijken/", ADDRESS, "/meekijken/lijst/"]
    for name in ("coordinator", "reporter", "director", "councillor", "stranger", "visitor"):
        client = visit(world.cast.get(name))
        for path in paths:
            assert SECRET not in client.get(path).content.decode(), (name, path)
        assert client.get(f"/meekijken/notities/{note.pk}/verwijderen/").status_code in (302, 404), name
        assert client.post(f"/meekijken/notities/{note.pk}/verwijderen/").status_code in (302, 404), name
    assert Note.objects.count() == 1
    assert not Event.objects.filter(sentence__contains=SECRET).exists()
    assert not any(SECRET in str(event.data) + event.why for event in Event.objects.all())


def test_who_wrote_it_removes_it_for_good(world, visit):
    note = a_note(world)
    address = f"/meekijken/notities/{note.pk}/verwijderen/"
    member = a_board_member(world)
    assert visit(member).get(address).status_code == 403
    with pytest.raises(Refused, match="Alleen wie de notitie schreef"):
        remove_note(note, by=member, on=TODAY)
    client = visit(world.chair)
    assert "Dit kunt u niet ongedaan maken." in client.get(address).content.decode()
    assert client.post(address).status_code == 303
    assert not Note.objects.exists()
    assert client.post(address).status_code == 404
    verbs = set(Event.objects.filter(subject_kind="note").values_list("verb", flat=True))
    assert verbs == {"workspace.note_added", "workspace.note_removed"}


@pytest.mark.parametrize("wrong", [{"text": ""}, {"text": "x" * 10_000}, {"key": "geen"}])
def test_a_wrong_note_gets_a_sentence(world, visit, wrong):
    given = {"key": str(uuid4()), "text": SECRET, **wrong}
    assert visit(world.chair).post(ADDRESS, given).status_code == 422


def test_a_form_is_used_for_one_note(world):
    key = uuid4()
    add_note(world.homes, by=world.chair, on=TODAY, key=key, text=SECRET)
    with pytest.raises(ValidationError, match="al eerder verstuurd"):
        add_note(world.coach, by=world.chair, on=TODAY, key=key, text=SECRET)


def test_only_a_tenant_organisation_writes_notes(world):
    with pytest.raises(Refused):
        a_note(world, by=world.coordinator)
    assert Party.objects.get(key="hrh") == a_note(world).party


def test_the_session_ends_while_typing(world, client):
    client.post(ADDRESS, {"key": str(uuid4()), "text": "Hier dacht ik lang over na."})
    client.post("/account/login/", {"login": world.chair.email, "password": PASSWORD})
    assert "Hier dacht ik lang over na." in client.get(ADDRESS).content.decode()
