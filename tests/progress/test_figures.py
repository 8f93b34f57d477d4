"""Every kind of figure has its own question; and links to evidence are kept as text, for who may see them."""

from uuid import uuid4

import pytest

from agreements.commitments.models import Commitment, Indicator
from agreements.progress.forms.links import is_address
from agreements.progress.models import EvidenceLink, ProgressUpdate
from tests.progress.sheets import SHEET, STORY, typed
from tests.progress.test_submit_progress import ADDRESS, answers
from tests.world import a_commitment, an_indicator, an_update, at_least


def another(world, *, goal: str, direction: str = "at_least", **indicator: str) -> Commitment:
    target = at_least(goal, an_indicator("other", **indicator)) | {"direction": direction}
    return a_commitment(world, "17-03", title="Nog een afspraak", target=target)


def send(client, **changed: str):
    return client.post("/afspraken/17-03/voortgang/", answers(**changed))


def page_of(client) -> str:
    return client.get("/afspraken/17-03/voortgang/").content.decode()


def test_a_ratio_is_asked_as_two_figures_and_computed(world, visit):
    another(world, goal="1", value_kind="ratio", counting="at_date", decimals=2, unit="nieuw per verkocht")
    client = visit(world.reporter)
    assert "(teller)" in page_of(client)
    assert "(noemer)" in page_of(client)
    assert send(client, numerator="52", denominator="26").status_code == 302
    figure = ProgressUpdate.objects.get().figure
    assert (figure.value, figure.numerator, figure.denominator) == (2, 52, 26)
    assert "52 gedeeld door 26." in visit().get("/afspraken/17-03/").content.decode()
    assert typed(page_of(visit(world.reporter)))["denominator"] == "26"


@pytest.mark.parametrize(
    ("above", "below", "sentence"),
    [
        ("52", "0", "Delen door 0 kan niet."),
        ("52", "", "Vul ‘Indicator other: het getal waardoor u deelt (noemer)’ in."),
        ("9999", "1", "Hoger dan 3 kan bijna niet."),
        ("-1", "2", "U vulde -1 in."),
    ],
)
def test_what_cannot_be_divided_is_said(world, visit, above, below, sentence):
    another(world, goal="1", value_kind="ratio", counting="at_date", decimals=2)
    answer = send(visit(world.reporter), numerator=above, denominator=below)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_percentage_is_at_most_a_hundred_and_says_its_period(world, visit):
    another(world, goal="95", value_kind="percentage", counting="period", decimals=1, unit="%")
    client = visit(world.reporter)
    page = page_of(client)
    assert "hoeveel procent?" in page
    assert "Tel alleen deze periode: 1 juli tot en met 30\xa0september 2017." in page
    wrong = send(client, value="101").content.decode()
    assert "Vul een percentage van 0 tot en met 100 in. U vulde 101 in." in wrong
    looked = client.post(
        "/afspraken/17-03/voortgang/",
        {**answers(value="91,5", status="at_risk", measure="Meer."), "check": "ja"},
    )
    assert "91,5%, minstens 95%</output>" in looked.content.decode()
    assert "Achter op schema" in looked.content.decode()


def test_euros_are_asked_as_an_amount(world, visit):
    another(world, goal="60", value_kind="euro", counting="cumulative", unit="euro per woning")
    client = visit(world.reporter)
    assert "hoeveel euro?" in page_of(client)
    assert "van minstens € 60" in page_of(client)
    assert "Vul een bedrag van 0 tot en met 180 in." in send(client, value="2000").content.decode()


def test_yes_or_no_starts_with_what_was_said_last(world, visit):
    client = visit(world.reporter)
    client.post(
        "/afspraken/17-02/voortgang/", answers(value="0", status="at_risk", measure="Een nieuwe coach.")
    )
    page = client.get("/afspraken/17-02/voortgang/").content.decode()
    assert typed(page)["value"] == "0"
    assert Indicator.objects.get(key="coach").is_yes_no


def test_what_the_figures_contradict_can_be_sent_with_a_tick(world, visit):
    client = visit(world.reporter)
    answer = client.post(ADDRESS, answers(value="20"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "U kiest ‘Op koers’, maar volgens de planning moest het" in page
    assert "Ja, toch met deze status versturen" in page
    assert client.post(ADDRESS, answers(value="20", as_is="on")).status_code == 302


# -- links

GOOD = ["https://www.voorbeeld.nl/rapport", "https://voorbeeld.nl", "https://a.b.nl/x?y=1&z=2#deel"]
BAD = [
    "http://voorbeeld.nl",
    "HTTPS://voorbeeld.nl",
    "javascript:alert(1)",
    "https:voorbeeld.nl",
    "https://",
    "https://localhost/x",
    "https://127.0.0.1:8000/",
    "https://voorbeeld.nl:8443/",
    "https://gebruiker@voorbeeld.nl/",
    "https://gebruiker:geheim@voorbeeld.nl/",
    "https://voorbeeld.nl/een pad",
    'https://voorbeeld.nl/"><script>',
    "https://voorbeeld.nl\\@kwaad.nl",
    "https://vооrbeeld.nl/",  # Cyrillic letters that look like ours
    "https://voorbeeld.nl/\u202egpj",
    "https://[::1]/",
    "https://[x/",
    "//voorbeeld.nl",
    "data:text/html,x",
    "ftp://voorbeeld.nl",
    "https://voorbeeld.nl/" + "x" * 500,
]  # fmt: skip


@pytest.mark.parametrize("address", GOOD)
def test_an_address_of_a_public_page_is_kept(world, visit, address):
    assert (
        visit(world.reporter).post(ADDRESS, answers(links=f"{address}\r\n\r\n{address}")).status_code == 302
    )
    assert EvidenceLink.objects.get().address == address
    page = visit().get("/afspraken/17-01/").content.decode()
    assert 'rel="noopener noreferrer nofollow"' in page


@pytest.mark.parametrize("address", BAD)
def test_anything_else_is_refused(world, visit, address):
    assert not is_address(address)
    answer = visit(world.reporter).post(ADDRESS, answers(links=address))
    assert answer.status_code == 422
    assert not ProgressUpdate.objects.exists()


def test_six_links_are_too_many(world, visit):
    lines = "\n".join(f"https://voorbeeld.nl/{number}" for number in range(6))
    assert "hoogstens 5 links" in visit(world.reporter).post(ADDRESS, answers(links=lines)).content.decode()


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        ("public", {"visitor", "councillor", "chair", "reporter"}),
        ("parties", {"chair", "reporter"}),
        ("own", {"reporter"}),
    ],
)
def test_a_link_is_for_whom_it_was_meant(world, visit, visibility, readers):
    visit(world.reporter).post(ADDRESS, answers(links="https://voorbeeld.nl/lijst", visibility=visibility))
    for name in ("visitor", "councillor", "chair", "reporter"):
        page = visit(world.cast.get(name)).get("/afspraken/17-01/").content.decode()
        assert ("https://voorbeeld.nl/lijst" in page) == (name in readers), name


def test_details_of_the_single_form_go_along_with_the_sheet(world, visit):
    client = visit(world.reporter)
    kept = answers(links="https://voorbeeld.nl/lijst", as_of="29-09-2017", visibility="parties", version="0")
    assert client.post(ADDRESS, {**kept, "save": "ja"}).status_code == 303
    assert client.post(SHEET, {**typed(client.get(SHEET).content.decode()), "send": "ja"}).status_code == 303
    update = ProgressUpdate.objects.get()
    assert update.explanation == kept["explanation"]
    assert [(link.address, link.visibility) for link in update.links.all()] == [
        ("https://voorbeeld.nl/lijst", "parties")
    ]
    assert update.figure.as_of.day == 29


def test_a_lower_figure_asks_in_a_row_too(world, visit):
    an_update(world, value=60, key=uuid4(), round=world.round)
    answer = visit(world.reporter).post(
        ADDRESS, answers(value="55", seen="1", reason="Dubbel geteld in blok 1.")
    )
    assert "Het cijfer is lager dan vorige keer (60)." in answer.content.decode()
    assert STORY not in answer.content.decode()
