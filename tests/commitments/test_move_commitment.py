"""The order of a jaarschijf: one step at a time, without a script."""

import pytest

from agreements.commitments.models import Commitment
from agreements.history.queries import timeline
from tests.commitments.answers import answers, new_answers

ADDRESS = "/jaarschijven/2018/volgorde/"


@pytest.fixture
def three(world, visit):
    """18-01, 18-02 and 18-03, and the client of the coordinator."""
    client = visit(world.coordinator)
    for code, order in (("18-02", "1"), ("18-03", "1")):
        client.post("/jaarschijven/2018/nieuwe-afspraak/", new_answers(world, code=code, order=order))
    return client


def order() -> list[str]:
    return list(Commitment.objects.filter(year_slice__year=2018).values_list("code", flat=True))


def test_a_commitment_moves_up_and_down(three):
    answer = three.post(ADDRESS, {"code": "18-03", "direction": "omhoog"})
    assert (answer.status_code, answer["Location"]) == (303, f"{ADDRESS}#a-18-03")
    assert order() == ["18-01", "18-03", "18-02"]
    three.post(ADDRESS, {"code": "18-01", "direction": "omlaag"})
    assert order() == ["18-03", "18-01", "18-02"]


def test_at_the_end_nothing_happens(three):
    before = Commitment.objects.get(code="18-01").version
    assert three.post(ADDRESS, {"code": "18-01", "direction": "omhoog"}).status_code == 303
    assert order() == ["18-01", "18-02", "18-03"]
    assert Commitment.objects.get(code="18-01").version == before


def test_moving_is_in_the_history_of_what_moved(three):
    three.post(ADDRESS, {"code": "18-02", "direction": "omhoog"})
    assert timeline(Commitment.objects.get(code="18-02")).first().sentence == (
        "Afspraak 18-02 verplaatst naar plaats 1."
    )


def test_a_form_that_is_open_does_not_put_the_old_place_back(world, visit, three):
    mine = answers(world, title="Mijn titel")
    three.post(ADDRESS, {"code": "18-01", "direction": "omlaag"})
    client = visit(world.colleague)
    answer = client.post("/afspraken/18-01/bewerken/", mine)
    assert answer.status_code == 409
    assert '<input type="hidden" name="choice_order" value="theirs">' in answer.content.decode()
    client.post("/afspraken/18-01/bewerken/", {**mine, "version": "2", "choice_order": "theirs"})
    assert order() == ["18-02", "18-01", "18-03"]
    assert Commitment.objects.get(code="18-01").title == "Mijn titel"


@pytest.mark.parametrize("wrong", [{"code": "17-01", "direction": "omhoog"}, {"code": "18-01"}])
def test_a_wrong_step_is_refused(three, wrong):
    assert three.post(ADDRESS, wrong).status_code == 422
    assert order() == ["18-01", "18-02", "18-03"]


def test_only_coordinators_and_only_in_a_draft(world, visit):
    for name in ("reporter", "chair", "councillor", "stranger"):
        assert visit(world.cast[name]).get(ADDRESS).status_code == 403, name
    client = visit(world.coordinator)
    assert client.get(ADDRESS).status_code == 200
    assert client.get("/jaarschijven/2017/volgorde/").status_code == 403
