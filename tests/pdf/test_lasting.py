"""Proof that outlives the certificate: validation data and a time stamp over the file (PAdES B-LTA)."""

import asyncio
import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from asn1crypto.crl import CertificateList
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer

from agreements.pdf.keys import SealUnavailable, load_seal, trusted_roots
from agreements.pdf.lasting import add_lasting_proof
from agreements.pdf.revocation import known_lists
from agreements.pdf.seal import seal_pdf
from agreements.pdf.standing import Standing
from agreements.pdf.verify import verify_pdf
from tests.pdf.authority import DAY, MINUTE, a_seal, withdrawn


@pytest.fixture(scope="module")
def small(render):
    body = '<h1>Kop</h1><p>Łódź en Đorđe</p><div data-sig="zegel" style="height:2cm"></div>'
    return render(body + '<div data-sig="partij-1" style="height:2cm"></div>').data


def sealed_now(data: bytes) -> bytes:
    return seal_pdf(data, seal=load_seal(), reason="Proef")


def levels(data: bytes) -> list[str]:
    return [one.level for one in verify_pdf(data, trust=trusted_roots()).signatures]


def test_without_a_service_the_seal_is_b_b_and_nothing_is_added(small):
    data = sealed_now(small)

    assert levels(data) == ["B-B"]
    assert add_lasting_proof(data) == data


def test_with_a_service_the_seal_is_b_t_and_then_b_lta(small, time_service):
    data = sealed_now(small)
    lasting = add_lasting_proof(data)
    verdict = verify_pdf(lasting, trust=trusted_roots())
    seal, stamp = verdict.signatures

    assert levels(data) == ["B-T"]
    assert lasting.startswith(data)
    assert (seal.level, seal.is_stamp, stamp.level, stamp.is_stamp) == ("B-LTA", False, "", True)
    assert verdict.is_genuine
    assert seal.then.standing == seal.now.standing == Standing.GOOD
    assert abs(seal.stamped_at - datetime.now(UTC)) < timedelta(seconds=10)


def test_every_step_meets_both_standards_and_others_call_it_valid(small, time_service, broken_rules, run):
    sealed = sealed_now(small)
    lasting = add_lasting_proof(sealed)
    renewed = add_lasting_proof(lasting)

    assert set(broken_rules(sealed=sealed, lasting=lasting, renewed=renewed).values()) == {"ok"}
    printed = run("pdfsig", renewed, "-nocert")  # counts the empty field too, and does not judge time stamps
    assert (printed.count("Signature #"), printed.count("Signature is Valid")) == (4, 1)
    assert levels(renewed) == ["B-LTA", "", ""]


@pytest.mark.parametrize("years", [0, 1, 8])
def test_the_method_of_the_standard_itself_passes(small, time_service, years):
    """ETSI EN 319 102-1, 5.6.3, as pyHanko has it, with the lists that the authorities publish by then."""
    lasting = add_lasting_proof(sealed_now(small))

    with time_machine.travel(datetime.now(UTC) + timedelta(days=365 * years), tick=False):
        lists = [CertificateList.load(time_service.revocation_list()), *(known_lists() if years else [])]
        result = asyncio.run(ades_lta_validation(*first_signature(lasting, lists)))
    assert result.ades_subindic == AdESPassed.OK


def first_signature(
    data: bytes, lists: list[CertificateList]
) -> tuple[EmbeddedPdfSignature, PdfSignatureValidationSpec]:
    """The seal, and the rules: our roots, what the file itself keeps, and these lists."""
    trust = trusted_roots()
    policies = [
        CertValidationPolicySpec(
            trust_manager=SimpleTrustManager.build(trust_roots=list(roots)),
            revinfo_policy=CertRevTrustPolicy(RevocationCheckingPolicy.from_legacy("require")),
        )
        for roots in (trust.signers, trust.clocks)
    ]
    gathering = RevocationInfoGatheringSpec(online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY)
    known = LocalKnowledge(known_crls=[CRLContainer(one) for one in lists])
    spec = SignatureValidationSpec(
        policies[0], gathering, ts_cert_validation_policy=policies[1], local_knowledge=known
    )
    return PdfFileReader(io.BytesIO(data)).embedded_signatures[0], PdfSignatureValidationSpec(spec)


def test_the_proof_stays_when_the_certificate_of_the_seal_has_ended(small, time_service, authority, settings):
    seal = a_seal(authority, begins=-MINUTE, ends=DAY)
    lasting = add_lasting_proof(seal_pdf(small, seal=seal, reason="Proef"))
    settings.TIMESTAMP_URL = ""
    plain = seal_pdf(small, seal=seal, reason="Proef")

    with time_machine.travel(seal.not_after + DAY, tick=False):
        alone, kept = (verify_pdf(data, trust=trusted_roots()).signatures[0] for data in (plain, lasting))
    assert (alone.level, alone.is_genuine, alone.now.standing) == ("B-B", False, Standing.EXPIRED)
    assert (kept.level, kept.is_genuine, kept.now.standing) == ("B-LTA", True, Standing.EXPIRED)
    assert kept.then.standing == Standing.GOOD


def test_what_is_withdrawn_later_was_good_when_it_sealed_and_the_time_stamp_proves_it(
    small, time_service, authority, settings
):
    seal = a_seal(authority, begins=-MINUTE, ends=DAY)
    lasting = add_lasting_proof(seal_pdf(small, seal=seal, reason="Proef"))
    settings.TIMESTAMP_URL = ""
    plain = seal_pdf(small, seal=seal, reason="Proef")

    later = datetime.now(UTC) + timedelta(minutes=2)
    with withdrawn(authority, seal, later), time_machine.travel(later + MINUTE, tick=False):
        lists = known_lists()
        alone, kept = (
            verify_pdf(data, trust=trusted_roots(), lists=lists).signatures[0] for data in (plain, lasting)
        )
    assert (kept.is_genuine, kept.then.standing, kept.now.standing) == (True, "good", "revoked")
    assert abs(kept.now.withdrawn_at - later) < timedelta(seconds=2)
    assert (alone.is_genuine, alone.now.standing) == (False, "revoked")


def test_a_withdrawn_certificate_gets_no_lasting_proof(small, time_service, authority):
    seal = a_seal(authority, begins=-MINUTE, ends=DAY)
    sealed = seal_pdf(small, seal=seal, reason="Proef")

    with withdrawn(authority, seal, datetime.now(UTC)), pytest.raises(SealUnavailable) as refusal:
        add_lasting_proof(sealed)
    assert refusal.value.reason.startswith("Een certificaat van een handtekening is ingetrokken op ")


@pytest.mark.parametrize("fault", ["slow", "nonce", "hash", "nonsense", "no list"])
def test_a_service_that_fails_leaves_the_file_as_it_was_and_later_it_works(small, time_service, fault):
    sealed = sealed_now(small)
    time_service.fault = fault
    with pytest.raises(SealUnavailable) as refusal:
        add_lasting_proof(sealed)
    assert "later opnieuw" in refusal.value.reason
    time_service.fault = ""
    assert levels(add_lasting_proof(sealed))[0] == "B-LTA"


def test_an_issuer_without_lists_gives_a_time_but_no_lasting_proof(
    small, time_service, authority, settings, tmp_path
):
    for name in ("zegel.p12", "wortel.pem"):
        (tmp_path / name).write_bytes((authority / name).read_bytes())
    settings.SEAL_P12 = tmp_path / "zegel.p12"
    data = add_lasting_proof(sealed_now(small))
    (seal, _) = verify_pdf(data, trust=trusted_roots()).signatures

    assert (seal.level, seal.is_genuine, seal.now.is_looked_up) == ("B-T", True, False)


def test_the_list_of_somebody_else_is_kept_for_the_day_that_it_cannot_be_fetched(
    small, time_service, settings
):
    add_lasting_proof(sealed_now(small))
    (kept,) = settings.REVOCATIONS.glob("*.crl")

    assert time_service.root.subject.public_bytes() in kept.read_bytes()
