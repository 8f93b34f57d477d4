"""A seal is there and valid today, or the reason says what is wrong."""

import stat
from datetime import timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from django.utils import timezone

from agreements.pdf.keys import SealUnavailable, load_seal, make_demo_authority, trusted_roots


@pytest.fixture
def own_seal(tmp_path, settings):
    """A demo authority of this test alone: other tests share theirs, and this one gets broken."""
    make_demo_authority(tmp_path / "eigen")
    settings.SEAL_P12 = tmp_path / "eigen" / "zegel.p12"
    settings.SEAL_P12_PASSWORD = ""
    settings.SEAL_TRUST = []
    return settings.SEAL_P12


def reason_of_refusal() -> str:
    with pytest.raises(SealUnavailable) as refusal:
        load_seal()
    return refusal.value.reason


def test_the_demo_seal_says_that_it_is_a_demo(own_seal):
    seal = load_seal()

    assert seal.name == "Zegel (voorbeeld, niet rechtsgeldig)"
    assert 3640 < seal.days_left < 3650
    assert "voorbeeld, niet rechtsgeldig" in seal.signer.signing_cert.issuer.human_friendly


def test_the_key_is_readable_by_its_owner_only(own_seal):
    files = [own_seal, own_seal.parent / "wortel.pem"]

    assert [stat.S_IMODE(path.stat().st_mode) for path in files] == [0o600, 0o600]
    assert stat.S_IMODE(own_seal.parent.stat().st_mode) == 0o700


def test_a_second_start_keeps_the_seal(own_seal):
    before = own_seal.read_bytes()

    make_demo_authority(own_seal.parent)

    assert own_seal.read_bytes() == before


def test_production_makes_no_seal_and_does_not_trust_the_demo(own_seal, settings, tmp_path):
    settings.IS_PRODUCTION = True

    with pytest.raises(SealUnavailable):
        make_demo_authority(tmp_path / "anders")

    assert not (tmp_path / "anders").exists()
    assert not trusted_roots()


def test_the_roots_of_the_settings_are_trusted(own_seal, settings):
    settings.IS_PRODUCTION = True
    settings.SEAL_TRUST = [own_seal.parent / "wortel.pem"]

    assert [root.subject.native["common_name"] for root in trusted_roots().signers] == [
        "Wortel (voorbeeld, niet rechtsgeldig)"
    ]


def test_a_missing_seal_is_reported(own_seal):
    own_seal.unlink()

    assert reason_of_refusal() == "Het bestand met het zegel is er niet."


def test_a_seal_with_a_password_opens_with_that_password_only(own_seal, settings):
    key, certificate, chain = pkcs12.load_key_and_certificates(own_seal.read_bytes(), None)
    locked = pkcs12.serialize_key_and_certificates(
        b"z", key, certificate, chain, BestAvailableEncryption(b"geheim")
    )
    own_seal.write_bytes(locked)

    assert "wachtwoord" in reason_of_refusal()
    settings.SEAL_P12_PASSWORD = "geheim"
    assert load_seal().days_left > 0


def test_a_broken_file_is_reported(own_seal):
    own_seal.write_bytes(b"geen zegel")

    assert "stuk" in reason_of_refusal()


def test_an_expired_seal_is_refused(own_seal):
    day_after = load_seal().not_after + timedelta(days=1)

    with time_machine.travel(day_after):
        assert reason_of_refusal().startswith("Het certificaat van het zegel is verlopen op ")


def test_a_seal_of_tomorrow_is_refused(own_seal):
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        assert reason_of_refusal() == "Het certificaat van het zegel is nog niet geldig."
