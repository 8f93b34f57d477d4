"""The literal text with its bold words and lists, wherever it is shown; and without them where it is searched."""

import pytest

from agreements.commitments.models import Commitment
from agreements.commitments.operations import edit_commitment
from agreements.commitments.smart import soft_words
from tests.world import TODAY, an_amendment

TYPED = "**Heideveld** levert:\n\n- 60 woningen\n- een *speeltuin*"
SHOWN = "<p><strong>Heideveld</strong> levert:</p>\n<ul>\n<li>60 woningen</li>\n<li>een <em>speeltuin</em></li>\n</ul>"


@pytest.fixture
def draft(world) -> Commitment:
    return edit_commitment(world.draft, by=world.coordinator, on=TODAY, version=1, changes={"text": TYPED})


def answers(draft: Commitment, **fields) -> dict:
    usual = {"version": draft.version, "title": draft.title, "text": draft.text, "kind": "hard"}
    usual |= {"theme": draft.theme_id, "lead": draft.lead_id, "deadline": "31-12-2018", "order": 0}
    return {**usual, **fields}


@pytest.mark.parametrize("address", ["/afspraken/18-01/", "/afspraken/18-01/intrekken/"])
def test_the_text_is_shown_with_its_markup(draft, world, visit, address):
    assert SHOWN in visit(world.coordinator).get(address).content.decode()


def test_the_form_explains_with_an_example_what_is_possible(draft, world, visit):
    page = visit(world.coordinator).get("/afspraken/18-01/bewerken/").content.decode()
    assert "**vet**, *schuin*, een lijst met een streepje" in page
    assert "[de woonvisie](https://voorbeeld.nl)" in page
    assert "Zo komt de letterlijke tekst eruit te zien" not in page


def test_asking_for_advice_shows_how_the_text_will_look(draft, world, visit):
    client = visit(world.coordinator)
    typed = answers(draft, text="Eerst **dit**.", check="ja")
    page = client.post("/afspraken/18-01/bewerken/", typed).content.decode()
    assert "Zo komt de letterlijke tekst eruit te zien" in page
    assert "<p>Eerst <strong>dit</strong>.</p>" in page
    del typed["version"]
    page = client.post("/jaarschijven/2018/nieuwe-afspraak/", {**typed, "code": "18-09"}).content.decode()
    assert "<p>Eerst <strong>dit</strong>.</p>" in page
    draft.refresh_from_db()
    assert draft.text == TYPED, "nothing was saved"


def test_who_answers_or_takes_back_an_amendment_sees_how_the_text_will_look(world, visit):
    amendment = an_amendment(world, text=TYPED)
    for person, address in (
        (world.chair, f"/wijzigingen/{amendment.pk}/"),
        (world.reporter, f"/wijzigingen/{amendment.pk}/intrekken/"),
    ):
        assert SHOWN in visit(person).get(address).content.decode(), address


def test_searching_and_advice_read_the_words_without_the_markup(draft, world, visit):
    assert "heideveld levert: 60 woningen een speeltuin" in draft.search_text
    found = visit(world.reporter).get("/afspraken/?jaar=2018&q=een+speeltuin").content.decode()
    assert "/afspraken/18-01/" in found
    typed = answers(draft, text="Heideveld doet dit zo **veel** mogelijk.", check="ja")
    page = visit(world.coordinator).post("/afspraken/18-01/bewerken/", typed).content.decode()
    assert "Deze woorden zijn zacht: ‘zo veel mogelijk’." in page
    assert soft_words("zo **veel** mogelijk") == [], "that is why the markup goes first"
