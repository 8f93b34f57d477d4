"""Lists of withdrawn certificates: made for our own authorities, fetched once a day from others, and kept."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

from agreements.pdf.keys import key_usage
from agreements.pdf.revocation import fetch_lists, known_lists, newest, own_lists
from tests.pdf.authority import DAY, a_seal, withdrawn


@pytest.fixture
def seal_of_another(time_service, settings, tmp_path):
    """Our seal is from a public authority, which says in it where its list is."""
    now, key = datetime.now(UTC), ec.generate_private_key(ec.SECP256R1())
    place = x509.UniformResourceIdentifier(f"{time_service.url}lijst.crl")
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Zegel")]))
        .issuer_name(time_service.root.subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - DAY)
        .not_valid_after(now + DAY)
        .add_extension(key_usage(is_authority=False), critical=True)
        .add_extension(
            x509.CRLDistributionPoints([x509.DistributionPoint([place], None, None, None)]), critical=False
        )
        .sign(time_service.key, SHA256())
    )
    settings.SEAL_P12, settings.SEAL_TRUST = tmp_path / "zegel.p12", settings.TIMESTAMP_TRUST
    settings.SEAL_P12.write_bytes(
        pkcs12.serialize_key_and_certificates(b"zegel", key, certificate, None, NoEncryption())
    )
    return time_service


def issuers() -> list[str]:
    return [one.issuer.native.get("common_name", "") for one in known_lists()]


def a_day_later(settings) -> None:
    mark = settings.REVOCATIONS / "opgehaald"
    yesterday = mark.stat().st_mtime - 25 * 3600
    os.utime(mark, (yesterday, yesterday))


def test_the_list_of_another_is_fetched_once_a_day_and_kept_when_it_cannot_be(seal_of_another, settings):
    another = seal_of_another.root.subject.rfc4514_string().removeprefix("CN=")
    assert another not in issuers()
    fetch_lists()
    fetch_lists()
    assert (issuers().count(another), seal_of_another.lists_given) == (1, 1)
    a_day_later(settings)
    seal_of_another.fault = "no list"
    fetch_lists()
    assert issuers().count(another) == 1, "the last list stays"
    a_day_later(settings)
    seal_of_another.fault = ""
    fetch_lists()
    assert (issuers().count(another), seal_of_another.lists_given) == (1, 2)


def test_without_keys_nothing_is_fetched_and_nothing_breaks(settings, tmp_path):
    settings.SEAL_P12 = settings.ISSUER_P12 = tmp_path / "weg.p12"
    fetch_lists()
    assert known_lists() == []


def test_each_authority_of_ours_says_now_what_it_withdrew(authority):
    seal = a_seal(authority, begins=-DAY, ends=DAY)
    assert len(own_lists()) == 4
    with withdrawn(authority, seal, datetime.now(UTC)):
        serials = {
            entry["user_certificate"].native
            for one in own_lists()
            for entry in one["tbs_cert_list"]["revoked_certificates"]
        }
    assert serials == {seal.signer.signing_cert.serial_number}
    fresh = own_lists()[0]["tbs_cert_list"]["this_update"].native
    assert datetime.now(UTC) - fresh < timedelta(minutes=1)


def test_of_one_issuer_only_the_newest_list_counts(time_service, time_machine):
    time_machine.move_to(datetime.now(UTC) - DAY)
    old = own_lists()
    time_machine.move_to(datetime.now(UTC) + DAY)
    new = own_lists()
    assert {one.dump() for one in newest([*new, *old])} == {one.dump() for one in new}
