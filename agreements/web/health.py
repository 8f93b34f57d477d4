"""Is the portal well? For monitors and load balancers."""

import time

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from agreements.access.declare import public
from agreements.pdf.issuer import load_issuer
from agreements.pdf.keys import SealUnavailable, load_seal, trusted_roots
from agreements.pdf.revocation import Chain, issuer_chain, known_answers, known_lists, seal_chain
from agreements.pdf.standing import judge

HEARTBEAT_KEY = "worker-heartbeat"
HEARTBEAT_MOST = 30.0  # seconds; `manage.py work` writes every 5
SEAL_WARNING_DAYS = 30


@public
def health(request: HttpRequest) -> JsonResponse:
    """GET /gezond/: 200 when database, worker, seal and issuer are well, else 503; each with a word."""
    parts = {"database": _database(), "werker": _worker(), "zegel": _seal(), "uitgever": _issuer()}
    is_well = all(word == "goed" for word in parts.values())
    return JsonResponse(
        {"gezond": is_well, **parts}, status=200 if is_well else 503, headers={"Cache-Control": "no-store"}
    )


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "onbereikbaar"
    return "goed"


def _worker() -> str:
    try:
        beat = cache.get(HEARTBEAT_KEY)
    except DatabaseError:
        return "onbekend"
    return "goed" if beat and time.time() - beat < HEARTBEAT_MOST else "geen teken van leven"


def _seal() -> str:
    try:
        days = load_seal().days_left
    except SealUnavailable as error:
        return error.reason
    if not trusted_roots():
        return "geen vertrouwd certificaat ingesteld"
    return _while_valid(days, seal_chain())


def _issuer() -> str:
    """The key with which the portal issues certificates for signatories."""
    try:
        return _while_valid(load_issuer().days_left, issuer_chain())
    except SealUnavailable as error:
        return error.reason


def _while_valid(days: int, chain: Chain) -> str:
    """Asks nobody: what the worker fetched today says whether it was withdrawn."""
    judged = judge(chain, roots=trusted_roots().signers, lists=known_lists(), answers=known_answers())
    if judged.withdrawn_at:
        return f"ingetrokken op {judged.withdrawn_at:%d-%m-%Y}"
    return "goed" if days > SEAL_WARNING_DAYS else f"verloopt over {days} dagen"
