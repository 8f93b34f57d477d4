"""Proof that outlives the certificate: validation data and a time stamp over the file (PAdES B-LTA)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from agreements.pdf.keys import load_seal, trusted_roots
from agreements.pdf.lasting import add_lasting_proof
from agreements.pdf.seal import seal_pdf
from agreements.pdf.standing import Standing
from agreements.pdf.verify import verify_pdf


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
    assert run("pdfsig", renewed, "-nocert").count("Signature is Valid") == 3
    assert levels(renewed) == ["B-LTA", "", ""]


def test_the_method_of_the_standard_itself_passes_now_and_in_a_year(small, time_service):
    """ETSI EN 319 102-1, 5.6.3, as pyHanko has it; the simulation is of a file whose time stamps are kept up."""
    lasting = add_lasting_proof(sealed_now(small))

    assert judged_by_the_standard(lasting, years=0) == judged_by_the_standard(lasting, years=1) == "PASSED"


def test_the_proof_stays_when_the_certificate_of_the_seal_has_ended(small, time_service):
    plain, lasting = seal_without_time(small), add_lasting_proof(sealed_now(small))
    with time_machine.travel(load_seal().not_after + timedelta(days=1), tick=False):
        (alone,) = verify_pdf(plain, trust=trusted_roots()).signatures
