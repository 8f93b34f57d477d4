"""A party changes its own proposal while nobody decided on it."""

import pytest
from django.core.exceptions import ValidationError

from agreements.access.refusals import Refused
from agreements.history.models import Event
from agreements.history.queries import timeline
from agreements.process.models import Proposal
from agreements.process.operations import decline_proposal, edit_proposal
from tests.process.heard import LIST, a_proposal, proposal_answers, put
from tests.world import TODAY

EDIT = f"{LIST}1/bewerken/"


def typed(world, **changed) -> dict[str, str]:
    answers = proposal_answers(world, version="1", **changed)
    return {name: value for name, value in answers.items() if name != "key"}


def test_a_colleague_edits_it_in_the_browser(world, visit):
    made = a_proposal(world)
    client = visit(world.director)
    assert "20 woningen extra" in client.get(EDIT).content.decode()
    answer = client.post(EDIT, typed(world, text="Heideveld levert 25 woningen extra op."))
    assert (answer.status_code, answer["Location"]) == (303, f"{LIST}1/")
    made.refresh_from_db()
    assert (made.text, made.version) == ("Heideveld levert 25 woningen extra op.", 2)
    event = timeline(made).first()
    assert event.verb == "process.proposal_edited"
    assert event.data["before"] == {"text": "Heideveld levert in 2018 20 woningen extra op."}


def test_saving_what_is_there_records_nothing(world):
    made = a_proposal(world)
    edit_proposal(made, by=world.reporter, on=TODAY, version=1, changes=made.editable_values())
    assert Proposal.objects.get().version == 1
    assert not Event.objects.filter(verb="process.proposal_edited").exists()


def test_who_comes_second_sees_both_texts_and_may_save_again(world, visit):
    made = a_proposal(world)
    edit_proposal(made, by=world.director, on=TODAY, version=1, changes={"text": "De eerste was er eerder."})
    client = visit(world.reporter)
    answer = client.post(EDIT, typed(world, text="De tweede wil iets anders."))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "De eerste was er eerder." in page
    assert "De tweede wil iets anders." in page
    assert '<input type="hidden" name="version" value="2">' in page
    again = client.post(EDIT, {**typed(world, text="De tweede wil iets anders."), "version": "2"})
    assert again.status_code == 303
    assert Proposal.objects.get().text == "De tweede wil iets anders."


def test_sending_the_same_edit_twice_is_no_conflict(world, visit):
    a_proposal(world)
    client = visit(world.reporter)
    for _ in range(2):
        assert client.post(EDIT, typed(world, title="Iets anders")).status_code == 303
    assert Proposal.objects.get().version == 2


def test_a_decision_meanwhile_leaves_what_was_typed_on_the_page(world, visit):
    made = a_proposal(world)
    decline_proposal(made, by=world.coordinator, on=TODAY, version=1, reason="Er is geen grond.")
    client = visit(world.reporter)
    answer = client.post(EDIT, typed(world, text="Dit typte ik net."))
    assert answer.status_code == 409
    page = answer.content.decode()
    for text in ("Niet overgenomen", "Er is geen grond.", "Dit typte ik net."):
        assert text in page
    assert "Bewaar het voorstel" not in page
    assert client.get(EDIT).status_code == 403


def test_impossible_values_are_refused(world, visit):
    a_proposal(world)
    client = visit(world.reporter)
    for wrong in (
        {"deadline": "1-1-2019"},
        {"direction": "at_least"},
        {"version": "x"},
        {"title": "x" * 151},
    ):
        answer = client.post(EDIT, {**typed(world), **wrong})
        assert answer.status_code == 422, wrong
    made = Proposal.objects.get()
    with pytest.raises(ValidationError):
        edit_proposal(made, by=world.reporter, on=TODAY, version=1, changes={"direction": "at_least"})
    assert Proposal.objects.get().version == 1


def test_others_are_refused_and_outsiders_see_nothing(world, visit):
    a_proposal(world)
    for name, status in (("stranger", 403), ("coordinator", 403), ("chair", 403), ("councillor", 404)):
        client = visit(world.cast[name])
        assert client.get(EDIT).status_code == status, name
        assert client.post(EDIT, typed(world, text="Anders.")).status_code == status, name
    assert Proposal.objects.get().version == 1


def test_after_the_concept_the_text_stands(world):
    made = a_proposal(world)
    put(world, "consultation")
    with pytest.raises(Refused, match="Voorstellen horen bij"):
        edit_proposal(made, by=world.reporter, on=TODAY, version=1, changes={"text": "Anders."})
