"""A party whose key is in a security module: SoftHSM, a real one without a box."""

import subprocess

import pkcs11
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.exceptions import ValidationError

from agreements.documents import store
from agreements.pdf.verify import verify_pdf
from agreements.signing.models import Revision
from agreements.signing.operations import sign
from agreements.signing.queries import trust_of
from tests.signing.builders import a_proof, a_signer, seat_of
from tests.signing.keys import an_authority
from tests.world import TODAY

LIBRARY = "/usr/lib/softhsm/libsofthsm2.so"


@pytest.fixture
def module(tmp_path, settings, monkeypatch):
    """A token with the key of Heideveld, and the settings that name it."""
    tokens = tmp_path / "tokens"
    tokens.mkdir()
    configuration = tmp_path / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(configuration))
    key = ec.generate_private_key(ec.SECP256R1())
    (tmp_path / "sleutel.pem").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    run = lambda *words: subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)  # noqa: E731
    run("--init-token", "--free", "--label", "heideveld", "--pin", "1234", "--so-pin", "4321")
    run(
        "--import",
        str(tmp_path / "sleutel.pem"),
        "--token",
        "heideveld",
        "--label",
        "ondertekening",
        "--id",
        "01",
        "--pin",
        "1234",
    )
    authority = an_authority(tmp_path)
    settings.PARTY_TRUST = [authority.root]
    own = authority.issue("Woonstichting Heideveld", key)
    (tmp_path / "hv.pem").write_bytes(
        own.public_bytes(Encoding.PEM) + authority.certificate.public_bytes(Encoding.PEM)
    )
    (tmp_path / "pin").write_text("1234\n")
    settings.PARTY_MODULES = tmp_path / "modules.toml"
    settings.PARTY_MODULES.write_text(
        f'[hv]\nbibliotheek = "{LIBRARY}"\ntoken = "heideveld"\nsleutel = "ondertekening"\n'
        f'pin_bestand = "{tmp_path}/pin"\ncertificaat = "{tmp_path}/hv.pem"\n'
    )
    yield tmp_path
    pkcs11.lib(LIBRARY).finalize()


def test_the_key_never_leaves_the_module_and_a_wrong_pin_signs_nothing(round_, world, module, visit):
    user = a_signer(world.heideveld)
    (module / "pin").write_text("9999")
    with pytest.raises(ValidationError, match="De sleutelmodule van uw organisatie antwoordt niet"):
        sign(seat_of(round_, "hv"), by=user, on=TODAY, proof=a_proof())
    assert Revision.objects.count() == 1
    (module / "pin").write_text("1234")
    seat = sign(seat_of(round_, "hv"), by=user, on=TODAY, proof=a_proof())
    assert (seat.level, seat.certificate_holder) == ("party", "Woonstichting Heideveld")
    verdict = verify_pdf(store.read(round_.revisions.last().sha256), trust=trust_of([seat]))
    assert verdict.is_genuine
    page = visit(user).get("/organisatie/hv/certificaat/").content.decode()
    assert "De sleutel zit in een sleutelmodule" in page
