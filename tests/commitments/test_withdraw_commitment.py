"""A coordinator takes a draft back, with a reason that everyone can read."""

import pytest

from agreements.access.refusals import Refused
from agreements.commitments.models import Commitment
from agreements.commitments.operations import withdraw_commitment
from tests.commitments.answers import new_answers
from tests.world import TODAY

ADDRESS = "/afspraken/18-01/intrekken/"
REASON = "De grond is toch niet te koop."


def test_withdrawing_asks_first_and_names_who_waits_for_it(world, visit):
    client = visit(world.coordinator)
    waits = {"depends_on": str(world.draft.pk), "needs": "De woningen zijn klaar."}
    client.post("/jaarschijven/2018/nieuwe-afspraak/", new_answers(world, **waits))
    page = client.get(ADDRESS).content.decode()
    assert "Dit kunt u niet ongedaan maken." in page
    assert "18-02 20 woningen (De woningen zijn klaar.)" in page
    assert Commitment.objects.get(code="18-01").withdrawn_on is None


def test_a_withdrawn_draft_stays_readable_with_the_reason(world, visit):
    client = visit(world.coordinator)
    answer = client.post(ADDRESS, {"reason": REASON})
    assert (answer.status_code, answer["Location"]) == (303, "/afspraken/18-01/")
    page = visit(world.reporter).get("/afspraken/18-01/").content.decode()
    assert "Ingetrokken op" in page
    assert REASON in page
    assert "Afspraak 18-01 ingetrokken." in page
    assert visit(world.coordinator).get("/afspraken/18-01/bewerken/").status_code == 403


def test_without_a_reason_nothing_happens(world, visit):
    answer = visit(world.coordinator).post(ADDRESS, {"reason": ""})
    assert answer.status_code == 422
    assert "Beantwoord de vraag ‘Waarom trekt u de afspraak in?’" in answer.content.decode()
    assert Commitment.objects.get(code="18-01").withdrawn_on is None


def test_withdrawing_twice_and_by_others_is_refused(world, visit):
    for name in ("reporter", "director", "chair", "stranger"):
        assert visit(world.cast[name]).get(ADDRESS).status_code == 403, name
    withdraw_commitment(world.draft, by=world.coordinator, on=TODAY, reason=REASON)
    stale = Commitment.objects.get(pk=world.draft.pk)
    stale.withdrawn_on = None
    with pytest.raises(Refused, match="Deze afspraak is ingetrokken"):
        withdraw_commitment(stale, by=world.colleague, on=TODAY, reason="Nog een keer.")


def test_adopted_text_is_not_withdrawn_here(world, visit):
    assert visit(world.coordinator).post("/afspraken/17-01/intrekken/", {"reason": REASON}).status_code == 403
    assert Commitment.objects.get(code="17-01").withdrawn_on is None
