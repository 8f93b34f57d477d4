"""A coordinator does not take a proposal up, and says why."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agreements.history.queries import timeline
from agreements.process.models import Proposal
from agreements.process.operations import decline_proposal
from tests.process.heard import LIST, a_proposal, put
from tests.world import PASSWORD, TODAY

DECLINE = f"{LIST}1/afwijzen/"


def test_the_reason_is_read_by_the_parties_and_later_by_everyone(world, visit):
    a_proposal(world)
    client = visit(world.coordinator)
    assert client.post(DECLINE, {"version": "1", "reason": ""}).status_code == 422
    assert client.post(DECLINE, {"version": "1", "reason": "Er is geen grond."}).status_code == 303
    made = Proposal.objects.get()
    assert (made.state, made.reason, made.commitment) == ("declined", "Er is geen grond.", None)
    event = timeline(made).first()
    assert (event.sentence, event.why) == ("Voorstel 1 niet overgenomen.", "Er is geen grond.")
    assert "Er is geen grond." in visit(world.stranger).get(f"{LIST}1/").content.decode()
    assert visit().get(f"{LIST}1/").status_code == 404
    put(world, "consultation")
    assert "Er is geen grond." in visit().get(f"{LIST}1/").content.decode()


def test_a_colleague_who_was_first_is_shown_beside_what_was_typed(world, visit):
    made = a_proposal(world)
    decline_proposal(made, by=world.colleague, on=TODAY, version=1, reason="De colleague was eerder.")
    answer = visit(world.coordinator).post(DECLINE, {"version": "1", "reason": "Mijn eigen reden."})
    assert answer.status_code == 409
    page = answer.content.decode()
    for text in ("De colleague was eerder.", "Mijn eigen reden.", "Over dit voorstel is al besloten"):
        assert text in page
    assert Proposal.objects.get().reason == "De colleague was eerder."


def test_without_a_reason_neither_operation_nor_database_lets_it_through(world):
    made = a_proposal(world)
    with pytest.raises(ValidationError, match="Leg uit waarom"):
        decline_proposal(made, by=world.coordinator, on=TODAY, version=1, reason="")
    decided = {"state": "declined", "decided_on": TODAY, "decided_by": world.coordinator}
    with pytest.raises(IntegrityError, match="proposal_declined_why"), transaction.atomic():
        Proposal.objects.update(**decided)


def test_a_lost_session_keeps_the_reason(world, client):
    a_proposal(world)
    client.post(DECLINE, {"version": "1", "reason": "Wat ik net typte."})
    login = {"login": world.coordinator.email, "password": PASSWORD, "next": DECLINE}
    assert client.post("/account/login/", login)["Location"] == DECLINE
    assert "Wat ik net typte." in client.get(DECLINE).content.decode()
