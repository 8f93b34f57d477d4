"""A party takes its own proposal back."""

import pytest

from agreements.access.refusals import Refused
from agreements.history.queries import timeline
from agreements.process.models import Proposal
from agreements.process.operations import decline_proposal, withdraw_proposal
from tests.process.heard import LIST, a_proposal, put
from tests.world import TODAY

WITHDRAW = f"{LIST}1/intrekken/"


def test_it_asks_first_and_stays_readable_for_the_own_party_only(world, visit):
    made = a_proposal(world)
    client = visit(world.director)
    assert "Dit kunt u niet ongedaan maken." in client.get(WITHDRAW).content.decode()
    assert Proposal.objects.get().is_open
    answer = client.post(WITHDRAW)
    assert (answer.status_code, answer["Location"]) == (303, f"{LIST}1/")
    made.refresh_from_db()
    assert (made.state, made.decided_by, made.decided_on) == ("withdrawn", world.director, TODAY)
    assert timeline(made).first().sentence == "Voorstel 1 ingetrokken."
    expected = {"reporter": 200, "coordinator": 404, "stranger": 404, "chair": 404}
    for phase in ("concept", "consultation"):
        put(world, phase)
        for name, status in expected.items():
            assert visit(world.cast[name]).get(f"{LIST}1/").status_code == status, (name, phase)
        assert made.title not in visit(world.coordinator).get(LIST).content.decode()
        assert made.title in visit(world.reporter).get(LIST).content.decode()


def test_others_may_not_and_what_was_decided_stays(world, visit):
    made = a_proposal(world)
    for name in ("stranger", "chair", "coordinator"):
        assert visit(world.cast[name]).post(WITHDRAW).status_code == 403, name
    decline_proposal(made, by=world.coordinator, on=TODAY, version=1, reason="Nee.")
    with pytest.raises(Refused, match="Over dit voorstel is al besloten: niet overgenomen."):
        withdraw_proposal(made, by=world.reporter, on=TODAY)
    assert visit(world.reporter).post(WITHDRAW).status_code == 403
