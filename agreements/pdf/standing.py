"""How a certificate stands at a moment, and how long the proof of a signature lasts."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from asn1crypto.cms import SignedData
from asn1crypto.x509 import Certificate
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation import DocumentSecurityStore
from pyhanko.sign.validation.errors import ValidationInfoReadingError
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.policy_decl import (
    NO_REVOCATION,
    REQUIRE_REVINFO,
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

# pyHanko's own modes pass over a list that is there when the certificate does not say where lists are to be found.
LOOKED_UP = RevocationCheckingPolicy(
    RevocationCheckingRule.CRL_OR_OCSP_REQUIRED, RevocationCheckingRule.CHECK_IF_DECLARED_SOFT
)


class Standing(StrEnum):
    """How a certificate stands at a moment."""

    GOOD = "good"
    EARLY = "early"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNKNOWN = "unknown"  # it comes from nobody we trust


@dataclass(frozen=True)
class Judged:
    """The standing, when it was withdrawn, and whether a list of withdrawn certificates was there to look in."""

    standing: Standing
    withdrawn_at: datetime | None = None
    is_looked_up: bool = False


def judge(
    chain: Sequence[Certificate],
    *,
    roots: Sequence[Certificate],
    lists: Iterable[Any] = (),
    answers: Iterable[Any] = (),
    at: datetime | None = None,
) -> Judged:
    """How a certificate, with those above it, stands at this moment; now when none is given.

    Of a certificate that ended, the lists are asked about its last day: after that nobody has to list it.
    """
    moment = at or datetime.now(UTC)
    given = {"trust_roots": list(roots), "crls": list(lists), "ocsps": list(answers)}
    last = min(moment, chain[0].not_valid_after)
    found = _at(chain, last, given)
    if found.standing == Standing.GOOD and last < moment:
        return Judged(Standing.EXPIRED, is_looked_up=found.is_looked_up)
    return found


def _at(chain: Sequence[Certificate], moment: datetime, given: dict[str, Any]) -> Judged:
    try:
        _check(chain, moment, given, LOOKED_UP)
    except RevokedError as error:
        return Judged(Standing.REVOKED, error.revocation_dt, is_looked_up=True)
    except ExpiredError:
        return Judged(Standing.EXPIRED)
    except NotYetValidError:
        return Judged(Standing.EARLY)
    except InsufficientRevinfoError:
        return _without_lists(chain, moment, given)
    except (ValidationError, PathError):
        return Judged(Standing.UNKNOWN)
    return Judged(Standing.GOOD, is_looked_up=True)


def _without_lists(chain: Sequence[Certificate], moment: datetime, given: dict[str, Any]) -> Judged:
    try:
        _check(chain, moment, given, NO_REVOCATION)
    except (ValidationError, PathError):
        return Judged(Standing.UNKNOWN)
    return Judged(Standing.GOOD)


def is_proven(chain: Sequence[Certificate], moment: datetime, **given: Any) -> bool:
    """Whether every certificate on the way to a root was good then, by lists or answers that are there."""
    try:
        _check(chain, moment, given, REQUIRE_REVINFO)
    except (ValidationError, PathError):
        return False
    return True


def _check(
    chain: Sequence[Certificate], moment: datetime, given: dict[str, Any], demanded: RevocationCheckingPolicy
) -> None:
    # Lists are made after the signature (pdf.md): what they do not name was good before too.
    policy = CertRevTrustPolicy(demanded, retroactive_revinfo=True)
    context = ValidationContext(moment=moment, revinfo_policy=policy, **given)
    validator = CertificateValidator(chain[0], chain[1:], validation_context=context)
    asyncio.run(validator.async_validate_usage(key_usage=set()))


def chain_of(signed: SignedData) -> list[Certificate]:
    """The certificate of a signature or a time stamp, and the others that came with it."""
    found = extract_certificate_info(signed)
    return [found.signer_cert, *found.other_certs]


def kept_data(handler: Any) -> dict[str, Any] | None:
    """What a file itself says about certificates: {"other_certs", "crls", "ocsps"}; None when it says nothing."""
    try:
        store = DocumentSecurityStore.read_dss(handler)
    except (ValidationInfoReadingError, KeyError):
        return None
    context = store.as_validation_context({"trust_roots": []})
    return {"other_certs": list(store.load_certs()), "crls": context.crls, "ocsps": context.ocsps}
