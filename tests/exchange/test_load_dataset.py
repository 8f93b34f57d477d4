"""The two data sets: complete, labelled, and sensible on their own."""

from collections.abc import Callable

import pytest
from django.core.management import call_command

from agreements.agenda.models import AgendaItem
from agreements.agreement.models import Signatory
from agreements.commitments.faults import faults
from agreements.commitments.models import Amendment, Commitment, Indicator, Status
from agreements.commitments.smart import advice_on
from agreements.documents.models import Evidence
from agreements.exchange import dataset
from agreements.history.models import Event, Provenance
from agreements.history.queries import broken_links
from agreements.parties.models import Party
from agreements.progress.models import Draft, ProgressUpdate, Return
from agreements.reports.models import Report
from tests.world import TODAY


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory, authority) -> Callable[[], None]:
    """Both data sets in the database for the tests of this module, gone afterwards."""
    from django.conf import settings
    from django.db import transaction
    from django.test import override_settings

    store = tmp_path_factory.mktemp("demo") / "bestanden"
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(STORE=store, SEAL_P12=authority / "zegel.p12"):
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
    assert Report.objects.filter(state="published").count() == 2
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


def test_the_drafts_of_2018_can_be_edited_as_they_are(demo):
    drafts = Commitment.objects.with_everything().filter(year_slice__year=2018)
    assert [
        (draft.code, found) for draft in drafts if (found := faults(draft.editable_values(), year=2018))
    ] == []
    assert drafts.filter(copied_from__isnull=False).count() >= 3
    assert drafts.get(depends_on__isnull=False).needs
    assert any(advice_on(draft) for draft in drafts)
