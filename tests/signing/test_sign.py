"""A party signs in its own field: with a mandate, a fresh second factor, once, and for good."""

import time

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from agreements.access.refusals import Refused
from agreements.documents import store
from agreements.history.models import Event
from agreements.history.queries import broken_links
from agreements.parties.operations import end_mandate
from agreements.pdf.keys import trusted_roots
from agreements.pdf.verify import verify_pdf
from agreements.signing.models import Revision, Seat
from agreements.signing.operations import decline, sign
from agreements.workspace.queries import count_tasks, tasks_of
from tests.signing.builders import a_mandate, a_proof, a_signer, seat_of
from tests.world import TODAY

REASON = "Er is te weinig geregeld over de huurprijs na een renovatie."
ADDRESS = "/jaarschijven/2018/ondertekening/1/hv/tekenen/"
TICKED = {"has_read": "on", "may_sign": "on"}


def proved(client: Client, seconds: float = 0, kind: str = "totp") -> Client:
    """As if this person showed an app code this long ago."""
    session = client.session
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session["account_authentication_methods"] = [{"method": "mfa", "type": kind, "at": time.time() - seconds}]
    session.save()
    return client


def sign_for(round_, key, user=None) -> Seat:
    seat = seat_of(round_, key)
    return sign(seat, by=user or a_signer(seat.party), on=TODAY, proof=a_proof())


def signatures(round_) -> list[tuple[str, str, bool]]:
    data = store.read(round_.revisions.last().sha256)
    verdict = verify_pdf(data, trust=trusted_roots())
    assert verdict.is_genuine
    return [(one.field, one.signer, one.is_genuine) for one in verdict.signatures]


def test_a_signature_stands_in_the_field_of_its_party(round_):
    seat = sign_for(round_, "hv")
    assert (seat.outcome, seat.level) == ("signed", "portal")
    assert seat.proof.replace("\xa0", " ") == "Besluit van het bestuur van 16 februari 2017: Notulen, punt 4"
    assert signatures(round_) == [
        ("zegel", "Zegel (voorbeeld, niet rechtsgeldig)", True),
        ("partij-hv", "Directeur-bestuurder, Woonstichting Heideveld", True),
    ]
    first, second = round_.revisions.all()
    assert store.read(second.sha256).startswith(store.read(first.sha256))
    assert list(broken_links()) == []


def test_in_the_browser_with_the_page_the_ticks_and_the_proof(round_, visit):
    user = a_signer(seat_of(round_, "hv").party)
    assert [task.sentence for task in tasks_of(user)][-1:] == ["Teken of teken niet: jaarschijf 2018"]
    client = visit(user)
    page = client.get("/jaarschijven/2018/ondertekening/1/").content.decode()
    assert ADDRESS in page
    assert "/jaarschijven/2018/ondertekening/1/bw/tekenen/" not in page, "only the own place"
    assert "Zet inloggen in twee stappen aan" in client.get(ADDRESS).content.decode()
    page = proved(client).get(ADDRESS).content.decode()
    assert round_.document_sha256 in page
    assert "gekwalificeerd" not in page
    answer = client.post(ADDRESS, {})
    assert answer.status_code == 422
    assert "Zet een vinkje bij ‘Ik heb de hele tekst gelezen’." in answer.content.decode()
    assert client.post(ADDRESS, TICKED).status_code == 303
    assert seat_of(round_, "hv").outcome == "signed"
    assert "Getekend" in client.get("/jaarschijven/2018/ondertekening/1/").content.decode()
    assert count_tasks(type(user).objects.get(pk=user.pk)) == len(tasks_of(user))


def test_the_same_form_sent_twice_signs_once(round_):
    user = a_signer(seat_of(round_, "hv").party)
    sign_for(round_, "hv", user)
    sign_for(round_, "hv", user)
    assert Revision.objects.count() == 2
    assert Event.objects.filter(verb="signing.answered").count() == 1


@pytest.mark.parametrize(("seconds", "is_accepted"), [(0, True), (299, True), (301, False), (-60, False)])
def test_the_proof_is_at_most_five_minutes_old(round_, seconds, is_accepted):
    seat, user = seat_of(round_, "hv"), a_signer(seat_of(round_, "hv").party)
    if is_accepted:
        assert sign(seat, by=user, on=TODAY, proof=a_proof(seconds)).outcome == "signed"
    else:
        with pytest.raises(Refused, match="langer dan vijf minuten"):
            sign(seat, by=user, on=TODAY, proof=a_proof(seconds))
        assert Revision.objects.count() == 1


def test_an_old_proof_leads_to_the_second_factor_and_back_with_the_ticks(round_, visit):
    client = proved(visit(a_signer(seat_of(round_, "hv").party)), seconds=301)
    answer = client.post(ADDRESS, TICKED)
    assert answer.status_code == 303
    assert seat_of(round_, "hv").outcome == "pending"
    page = proved(client).get(ADDRESS).content.decode()
    assert page.count("checked") == 2
    assert "Uw antwoorden staan er nog" in page


def test_a_recovery_code_or_a_password_is_not_enough(round_, visit):
    client = visit(a_signer(seat_of(round_, "hv").party))
    for kind in ("recovery_codes", "password"):
        assert proved(client, kind=kind).post(ADDRESS, TICKED).status_code == 303
    assert seat_of(round_, "hv").outcome == "pending"


def test_nobody_signs_without_a_mandate_or_for_another(round_, world, visit):
    seat = seat_of(round_, "hv")
    for name in world.cast:
        with pytest.raises(Refused):
            sign(seat, by=world.cast[name], on=TODAY, proof=a_proof())
    stranger = a_signer(seat_of(round_, "bw").party)
    with pytest.raises(Refused, match="U kunt niet antwoorden namens Woonstichting Heideveld"):
        sign(seat, by=stranger, on=TODAY, proof=a_proof())
    assert proved(visit(stranger)).post(ADDRESS, TICKED).status_code == 403


def test_a_party_may_replace_who_signs_until_the_moment_of_signing(round_, world):
    user = a_signer(world.heideveld)
    end_mandate(user.mandates.get(), by=user, on=TODAY)
    with pytest.raises(Refused, match="geen geldig mandaat"):
        sign_for(round_, "hv", user)
    a_mandate(world.heideveld, world.director, function="Vervangend bestuurder")
    assert sign_for(round_, "hv", world.director).function == "Vervangend bestuurder"


def test_a_signature_stays(round_):
    user = a_signer(seat_of(round_, "hv").party)
    sign_for(round_, "hv", user)
    with pytest.raises(Refused, match="Een handtekening blijft staan"):
        decline(seat_of(round_, "hv"), by=user, on=TODAY, proof=a_proof(), reason=REASON)
    end_mandate(user.mandates.get(), by=user, on=TODAY)
    assert seat_of(round_, "hv").outcome == "signed"


def test_the_municipality_signs_last_when_that_was_agreed(world):
    from tests.signing.builders import an_open_round

    round_ = an_open_round(world, is_municipality_last=True)
    alderman = a_signer(world.municipality)
    with pytest.raises(Refused, match="De gemeente tekent als laatste"):
        sign_for(round_, "gh", alderman)
    sign_for(round_, "hv")
    sign_for(round_, "bw")
    tenant = a_signer(seat_of(round_, "hrh").party)
    decline(seat_of(round_, "hrh"), by=tenant, on=TODAY, proof=a_proof(), reason=REASON)
    assert sign_for(round_, "gh", alderman).outcome == "signed"


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda settings, path: setattr(settings, "ISSUER_P12", path / "weg.p12"), "is er niet"),
        (lambda settings, path: setattr(settings, "ISSUER_P12_PASSWORD", "fout"), "wachtwoord"),
        (lambda settings, path: setattr(settings, "ISSUER_P12", _broken(path)), "het bestand is stuk"),
    ],
)
def test_without_an_issuer_nothing_is_signed_and_later_it_works(round_, settings, tmp_path, damage, sentence):
    before = settings.ISSUER_P12, settings.ISSUER_P12_PASSWORD
    user = a_signer(seat_of(round_, "hv").party)
    damage(settings, tmp_path)
    with pytest.raises(ValidationError, match=f"Tekenen lukt nu niet.*{sentence}"):
        sign_for(round_, "hv", user)
    assert seat_of(round_, "hv").outcome == "pending"
    settings.ISSUER_P12, settings.ISSUER_P12_PASSWORD = before
    assert sign_for(round_, "hv", user).outcome == "signed"


def _broken(folder):
    path = folder / "stuk.p12"
    path.write_bytes(b"geen sleutel")
    return path


def test_a_stored_file_that_was_changed_is_never_signed(round_):
    path = store.path_of(round_.document_sha256)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(ValueError, match="was changed"):
        sign_for(round_, "hv")
    assert Revision.objects.count() == 1


def test_others_read_that_a_party_answered_and_not_what(round_, world, visit):
    sign_for(round_, "bw")
    tenant = a_signer(seat_of(round_, "hrh").party)
    decline(seat_of(round_, "hrh"), by=tenant, on=TODAY, proof=a_proof(), reason=REASON)
    for user in (None, world.coordinator, world.reporter, world.councillor):
        client = visit(user)
        for address in ("/jaarschijven/2018/ondertekening/1/", "/jaarschijven/2018/"):
            page = client.get(address).content.decode()
            assert page.count("Heeft geantwoord") == 2
            assert "2 van de 4 partijen hebben geantwoord." in page
            assert REASON not in page
            assert "Tekent niet" not in page
            assert "<span>Getekend</span>" not in page
        assert client.get("/jaarschijven/2018/ondertekening/1/ondertekend.pdf").status_code == 404
        text = b"".join(client.get("/jaarschijven/2018/ondertekening/1/tekst.pdf").streaming_content)
        assert text == store.read(round_.document_sha256), "the text that everyone signs, without signatures"
    own = visit(tenant).get("/jaarschijven/2018/ondertekening/1/").content.decode()
    assert REASON in own
    for event in Event.objects.filter(verb="signing.answered"):
        assert set(event.data) == {"fingerprint", "second_factor"}
        assert event.why == ""
