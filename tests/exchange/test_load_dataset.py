"""The two data sets: complete, labelled, and sensible on their own."""

from collections.abc import Callable

import pytest
from django.core.management import call_command

from agreements.agenda.models import AgendaItem
from agreements.agreement.models import Signatory, Theme
from agreements.commitments.faults import faults
from agreements.commitments.models import Amendment, Commitment, Indicator, Status
from agreements.commitments.smart import advice_on
from agreements.documents.models import Evidence
from agreements.exchange import dataset
from agreements.history.models import Event, Provenance
from agreements.history.queries import broken_links
from agreements.parties.models import Party
from agreements.process.models import Comment, Proposal
from agreements.progress.models import Draft, ProgressUpdate, Return
from agreements.reports.models import Report
from agreements.signing.models import SigningRound
from agreements.stock.models import OtherCount, StockFloor, StockStatement
from tests.world import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory, authority) -> Callable[[], None]:
    """Both data sets in the database for the tests of this module, gone afterwards."""
    from django.conf import settings
    from django.db import transaction
    from django.test import override_settings

    store = tmp_path_factory.mktemp("demo") / "bestanden"
    with django_db_blocker.unblock(), transaction.atomic():
        keys = {"SEAL_P12": authority / "zegel.p12", "ISSUER_P12": authority / "uitgever.p12"}
        with override_settings(STORE=store, **keys):
            dataset.load("hilversum_2017", on=TODAY)
            dataset.load("voorbeeld", on=TODAY)
        yield settings
        transaction.set_rollback(True)


def test_nine_real_parties_of_which_one_did_not_sign(demo):
    real = Signatory.objects.filter(party__provenance=Provenance.SOURCED)
    assert real.count() == 9
    assert [answer.party.kind for answer in real.exclude(outcome="signed")] == ["tenants"]
    assert "persbericht" in real.get(outcome="declined").statement


def test_the_demo_is_as_large_as_promised(demo):
    assert Commitment.objects.filter(year_slice__year=2017).count() >= 40
    assert AgendaItem.objects.count() >= 25
    assert Commitment.objects.filter(year_slice__year=2018).count() >= 10
    states = dict(Report.objects.order_by("number").values_list("number", "state"))
    assert states == {
        "PA-2017-K1-1": "published",
        "PA-2017-K2-1": "published",
        "PA-2017-K3-1": "ready",
        "PB-2017-K2-1": "published",
        "RS-2017-K1-1": "withdrawn",
        "RS-2017-K2-1": "published",
        "RS-2017-K2-2": "published",
    }
    assert Evidence.objects.filter(attached_on__isnull=False).count() >= 5
    shown = set(Commitment.objects.filter(year_slice__year=2017).values_list("status", flat=True))
    assert shown == set(Status.values), "every status occurs"


def test_real_organisations_carry_sourced_facts_only(demo):
    real = Party.objects.filter(provenance=Provenance.SOURCED)
    assert not Commitment.objects.filter(lead__in=real).exclude(provenance=Provenance.SOURCED).exists()
    assert not AgendaItem.objects.filter(lead__in=real).exclude(provenance=Provenance.SOURCED).exists()
    assert not ProgressUpdate.objects.filter(party__in=real).exists()
    for model in (Commitment, AgendaItem, Indicator):
        sourced = model.objects.filter(provenance=Provenance.SOURCED)
        assert sourced.exists()
        assert not sourced.filter(source__isnull=True).exists(), model


def test_one_amendment_is_in_force_and_one_is_open(demo, client):
    assert list(Amendment.objects.values_list("commitment__code", "state").order_by("number", "pk")) == [
        ("17-33", "in_force"),
        ("17-42", "open"),
    ]
    assert set(Amendment.objects.values_list("party__provenance", flat=True)) == {Provenance.EXAMPLE}
    assert "oorspronkelijk 40 – nu 46" in client.get("/afspraken/17-33/").content.decode()


def test_the_stock_has_a_sourced_floor_and_statements_of_invented_corporations_only(demo, client):
    floor = StockFloor.objects.get()
    assert (floor.year, floor.value, floor.source.code) == (2020, 11455, "S8")
    assert OtherCount.objects.get(year=2017).value == 12376
    stated = StockStatement.objects.all()
    assert set(stated.values_list("party__key", flat=True)) == {"hv", "bw"}
    assert set(stated.values_list("provenance", flat=True)) == {Provenance.EXAMPLE}
    assert set(stated.values_list("year", "certainty")) == {
        *((year, "hard") for year in (2015, 2016)),
        *((year, "expected") for year in (2017, 2018, 2019, 2020)),
    }
    assert [s.ledger.difference for s in stated if s.ledger.gap] == [12]
    assert stated.filter(number=2).count() == 1
    page = client.get("/voorraad/").content.decode()
    assert (
        "van de Alliantie, Het Gooi en Omstreken, Dudok Wonen, Habion en Woonzorg Nederland zijn geen" in page
    )


def test_the_road_of_2018_was_walked_and_that_of_2019_leaves_something_to_answer(demo, client):
    steps = Event.objects.filter(verb="process.phase_changed").order_by("on")
    walked = [(event.data["after"], event.why) for event in steps]
    assert walked[:3] == [("bid", ""), ("concept", ""), ("consultation", "")]
    assert walked[3] == ("concept", "Opmerkingen verwerken.")
    assert walked[4:] == [("consultation", ""), ("signing", "")]
    assert steps.last().on < TODAY
    of_2018 = Proposal.objects.filter(year_slice__year=2018)
    assert set(of_2018.values_list("state", flat=True)) == set(Proposal.State) - {"open"}
    assert set(Comment.objects.values_list("state", flat=True)) == {"taken_up", "declined"}
    assert Proposal.objects.filter(year_slice__year=2019, state="open").count() == 2
    for rows in (Proposal.objects, Comment.objects):
        assert set(rows.values_list("party__provenance", flat=True)) == {Provenance.EXAMPLE}
    assert set(Proposal.objects.values_list("party__key", flat=True)) == {"hv", "bw", "hrh", "hbb"}
    drafts = Commitment.objects.filter(proposals__state="taken_up")
    assert {draft.provenance for draft in drafts} == {Provenance.EXAMPLE}
    assert client.get("/jaarschijven/2018/voorstellen/").status_code == 200
    assert client.get("/jaarschijven/2019/voorstellen/").status_code == 404


def test_what_is_not_sent_is_there_in_every_state(demo):
    assert set(Draft.objects.values_list("commitment__code", "state")) == {
        ("17-09", "waiting"),
        ("17-37", "sent_back"),
        ("17-28", "concept"),
        ("17-33", "concept"),
    }
    assert list(Party.objects.filter(needs_approval=True).values_list("key", flat=True)) == ["bw"]
    open_questions = Return.objects.filter(answered_on__isnull=True)
    assert [returned.update.commitment.code for returned in open_questions] == ["17-34"]
    assert Return.objects.count() == 2
    assert not Draft.objects.exclude(party__provenance=Provenance.EXAMPLE).exists()


def test_history_was_written_and_is_whole(demo):
    assert Event.objects.filter(verb="progress.submitted").count() == ProgressUpdate.objects.count()
    assert list(broken_links()) == []


def test_loading_again_changes_nothing(demo, capsys):
    before = Event.objects.count()
    call_command("load_dataset", "voorbeeld")
    assert Event.objects.count() == before
    assert "al ingelezen" in capsys.readouterr().out


def test_accounts_of_every_role_are_shown_with_what_they_are_for(demo):
    accounts = dataset.demo_accounts()
    assert len(accounts) >= 10
    assert all(
        email.endswith(".example") and function and party and purpose
        for email, function, party, purpose in accounts
    )


def test_invented_rows_are_labelled(demo, client):
    page = client.get("/afspraken/17-01/").content.decode()
    assert "voorbeeld</span>" in page
    assert "voorbeeld</span>" not in client.get("/afspraken/17-38/").content.decode().split("<h1>")[0]


def test_the_texts_of_2018_have_no_faults(demo):
    drafts = Commitment.objects.with_everything().filter(year_slice__year=2018)
    assert [
        (draft.code, found) for draft in drafts if (found := faults(draft.editable_values(), year=2018))
    ] == []
    assert drafts.filter(copied_from__isnull=False).count() >= 3
    assert drafts.get(depends_on__isnull=False).needs


def test_2018_is_being_signed_with_one_decline_and_two_parties_to_go(demo, client):
    round_ = SigningRound.objects.get()
    assert (round_.is_open, round_.is_example, round_.year_slice.year) == (True, True, 2018)
    answers = {seat.party.key: seat.outcome for seat in round_.seats.select_related("party")}
    signed, pending = {"hv": "signed", "hrh": "signed"}, {"gh": "pending", "bw": "pending"}
    assert answers == {**signed, **pending, "hbb": "declined"}
    assert not round_.seats.filter(party__provenance=Provenance.SOURCED).exclude(outcome="pending").exists()
    page = client.get("/jaarschijven/2018/").content.decode()
    assert "3 van de 5 partijen hebben geantwoord." in page
    assert "tekent niet" not in page.lower()


def test_2019_is_there_to_edit(demo):
    drafts = Commitment.objects.with_everything().filter(year_slice__year=2019, year_slice__phase="concept")
    assert drafts.count() >= 3
    assert any(advice_on(draft) for draft in drafts)


def test_every_party_and_theme_has_something_to_show(demo, client):
    """Who is not part of the example still has what the public record says of it."""
    for party in Party.objects.filter(provenance=Provenance.EXAMPLE):
        page = client.get(f"/partijen/{party.key}/").content.decode()
        assert "/afspraken/17-" in page, party
        assert "voorbeeld</span>" in page, party
    for theme in Theme.objects.all():
        page = client.get(f"/themas/{theme.code}/").content.decode()
        assert (
            "/afspraken/17-" in page
            or "/agenda/A-" in client.get(f"/themas/{theme.code}/?jaar=2018").content.decode()
        )
    assert "<strong>wat</strong> er meetelt" in client.get("/afspraken/17-41/").content.decode()


def test_the_lines_from_2017_to_2018_are_there_for_everyone(demo, visit):
    lines = visit().get("/van-agenda-naar-afspraak/").content.decode().split('id="van-jaar-tot-jaar"')[1]
    assert lines.index("/afspraken/17-01/") < lines.index("/afspraken/18-03/")
