"""The whole agreement is signed at once: its first year, what was adopted before, and the agenda of later years."""

import json

import pytest
from django.core.exceptions import ValidationError

from agreements.agreement.models import Agreement, Signatory
from agreements.documents import store
from agreements.parties.models import Party
from agreements.signing.document import number_of
from agreements.signing.models import SigningRound
from agreements.signing.operations import close_round, decline, finish_round, open_round, prepare_ending, sign
from agreements.signing.queries import last_revision
from tests.agenda.test_show_agenda import an_item
from tests.signing.builders import DUE, a_proof, a_signer, an_open_round, close, in_phase_signing, seat_of
from tests.world import TODAY

REASON = "Er is te weinig geregeld over de huurprijs."
ROUND = "/jaarschijven/2018/ondertekening/1/"


@pytest.fixture
def unsigned(world) -> Agreement:
    """The agreement before anybody signed it."""
    Signatory.objects.update(outcome="pending", answered_on=None, statement="")
    Agreement.objects.update(signed_on=None)
    an_item(world, code="A-09", year=2019)
    world.agreement.refresh_from_db()
    return world.agreement


def test_the_whole_is_signed_and_the_agreement_knows_who_signed(unsigned, world, visit, settings):
    in_phase_signing(world)
    client = visit(world.coordinator)
    form = {
        "due_on": f"{DUE:%d-%m-%Y}",
        "scope": "agreement",
        "parties": [party.pk for party in Party.objects.all()],
    }
    assert client.post("/jaarschijven/2018/ondertekening/nieuw/", form).status_code == 303
    round_ = SigningRound.objects.get()
    assert round_.is_open, round_.failure
    text = json.loads(round_.text)
    assert number_of(text) == "PA-2018-1"
    assert [(row["code"], row["year"]) for row in text["commitments"]] == [
        ("17-01", 2017),
        ("17-02", 2017),
        ("18-01", 2018),
    ]
    assert [row["code"] for row in text["later"]] == ["A-09"]
    assert "Ondertekening van de prestatieafspraken 2017–2020" in client.get(ROUND).content.decode()
    sign(seat_of(round_, "hv"), by=a_signer(world.heideveld), on=TODAY, proof=a_proof())
    tenants = seat_of(round_, "hrh")
    decline(tenants, by=a_signer(tenants.party), on=TODAY, proof=a_proof(), reason=REASON)
    settings.TODAY = DUE.replace(day=DUE.day + 1)
    assert close(round_, by=world.coordinator, on=settings.TODAY).is_adopted
    unsigned.refresh_from_db()
    assert unsigned.signed_on == settings.TODAY
    answers = {one.party.key: one for one in Signatory.objects.select_related("party")}
    assert {key: one.outcome for key, one in answers.items()} == {
        "gh": "silent",
        "hv": "signed",
        "bw": "silent",
        "hrh": "declined",
    }
    assert answers["hrh"].statement == REASON
    assert answers["hv"].mandate is not None
    assert REASON in visit().get("/").content.decode()


def test_an_agreement_is_signed_as_a_whole_once(world, visit):
    year_slice = in_phase_signing(world)
    page = visit(world.coordinator).get("/jaarschijven/2018/ondertekening/nieuw/").content.decode()
    assert "Wat tekenen de partijen?" not in page
    with pytest.raises(ValidationError, match="als geheel al getekend, op 16"):
        open_round(
            year_slice,
            by=world.coordinator,
            on=TODAY,
            due_on=DUE,
            parties=list(Party.objects.all()),
            scope="agreement",
        )


def test_after_the_last_signature_both_documents_are_archivable_and_accessible(
    unsigned, world, settings, broken_rules
):
    """A jaarschijf, and then the agreement as a whole: every kind of field filled, PDF/A-3a and PDF/UA-1 still kept."""
    last, signers = {}, {key: a_signer(Party.objects.get(key=key)) for key in ("hv", "hrh")}
    for scope in ("year", "agreement"):
        settings.TODAY = TODAY
        round_ = an_open_round(world, scope=scope)
        sign(seat_of(round_, "hv"), by=signers["hv"], on=TODAY, proof=a_proof())
        reason = f"{REASON} Łódź, Đorđe."
        decline(seat_of(round_, "hrh"), by=signers["hrh"], on=TODAY, proof=a_proof(), reason=reason)
        settings.TODAY = DUE.replace(day=DUE.day + 1)
        finish_round(prepare_ending(close_round(round_, by=world.coordinator, on=settings.TODAY)))
        last[scope] = store.read(last_revision(round_).sha256)
    found = broken_rules(**last)
    assert found == {(scope, flavour): "ok" for scope in last for flavour in ("3a", "ua1")}
