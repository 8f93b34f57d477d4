"""A corporation states its stock: what is taken, what is refused in plain Dutch, and that nothing typed is lost."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agreements.access.refusals import Refused
from agreements.history.models import Event
from agreements.stock.models import StockStatement
from agreements.stock.operations import submit_statement
from tests.stock.statements import a_statement, values
from tests.world import PASSWORD, TODAY

ADDRESS = "/voorraad/hv/opgeven/2016/"
PAGE = "/voorraad/hv/"


def answers(**changed: str) -> dict[str, str]:
    usual = {
        "key": str(uuid4()),
        "seen": "0",
        "certainty": "hard",
        "begin": "4.190",
        "built": "12",
        "bought": "0",
        "sold": "38",
        "liberalised": "16",
        "demolished": "0",
        "reported_end": "4148",
        "as_of": "31-12-2016",
        "origin": "Jaarverslag 2016, bladzijde 40",
        "explanation": "",
        "reason": "",
    }
    return {**usual, **changed}


def test_a_reporter_sees_it_on_the_page_at_once(world, visit):
    answer = visit(world.reporter).post(ADDRESS, answers())
    assert (answer.status_code, answer["Location"]) == (303, "/voorraad/hv/#jaar-2016")
    page = visit().get(PAGE).content.decode()
    assert "Gerealiseerd in 2016" in page
    assert "4.148" in page
    assert "Jaarverslag 2016, bladzijde 40" in page
    event = Event.objects.get(verb="stock.submitted")
    assert event.sentence == "Voorraad 2016 (gerealiseerd) opgegeven: eindstand 4.148."
    assert (event.party, event.data["after"]["sold"]) == (world.heideveld, "38")


def test_the_begin_is_where_the_year_before_ended_and_the_rest_is_empty(world, visit):
    a_statement(world, 2016)
    page = visit(world.reporter).get("/voorraad/hv/opgeven/2017/").content.decode()
    assert 'name="begin" value="4148"' in page
    assert 'name="built" value="' not in page


def test_the_last_statement_of_the_year_is_filled_in(world, visit):
    a_statement(world, 2016, sold=30)
    page = visit(world.reporter).get(ADDRESS).content.decode()
    assert 'name="sold" value="30"' in page
    assert "U gaf al op (gerealiseerd, versie 1, 15\N{NO-BREAK SPACE}november 2017)" in page


WRONG = [
    ({"begin": ""}, "Beantwoord de vraag ‘Hoeveel woningen waren er op 1 januari?’"),
    ({"built": "12,5"}, "Vul een heel getal in, zonder komma. U vulde ‘12,5’ in."),
    ({"sold": "-3"}, "Vul een aantal van 0 tot en met 50.000 in. U vulde -3 in."),
    ({"begin": "60.000"}, "U vulde 60.000 in."),
    ({"sold": "4.191"}, "Aan het begin van het jaar waren er 4.190 woningen. Vul 4.190 of minder in."),
    ({"liberalised": "4.191"}, "Vul 4.190 of minder in."),
    (
        {"sold": "4000", "liberalised": "200", "demolished": "100"},
        "Er gaan meer woningen af dan er zijn. Kijk de aantallen na.",
    ),
    ({"reported_end": "4.160"}, "Verschil: 12. Het portaal telt 4.148, opgegeven is 4.160."),
    ({"certainty": ""}, "Beantwoord de vraag ‘Hoe zeker zijn deze aantallen?’"),
    ({"certainty": "final"}, "Kies een van de antwoorden"),
    ({"as_of": "30-09-2016"}, "‘Gerealiseerd’ gaat over het hele jaar."),
    ({"as_of": "16-11-2017"}, "Deze dag is nog niet geweest."),
    ({"origin": ""}, "Beantwoord de vraag ‘Waar komen de aantallen vandaan?’"),
    ({"explanation": "x" * 1001}, "hoogstens 1000 tekens"),
]


@pytest.mark.parametrize(("wrong", "sentence"), WRONG, ids=lambda given: str(given)[:40])
def test_a_wrong_answer_gets_a_sentence_and_nothing_typed_is_lost(world, visit, wrong, sentence):
    given = answers(**wrong)
    answer = visit(world.reporter).post(ADDRESS, given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Uw opgave is nog niet verstuurd." in page
    for name in ("key", "begin", "sold", "reported_end", "as_of", "origin"):
        assert f'name="{name}" value="{given[name]}"' in page or not given[name]
    assert not StockStatement.objects.exists()


def test_a_year_that_runs_has_no_hard_figures(world, visit):
    given = answers(as_of="15-11-2017")
    page = visit(world.reporter).post("/voorraad/hv/opgeven/2017/", given).content.decode()
    assert "2017 is nog niet voorbij. Kies ‘Verwacht’." in page
    assert (
        visit(world.reporter)
        .post("/voorraad/hv/opgeven/2017/", answers(certainty="expected", as_of="15-11-2017"))
        .has_header("Location")
    )


def test_a_difference_with_an_explanation_is_taken_as_it_is_and_shown(world, visit):
    given = answers(reported_end="4.160", explanation="Twaalf woningen zijn gesplitst.")
    assert visit(world.reporter).post(ADDRESS, given).status_code == 303
    statement = StockStatement.objects.get()
    assert (statement.reported_end, statement.ledger.computed_end, statement.ledger.difference) == (
        4160,
        4148,
        12,
    )
    for address in (PAGE, "/voorraad/"):
        page = visit().get(address).content.decode()
        assert "Verschil: 12. Het portaal telt 4.148, opgegeven is 4.160." in page
        assert "Twaalf woningen zijn gesplitst." in page


def test_a_begin_that_is_not_the_end_of_the_year_before_is_explained_and_shown(world, visit):
    a_statement(world, 2015)
    client = visit(world.reporter)
    given = answers(begin="4.150", reported_end="4.108")
    sentence = "Verschil met 2015: 2. 2015 eindigde op 4.148, "
    refused = client.post(ADDRESS, given)
    assert refused.status_code == 422
    assert f"{sentence}dit jaar begint met 4.150." in refused.content.decode()
    assert client.post(ADDRESS, {**given, "explanation": "Twee woningen vergeten."}).status_code == 303
    assert f"{sentence}2016 begint met 4.150." in visit().get(PAGE).content.decode()


def test_a_difference_that_comes_from_a_later_correction_is_shown_too(world, client):
    a_statement(world, 2015)
    a_statement(world, 2016, begin=4148)
    a_statement(world, 2015, sold=40, reason="Twee verkopen gemist.")
    page = client.get("/voorraad/").content.decode()
    assert "Verschil met 2015: 2. 2015 eindigde op 4.146, 2016 begint met 4.148." in page
    assert "Er is geen toelichting bij dit verschil." in page


def test_an_expectation_goes_on_from_hard_figures_and_hard_ones_never_from_an_expectation(world):
    a_statement(world, 2015, certainty="expected", as_of=TODAY)
    assert a_statement(world, 2016, begin=4000).begin == 4000
    with pytest.raises(ValidationError, match="2016 eindigde op 3.958"):
        a_statement(world, 2017, begin=4148)


def test_a_correction_is_a_new_version_with_a_reason_and_the_old_one_stays(world, visit):
    a_statement(world, sold=30)
    client = visit(world.reporter)
    given = answers(seen="1")
    refused = client.post(ADDRESS, given)
    assert refused.status_code == 422
    assert "Er is al een opgave voor 2016 (gerealiseerd)." in refused.content.decode()
    assert client.post(ADDRESS, {**given, "reason": "Acht verkopen gemist."}).status_code == 303
    assert list(StockStatement.objects.values_list("number", "sold").order_by("number")) == [(1, 30), (2, 38)]
    page = visit().get(PAGE).content.decode()
    assert "Versie 2, geldt nu" in page
    assert "Versie 1, vervangen" in page
    assert "Acht verkopen gemist." in page


def test_hard_and_expected_of_one_year_have_versions_of_their_own(world):
    a_statement(world, certainty="expected", as_of=TODAY)
    hard = a_statement(world)
    assert (hard.number, hard.reason) == (1, "")


def test_sending_what_is_there_already_is_no_correction(world):
    a_statement(world)
    with pytest.raises(ValidationError, match="Alles staat er al zo"):
        a_statement(world, reason="Zomaar.")


def test_a_reason_is_not_kept_where_nothing_was_corrected(world):
    assert a_statement(world, reason="Per ongeluk ingevuld.").reason == ""


def test_sending_the_same_form_twice_gives_one_statement(world, visit):
    given, client = answers(), visit(world.reporter)
    assert [client.post(ADDRESS, given).status_code for _ in range(2)] == [303, 303]
    assert StockStatement.objects.count() == 1
    assert Event.objects.filter(verb="stock.submitted").count() == 1


def test_the_key_of_somebody_else_is_refused(world):
    key = a_statement(world).key
    with pytest.raises(ValidationError, match="al eerder verstuurd"):
        submit_statement(
            world.heideveld, by=world.director, on=TODAY, year=2015, key=key, values=values(2015)
        )


def test_a_colleague_was_first_and_both_are_shown(world, visit):
    a_statement(world, sold=30)
    client = visit(world.reporter)
    answer = client.post(ADDRESS, answers())
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Dit staat er nu (gerealiseerd, versie 1" in page
    assert "verkocht 30" in page
    assert "In uw formulier" in page
    assert "verkocht 38" in page
    assert 'name="seen" value="1"' in page
    assert "Waarom verbetert u een eerdere opgave?" in page
    assert StockStatement.objects.count() == 1
    assert client.post(ADDRESS, answers(seen="1", reason="Acht verkopen gemist.")).status_code == 303


def test_the_portal_can_count_first_without_saving(world, visit):
    client = visit(world.reporter)
    page = client.post(ADDRESS, answers(check="ja")).content.decode()
    assert (
        "Het portaal telt op 31 december: <strong>4.148</strong>. U geeft op: <strong>4.148</strong>. Dat klopt."
        in page
    )
    assert not StockStatement.objects.exists()


def test_the_session_ends_while_typing_and_the_numbers_are_still_there(world, client):
    typed = answers(sold="38,5", origin="Dit kostte mij een uur.")
    assert client.post(ADDRESS, typed).status_code == 302
    client.post("/account/login/", {"login": world.reporter.email, "password": PASSWORD})
    page = client.get(ADDRESS).content.decode()
    assert 'value="38,5"' in page
    assert "Dit kostte mij een uur." in page
    assert typed["key"] in page


def test_htmx_gets_only_the_form_and_is_then_sent_on(world, visit):
    client, htmx = visit(world.reporter), {"HX-Request": "true", "HX-Target": "formulier"}
    wrong = client.post(ADDRESS, answers(sold="x"), headers=htmx)
    assert wrong.status_code == 422
    assert "<header" not in wrong.content.decode()
    assert client.post(ADDRESS, answers(), headers=htmx)["HX-Redirect"] == "/voorraad/hv/#jaar-2016"


@pytest.mark.parametrize("path", ["hv/opgeven/2014/", "hv/opgeven/2021/", "gh/opgeven/2016/", "gh/", "x/"])
def test_other_years_and_parties_do_not_exist(world, visit, path):
    assert visit(world.coordinator).get(f"/voorraad/{path}").status_code == 404


def test_the_operation_asks_who_it_is(world):
    given = {"on": TODAY, "year": 2016, "key": uuid4(), "values": values()}
    for name in ("coordinator", "chair", "councillor", "stranger"):
        with pytest.raises(Refused):
            submit_statement(world.heideveld, by=world.cast[name], **given)
    with pytest.raises(Refused, match="Alleen woningcorporaties"):
        submit_statement(world.municipality, by=world.coordinator, **given)


@pytest.mark.parametrize(
    "wrong",
    [{"begin": 1}, {"sold": -1}, {"reported_end": 1}, {"number": 2}],
    ids=["below zero", "negative", "unexplained", "no reason"],
)
def test_the_database_refuses_what_cannot_be(world, wrong):
    usual = {
        "party": world.heideveld,
        "year": 2016,
        "number": 1,
        "key": uuid4(),
        "provenance": "own",
        "submitted_on": date(2017, 11, 15),
        "submitted_by": world.reporter,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        StockStatement.objects.create(**{**usual, **values(), **wrong})
