"""Asking an authority about a certificate: its lists (CRL), its answer about one (OCSP), or who stands above it.

Where to ask stands in the certificate itself, which a party may have brought. So we only ask public addresses, and those of
settings.REVOCATION_HOSTS; follow no redirect; and take little, in little time (reliability.md, ASVS 1.3.6).
"""

import time
from asyncio import to_thread
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Any

import requests
from django.conf import settings
from pyhanko_certvalidator.fetchers.api import FetcherBackend, Fetchers, FetchLimits
from pyhanko_certvalidator.fetchers.common_utils import FetchBudget
from pyhanko_certvalidator.fetchers.requests_fetchers.cert_fetch_client import RequestsCertificateFetcher
from pyhanko_certvalidator.fetchers.requests_fetchers.crl_client import RequestsCRLFetcher
from pyhanko_certvalidator.fetchers.requests_fetchers.ocsp_client import RequestsOCSPFetcher
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

MOST_BYTES = 20_000_000  # the longest list of a public authority that we know of has 10 MB
SECONDS = 5  # without a word
MOST_SECONDS = 20  # for one answer
LIMITS = FetchLimits(max_requests=20, max_cert_requests=5, max_aia_urls_per_object=2)
CHUNK = 65_536


@dataclass(frozen=True)
class Answered:
    """The body of an answer with status 200, and its headers."""

    content: bytes
    headers: Mapping[str, str]


class GuardedBackend(FetcherBackend):
    """What pyHanko asks authorities with, behind our guard."""

    def get_fetchers(self) -> Fetchers:
        """One of each, which share one budget."""
        budget = FetchBudget(LIMITS)
        return Fetchers(
            ocsp_fetcher=_OcspFetcher(budget=budget),
            crl_fetcher=_ListFetcher(budget=budget),
            cert_fetcher=_CertificateFetcher(budget=budget),
        )

    async def close(self) -> None:
        """Nothing stays open."""


def ask(method: str, url: str, *, headers: Mapping[str, str], data: bytes | None = None) -> Answered:
    """One question. Raises requests.RequestException for every answer that is not good, and for who may not be asked."""
    last = time.monotonic() + MOST_SECONDS
    with requests.Session() as session:
        session.mount("http://", _Guard())
        session.mount("https://", _Guard())
        options: dict[str, Any] = {"timeout": SECONDS, "allow_redirects": False, "stream": True}
        with session.request(method, url, headers=headers, data=data, **options) as answer:
            if answer.status_code != requests.codes.ok:
                raise requests.RequestException(f"status {answer.status_code}")
            return Answered(_body(answer, last), answer.headers)


def _body(answer: requests.Response, last: float) -> bytes:
    found = bytearray()
    while chunk := answer.raw.read1(CHUNK, decode_content=True):  # read() would wait for all of a trickle
        found += chunk
        if len(found) > MOST_BYTES or time.monotonic() > last:
            raise requests.RequestException("too much, or too slow")
    return bytes(found)


def _check_address(connection: HTTPConnection, sock: Any) -> Any:
    """Looks at who answers, not at the name: that may point elsewhere by the time we connect."""
    peer = ip_address(sock.getpeername()[0].partition("%")[0])
    if isinstance(peer, IPv6Address) and peer.ipv4_mapped:
        peer = peer.ipv4_mapped
    if not peer.is_global and connection.host not in settings.REVOCATION_HOSTS:
        sock.close()
        raise NewConnectionError(connection, "an address inside a network is not asked")
    return sock


class _Connection(HTTPConnection):
    def _new_conn(self) -> Any:
        return _check_address(self, super()._new_conn())


class _SecureConnection(HTTPSConnection):
    def _new_conn(self) -> Any:
        return _check_address(self, super()._new_conn())


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _Guard(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}


class _Guarded:
    """In place of pyHanko's own `_get` and `_post`, which ask anybody anything."""

    user_agent: str

    def _get(self, url: str, *, acceptable_content_types: Any) -> Any:
        return to_thread(ask, "GET", url, headers=self._headers(acceptable_content_types))

    def _post(self, url: str, data: bytes, *, content_type: str, acceptable_content_types: Any) -> Any:
        headers = self._headers(acceptable_content_types) | {"Content-Type": content_type}
        return to_thread(ask, "POST", url, headers=headers, data=data)

    def _headers(self, kinds: Any) -> dict[str, str]:
        return {"Accept": ",".join(kinds), "User-Agent": self.user_agent}


class _OcspFetcher(_Guarded, RequestsOCSPFetcher):
    pass


class _ListFetcher(_Guarded, RequestsCRLFetcher):
    pass


class _CertificateFetcher(_Guarded, RequestsCertificateFetcher):
    pass
