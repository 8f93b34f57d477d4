"""Advice on a draft: what is pointed out, what is not, and that it never blocks."""

from datetime import date
from decimal import Decimal

import pytest

from agreements.commitments.models import Commitment, Indicator
from agreements.commitments.smart import hints, soft_words
from agreements.parties.models import Party
from tests.commitments.answers import answers

HEIDEVELD = Party(name="Woonstichting Heideveld", short_name="Heideveld")
HOMES = Indicator(name="nieuwe woningen", unit="woningen", supplied_by="Heideveld")
SHARP = {
    "kind": "hard",
    "title": "60 nieuwe woningen",
    "text": "Woonstichting Heideveld levert in 2018 60 woningen op.",
    "lead": HEIDEVELD,
    "deadline": date(2018, 12, 31),
    "indicator": HOMES,
    "direction": "at_least",
    "target_value": Decimal(60),
}


def topics(**changed) -> set[str]:
    return {hint.topic for hint in hints({**SHARP, **changed}, year=2018)}


def test_a_sharp_commitment_gets_no_advice():
    assert topics() == set()


@pytest.mark.parametrize(
    ("changed", "topic"),
    [
        ({"target_value": None}, "getal"),
        ({"indicator": None}, "eenheid"),
        ({"indicator": Indicator(name="x", unit="woningen")}, "bron"),
        ({"deadline": None}, "datum"),
        ({"lead": None}, "uitvoerder"),
        ({"text": "Er komen 60 woningen."}, "uitvoerder"),
        ({"text": "Heideveld levert in 2017 60 woningen op."}, "jaar"),
        ({"text": "Heideveld streeft naar 60 woningen."}, "woorden"),
        ({"text": "Heideveld verbetert 130 van de 120 woningen."}, "aandeel"),
        ({"plan_4": Decimal(50)}, "planning"),
    ],
)
def test_what_is_missing_or_odd_is_pointed_out(changed, topic):
    assert topics(**changed) == {topic}


@pytest.mark.parametrize(
    "text",
    [
        "Partijen streven naar 60 woningen.",
        "De gemeente streeft ernaar.",
        "Dat werd nagestreefd.",
        "De corporatie spant zich in.",
        "Zij spannen in 2018 zich in.",
        "Een inspanning van beide kanten.",
        "Heideveld zal zich inspannen.",
        "Zoveel mogelijk woningen.",
        "zo veel als mogelijk",
        "Zo snel\nmogelijk.",
        "Waar mogelijk met zonnepanelen.",
        "indien dat mogelijk is",
        "in goed overleg met de huurders",
        "Partijen bevorderen doorstroming.",
        "Het bevordert de doorstroming.",
        "met aandacht voor ouderen",
        "De voorraad blijft op peil.",
        "Zij probeert het.",
    ],
)
def test_soft_words_are_found_in_every_form(text):
    assert len(soft_words(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "De streefwaarde is 60 woningen.",
        "Het is mogelijk om te huren.",
        "De peildatum is 31 december.",
        "De spanning op de woningmarkt.",
        "Het overleg is elke maand.",
        "De stadsbevordering",
    ],
)
def test_ordinary_words_are_left_alone(text):
    assert soft_words(text) == []


@pytest.mark.parametrize("kind", ["effort", "process", "study"])
def test_figures_are_only_asked_of_hard_commitments(kind):
    assert topics(kind=kind, indicator=None, target_value=None, direction="") == set()
    assert topics(kind=kind, deadline=None) == {"datum"}


def test_a_word_that_belongs_to_the_kind_is_not_soft():
    effort, talk = "Heideveld spant zich in.", "Heideveld gaat in overleg met huurders."
    assert topics(kind="effort", text=effort) == set()
    assert topics(kind="process", text=effort) == {"woorden"}
    assert topics(kind="process", text=talk) == set()
    assert topics(kind="effort", text=talk) == {"woorden"}


def test_advice_stands_on_the_page_of_a_draft_for_all_parties_and_blocks_nothing(world, visit):
    given = answers(world, text="Woonstichting Heideveld streeft naar 60 woningen.")
    assert visit(world.coordinator).post("/afspraken/18-01/bewerken/", given).status_code == 303
    for name in ("coordinator", "reporter", "chair", "stranger"):
        page = visit(world.cast[name]).get("/afspraken/18-01/").content.decode()
        assert "Deze woorden zijn zacht: ‘streeft’." in page, name
        assert "Er is geen getal als doel." in page
    visit(world.coordinator).post("/afspraken/18-01/bewerken/", {**given, "version": "2", "kind": "effort"})
    page = visit(world.chair).get("/afspraken/18-01/").content.decode()
    assert "Kan deze afspraak scherper?" not in page


def test_adopted_text_gets_no_advice(world, client):
    Commitment.objects.filter(code="17-01").update(text="Heideveld streeft naar woningen.")
    assert "Kan deze afspraak scherper?" not in client.get("/afspraken/17-01/").content.decode()


def test_the_form_gives_advice_while_editing_without_saving(world, visit):
    client = visit(world.coordinator)
    assert "Er is geen getal als doel." in client.get("/afspraken/18-01/bewerken/").content.decode()
    given = answers(world, text="Woonstichting Heideveld spant zich in.", kind="effort", check="ja")
    answer = client.post("/afspraken/18-01/bewerken/", given)
    assert answer.status_code == 200
    assert "Wij zien niets wat scherper moet." in answer.content.decode()
    assert Commitment.objects.get(code="18-01").version == 1
