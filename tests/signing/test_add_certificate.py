"""A party signs with its own certificate: judged when it is brought, kept encrypted, and named for what it is."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from agreements.access.refusals import Refused, allows
from agreements.documents import store
from agreements.history.models import Event
from agreements.pdf.own import make_demo_party_key
from agreements.pdf.sign import sign_field
from agreements.pdf.verify import is_signed_on_top, verify_pdf
from agreements.signing import permissions
from agreements.signing.models import OwnCertificate, Revision, Seat
from agreements.signing.operations import add_certificate, remove_certificate, sign
from agreements.signing.queries import trust_of
from agreements.signing.signer import signer_of
from tests.signing.builders import DUE, a_proof, a_signer, close, seat_of
from tests.signing.keys import PASSWORD, a_short_key, an_authority
from tests.signing.test_sign import TICKED, proved
from tests.world import TODAY

ADDRESS = "/organisatie/hv/certificaat/"


@pytest.fixture
def known(settings, tmp_path):
    """An authority from which the portal takes certificates of parties."""
    authority = an_authority(tmp_path)
    settings.PARTY_TRUST = [authority.root]
    return authority


@pytest.fixture
def signer(world):
    return a_signer(world.heideveld)


def bring(world, signer, content: bytes, password: str = PASSWORD) -> OwnCertificate:
    return add_certificate(world.heideveld, by=signer, on=TODAY, upload=content, password=password)


def a_file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("sleutel.p12", content)


def signed_by_hv(round_, user) -> Seat:
    return sign(seat_of(round_, "hv"), by=user, on=TODAY, proof=a_proof())


def verdict_on(round_):
    data = store.read(round_.revisions.last().sha256)
    return verify_pdf(data, trust=trust_of(round_.seats.select_related("party")))


def test_a_party_brings_its_certificate_and_signs_with_it(round_, world, signer, known, visit):
    client = proved(visit(signer))
    assert "/organisatie/hv/certificaat/" in client.get("/mandaten/").content.decode()
    assert "nu met een certificaat van het portaal" in client.get(ADDRESS).content.decode()
    answer = client.post(ADDRESS, {"upload": a_file(known.p12()), "password": PASSWORD})
    assert answer.status_code == 303, answer.content.decode()
    page = client.get(ADDRESS).content.decode()
    assert "Woonstichting Heideveld" in page
    assert "Uitgever voor organisaties" in page, "the chain is shown"
    address = "/jaarschijven/2018/ondertekening/1/hv/tekenen/"
    page = client.get(address).content.decode()
    assert "handtekening namens partij, met het certificaat Woonstichting Heideveld, uitgegeven door" in page
    assert client.post(address, TICKED).status_code == 303
    seat = seat_of(round_, "hv")
    assert (seat.level, seat.certificate_holder) == ("party", "Woonstichting Heideveld")
    verdict = verdict_on(round_)
    assert verdict.is_genuine
    assert verdict.signatures[-1].signer == "Woonstichting Heideveld"


def test_the_round_closes_with_it_and_the_page_names_the_level(round_, world, signer, known, settings, visit):
    bring(world, signer, known.p12())
    signed_by_hv(round_, signer)
    settings.TODAY = DUE.replace(day=DUE.day + 1)
    close(round_, by=world.coordinator, on=settings.TODAY)
    assert verdict_on(round_).is_genuine
    page = visit().get("/jaarschijven/2018/ondertekening/1/").content.decode()
    assert "handtekening namens partij (certificaat: Woonstichting Heideveld)" in page
    assert "gekwalificeerd" not in page


def test_the_key_is_kept_encrypted_and_the_password_not_at_all(world, signer, known):
    key = ec.generate_private_key(ec.SECP256R1())
    kept = bring(world, signer, known.p12(key=key))
    number = key.private_numbers().private_value.to_bytes(32, "big")
    assert number.hex() not in kept.secret.encode().hex()
    assert kept.secret.startswith("gAAAA"), "Fernet"
    told = Event.objects.get(verb="signing.certificate_added")
    assert PASSWORD not in str(vars(kept)) + str(vars(told))
    assert told.data == {"fingerprint": kept.fingerprint}


def test_a_session_that_ended_keeps_no_password(world, signer, known, visit):
    client = visit()
    client.post(ADDRESS, {"upload": a_file(known.p12()), "password": PASSWORD})
    assert PASSWORD not in str(dict(client.session))
    assert "geheim" not in str(dict(client.session))


@pytest.mark.parametrize(
    ("how", "password", "sentence"),
    [
        ({}, "fout", "Het wachtwoord klopt niet"),
        ({}, "", "Het wachtwoord klopt niet"),
        ({"without_key": True}, PASSWORD, "zit geen sleutel"),
        ({"of_another": True}, PASSWORD, "hoort niet bij een certificaat"),
        ({"since": -20, "until": -1}, PASSWORD, "is verlopen op"),
        ({"since": 2}, PASSWORD, "pas geldig vanaf"),
        ({"signs": False}, PASSWORD, "niet voor om documenten te tekenen"),
        ({"key": a_short_key()}, PASSWORD, "te kort"),
    ],
)
def test_a_certificate_that_cannot_sign_is_refused_with_the_reason(
    world, signer, known, how, password, sentence
):
    with pytest.raises(ValidationError, match=sentence):
        bring(world, signer, known.p12(**how), password)
    assert not OwnCertificate.objects.exists()


def test_what_is_no_key_is_refused_in_the_browser(world, signer, known, visit):
    client = visit(signer)
    for content in (b"geen sleutel", b"0" * 200_000):
        answer = client.post(ADDRESS, {"upload": a_file(content), "password": PASSWORD})
        assert answer.status_code == 422
        assert PASSWORD not in answer.content.decode()
    assert client.post(ADDRESS, {}).status_code == 422


def test_an_issuer_that_the_portal_does_not_know_is_named(world, signer, known, tmp_path):
    with pytest.raises(ValidationError, match="kent de uitgever van dit certificaat niet: Garagebedrijf"):
        bring(world, signer, an_authority(tmp_path, "Garagebedrijf").p12())


def test_the_word_qualified_only_when_the_certificate_says_so(round_, world, signer, known, visit):
    assert not bring(world, signer, known.p12()).is_qualified
    assert bring(world, signer, known.p12(is_qualified=True)).is_qualified
    assert "gekwalificeerd volgens het certificaat" in visit(signer).get(ADDRESS).content.decode()
    with signer_of(seat_of(round_, "hv")) as (_, means, _):
        assert means.in_words.endswith("gekwalificeerd volgens het certificaat")


def test_a_new_one_takes_the_place_and_the_old_key_is_gone(world, signer, known, visit):
    content = known.p12()
    first = bring(world, signer, content)
    assert bring(world, signer, content).pk == first.pk, "the same file twice is one"
    second = bring(world, signer, known.p12("Heideveld, zegel"))
    first.refresh_from_db()
    assert (first.secret, first.removed_by) == ("", signer)
    client = visit(signer)
    assert client.get(f"{ADDRESS}verwijderen/").status_code == 200
    assert client.post(f"{ADDRESS}verwijderen/").status_code == 303
    second.refresh_from_db()
    assert second.secret == ""
    with pytest.raises(Refused, match="al verwijderd"):
        remove_certificate(second, by=signer, on=TODAY)
    assert client.get(f"{ADDRESS}verwijderen/").status_code == 404


def test_one_at_a_time_and_no_key_after_it_is_removed(world, signer, known):
    bring(world, signer, known.p12())
    own = OwnCertificate.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnCertificate.objects.filter(pk=own.pk).update(secret="")
    own.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        own.save(force_insert=True)


@pytest.mark.parametrize("problem", ["expired", "secret"])
def test_when_it_cannot_be_used_nothing_is_signed_and_the_page_says_why(
    round_, world, signer, known, settings, visit, time_machine, problem
):
    bring(world, signer, known.p12(until=1))
    before = settings.KEY_SECRETS
    if problem == "secret":
        settings.KEY_SECRETS = [Fernet.generate_key().decode()]
        sentence = "kan de bewaarde sleutel van uw organisatie niet openen"
    else:
        time_machine.move_to(datetime.now(UTC) + timedelta(days=2), tick=True)
        sentence = "Dit certificaat is verlopen op"
    with pytest.raises(ValidationError, match=f"Tekenen lukt nu niet.*{sentence}"):
        signed_by_hv(round_, signer)
    assert Revision.objects.count() == 1, "and not with a certificate of the portal instead"
    page = proved(visit(signer)).get("/jaarschijven/2018/ondertekening/1/hv/tekenen/").content.decode()
    assert sentence in page
    settings.KEY_SECRETS = before
    own = OwnCertificate.objects.get()
    remove_certificate(own, by=signer, on=TODAY)
    assert signed_by_hv(round_, signer).level == "portal"


def test_without_a_secret_of_the_portal_no_key_is_taken(world, signer, known, settings):
    settings.KEY_SECRETS = []
    with pytest.raises(ValidationError, match="stelde nog niets in om sleutels veilig te bewaren"):
        bring(world, signer, known.p12())


def test_a_secret_can_be_replaced(round_, world, signer, known, settings):
    bring(world, signer, known.p12())
    settings.KEY_SECRETS = [Fernet.generate_key().decode(), *settings.KEY_SECRETS]
    assert signed_by_hv(round_, signer).level == "party"


def test_in_the_field_of_another_party_it_is_not_believed_and_named(round_, world, signer, known):
    bring(world, signer, known.p12())
    seat = signed_by_hv(round_, signer)
    before, trust = store.read(round_.document_sha256), trust_of([seat])
    with signer_of(seat) as (own, _, _):
        wrong = sign_field(before, field="partij-bw", signer=own, name="X", reason="X", lines=["Getekend"])
    assert not is_signed_on_top(wrong, before=before, field="partij-bw", trust=trust)
    found = verify_pdf(wrong, trust=trust).signatures[-1]
    assert (found.is_in_own_field, found.issued_for, found.is_genuine) == (False, "partij-hv", False)


def test_only_who_decides_for_the_party_brings_it(world, signer):
    others = {
        name
        for name, user in world.cast.items()
        if allows(permissions.add_certificate, world.heideveld, by=user)
    }
    assert others == {"director"}
    assert not allows(permissions.add_certificate, world.boekweit, by=signer)


def test_the_key_of_the_demo_is_taken(world, signer, settings, tmp_path):
    make_demo_party_key(tmp_path)
    settings.PARTY_TRUST = [tmp_path / "wortel-partijen.pem"]
    found = bring(world, signer, (tmp_path / "partij.p12").read_bytes(), "voorbeeld")
    assert found.holder == "Partij (voorbeeld, niet rechtsgeldig)"
