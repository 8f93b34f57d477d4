"""A coordinator writes down what parties decided on an agenda item: concrete, later, or no longer."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from agreements.access.refusals import Refused
from agreements.agenda.models import AgendaItem, Fate
from agreements.agenda.operations import add_agenda_item, decide_fate
from agreements.agenda.queries import due_in, undecided_in
from agreements.agreement.operations import set_year_slice
from agreements.commitments.models import Commitment
from agreements.commitments.operations import withdraw_commitment
from agreements.history.queries import timeline
from tests.agenda.test_show_agenda import an_item
from tests.world import TODAY

ADDRESS = "/agenda/A-01/besluit/2018/"
LATER = {"seen": "0", "kind": "postponed", "to_year": "2019", "reason": "Wij wachten op de regio."}
NEVER = {"seen": "0", "kind": "dropped", "reason": "Bijna niemand zou het gebruiken."}


@pytest.fixture
def item(world) -> AgendaItem:
    return an_item(world, lead=world.heideveld)


def decide(item: AgendaItem, **given) -> Fate:
    return decide_fate(item, on=TODAY, year=2018, **{"by": None, **given})


def test_a_new_draft_is_filled_from_the_item_for_each_party(world, visit, item):
    given = {"seen": "0", "kind": "concretised", "new_for": [world.heideveld.pk, world.boekweit.pk]}
    answer = visit(world.coordinator).post(ADDRESS, given)
    assert (answer.status_code, answer["Location"]) == (303, "/agenda/A-01/")
    first, second = Commitment.objects.filter(origins__item=item)
    assert (first.code, second.code) == ("18-02", "18-03")
    assert (first.title, first.text, first.theme) == (item.text, item.text, item.theme)
    assert {first.lead, second.lead} == {world.heideveld, world.boekweit}
    assert "concreet gemaakt in 18-02, 18-03" in timeline(item).first().sentence


def test_an_existing_draft_can_be_chosen(world, visit, item):
    given = {"seen": "0", "kind": "concretised", "commitments": [world.draft.pk]}
    assert visit(world.coordinator).post(ADDRESS, given).status_code == 303
    assert list(Fate.objects.get().commitments.all()) == [world.draft]
    assert Commitment.objects.filter(year_slice__year=2018).count() == 1


def test_a_decision_can_change_while_the_year_is_a_draft_and_both_are_kept(world, visit, item):
    client = visit(world.coordinator)
    client.post(ADDRESS, LATER)
    page = client.get(ADDRESS).content.decode()
    assert "Er is al een besluit" in page
    assert "doorgeschoven naar 2019" in page
    assert client.post(ADDRESS, {**NEVER, "seen": "1"}).status_code == 303
    fate = Fate.objects.get()
    assert (fate.kind, fate.to_year, fate.version) == ("dropped", None, 2)
    changed, first, _ = timeline(item)
    assert first.data["before"] is None
    assert changed.data["before"] == first.data["after"]


def test_who_decides_second_is_told_what_the_first_decided(world, visit, item):
    visit(world.coordinator).post(ADDRESS, LATER)
    client = visit(world.colleague)
    answer = client.post(ADDRESS, NEVER)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Iemand anders heeft intussen besloten: doorgeschoven naar 2019." in page
    assert 'name="seen" value="1"' in page
    assert Fate.objects.get().kind == "postponed"
    assert client.post(ADDRESS, {**NEVER, "seen": "1"}).status_code == 303


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": ""}, "Beantwoord de vraag ‘Wat besluiten partijen?’"),
        ({"kind": "concretised"}, "Kies minstens één concept, of een partij voor een nieuw concept."),
        ({**LATER, "reason": ""}, "Leg uit waarom. Iedereen kan dit lezen."),
        ({**LATER, "to_year": ""}, "Kies een jaar na 2018."),
        ({**LATER, "to_year": "2017"}, "Kies een van de antwoorden bij ‘Naar welk jaar?’"),
        ({**NEVER, "reason": ""}, "Leg uit waarom. Iedereen kan dit lezen."),
    ],
)
def test_a_wrong_answer_gets_a_sentence(world, visit, item, wrong, sentence):
    answer = visit(world.coordinator).post(ADDRESS, {"seen": "0", **wrong})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Fate.objects.exists()
    assert Commitment.objects.filter(year_slice__year=2018).count() == 1, "nothing half done"


def test_only_coordinators_decide_and_only_in_a_draft(world, visit, item):
    for name in ("reporter", "director", "chair", "councillor", "stranger"):
        assert visit(world.cast[name]).post(ADDRESS, NEVER).status_code == 403, name
    set_year_slice(world.agreement, 2018, by=None, on=TODAY, phase="consultation")
    answer = visit(world.coordinator).post(ADDRESS, NEVER)
    assert answer.status_code == 403
    assert "Besluiten over de agenda kan alleen in de fasen bod en concept." in answer.content.decode()
    assert not Fate.objects.exists()


def test_an_item_of_another_year_is_refused(world, visit):
    an_item(world, year=2019)
    answer = visit(world.coordinator).get(ADDRESS)
    assert answer.status_code == 403
    assert "staat niet op de agenda van 2018" in answer.content.decode()


def test_the_jaarschijf_offers_the_decision_to_coordinators_only(world, visit, item):
    for name, offered in {"coordinator": True, "reporter": False, "chair": False}.items():
        page = visit(world.cast[name]).get("/jaarschijven/2018/").content.decode()
        assert (ADDRESS in page) == offered, name
        assert (ADDRESS in visit(world.cast[name]).get("/agenda/A-01/").content.decode()) == offered, name


def test_what_was_typed_survives_a_lost_session(world, visit, item):
    assert visit().post(ADDRESS, {**LATER, "new_for": [world.boekweit.pk]}).status_code == 302
    page = visit(world.coordinator).get(ADDRESS).content.decode()
    assert "\nWij wachten op de regio.</textarea>" in page
    assert 'value="postponed" id="id_kind_1" checked' in page
    assert page.count(" checked") == 2
    assert '<option value="2019" selected>' in page


def test_a_postponed_item_is_due_in_the_later_year_and_not_between(item):
    decide(item, kind="postponed", to_year=2020, reason="Later.")
    assert [year for year in range(2017, 2022) if due_in(year)] == [2018, 2020]


def test_a_dropped_item_of_several_years_is_settled(world):
    item = an_item(world, until=2020)
    assert [year for year in range(2017, 2022) if due_in(year)] == [2018, 2019, 2020]
    decide(item, kind="dropped", reason="Nee.")
    assert [year for year in range(2017, 2022) if due_in(year)] == [2018]


def test_an_item_made_concrete_in_what_was_withdrawn_is_undecided_again(world, visit, item):
    decide(item, kind="concretised", commitments=[world.draft])
    assert undecided_in(2018) == []
    withdraw_commitment(world.draft, by=None, on=TODAY, reason="Toch niet.")
    assert undecided_in(2018) == [item]
    assert "(ingetrokken)" in visit(world.coordinator).get("/agenda/A-01/").content.decode()


def test_nothing_is_postponed_to_or_added_to_an_adopted_year(world, item):
    set_year_slice(world.agreement, 2019, by=None, on=TODAY, phase="adopted", adopted_on=TODAY)
    with pytest.raises(ValidationError, match="Jaarschijf 2019 is al vastgesteld"):
        decide(item, kind="postponed", to_year=2019, reason="Later.")
    with pytest.raises(ValidationError, match="Jaarschijf 2019 is al vastgesteld"):
        an_item(world, "A-02", year=2018, until=2020)
    assert not AgendaItem.objects.filter(code="A-02").exists()


def test_a_draft_of_another_year_is_refused(world, item):
    with pytest.raises(ValidationError, match="Dit is geen concept van 2018: 17-01"):
        decide(item, kind="concretised", commitments=[world.homes])


def test_a_later_decision_is_not_left_hanging(world, item):
    set_year_slice(world.agreement, 2019, by=None, on=TODAY, phase="concept")
    decide(item, kind="postponed", to_year=2019, reason="Later.")
    decide_fate(item, by=None, on=TODAY, year=2019, kind="dropped", reason="Nee.")
    with pytest.raises(ValidationError, match="In 2019 is over A-01 al besloten: vervallen"):
        decide(item, kind="dropped", reason="Nu al niet meer.")
    assert Fate.objects.get(year=2018).kind == "postponed"


def test_an_example_item_gives_an_example_draft(world):
    item = an_item(world, provenance="example")
    decide(item, kind="concretised", new_for=[world.heideveld])
    assert Commitment.objects.get(origins__item=item).provenance == "example"


def test_only_coordinators_add_agenda_items(world):
    fields = {"theme": world.homes.theme, "year": 2019, "text": "Iets nieuws.", "provenance": "own"}
    with pytest.raises(Refused, match="Alleen coördinatoren"):
        add_agenda_item(world.agreement, by=world.reporter, on=TODAY, code="A-05", **fields)
    assert add_agenda_item(world.agreement, by=world.coordinator, on=TODAY, code="A-05", **fields).pk


@pytest.mark.django_db(transaction=True)
def test_of_people_who_decide_at_the_same_moment_one_wins(world, item):
    start = Barrier(4)

    def attempt(number: int) -> int:
        mine = AgendaItem.objects.get(pk=item.pk)
        start.wait(30)
        try:
            decide(mine, by=world.coordinator, kind="concretised", new_for=[world.heideveld], seen=0)
        except ValidationError:
            return 0
        finally:
            connections.close_all()
        return 1

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(attempt, range(4))) == 1
    assert Fate.objects.count() == 1
    assert Commitment.objects.filter(origins__item=item).count() == 1
