"""A coordinator puts a proposal together with a draft that is there."""

import pytest
from django.core.exceptions import ValidationError

from agreements.commitments.models import Commitment
from agreements.commitments.operations import withdraw_commitment
from agreements.history.queries import timeline
from agreements.process.models import Proposal
from agreements.process.operations import merge_proposal
from tests.process.heard import LIST, a_proposal, a_wish
from tests.world import TODAY

MERGE = f"{LIST}1/samenvoegen/"


def test_the_draft_keeps_its_text_and_shows_every_proposal(world, visit):
    a_proposal(world)
    a_wish(world)
    client = visit(world.coordinator)
    for number, reason in ((1, ""), (2, "Dit stond er al bijna.")):
        typed = {"version": "1", "commitment": world.draft.pk, "reason": reason}
        assert client.post(f"{LIST}{number}/samenvoegen/", typed).status_code == 303
    made = Proposal.objects.get(number=2)
    assert (made.state, made.commitment, made.reason) == ("merged", world.draft, "Dit stond er al bijna.")
    assert timeline(made).first().sentence == "Voorstel 2 samengevoegd met 18-01 60 nieuwe woningen."
    assert Commitment.objects.get(pk=world.draft.pk).version == 1
    page = client.get("/afspraken/18-01/").content.decode()
    assert "Komt uit het bod van Woonstichting Heideveld" in page
    assert "Komt uit de wensen van Huurdersraad Heideveld" in page


def test_only_drafts_of_this_year_that_still_stand_can_be_chosen(world, visit):
    made = a_proposal(world)
    client = visit(world.coordinator)
    for wrong in ("", str(world.homes.pk), "9" * 30, "x"):
        assert client.post(MERGE, {"version": "1", "commitment": wrong}).status_code == 422, wrong
    withdraw_commitment(world.draft, by=world.coordinator, on=TODAY, reason="Toch niet.")
    for commitment in (world.draft, world.homes):
        with pytest.raises(ValidationError, match="Kies een concept van 2018"):
            merge_proposal(made, by=world.coordinator, on=TODAY, version=1, commitment=commitment)
    assert "Er is nog geen concept" in client.get(MERGE).content.decode()
    assert Proposal.objects.get().is_open
