"""Asking an authority about a certificate: its list (CRL), its answer about one (OCSP), or who stands above it.

Where to ask stands in the certificate, which a party may have brought. So only public addresses are asked, and those
inside that settings.REVOCATION_NETWORKS names; at most a few times, for little time, and for an answer of limited length.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

import aiohttp
from django.conf import settings
from pyhanko_certvalidator.fetchers import OwnedFetcherBackend
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend
from pyhanko_certvalidator.fetchers.aiohttp_fetchers.util import LazySession
from pyhanko_certvalidator.fetchers.api import FetchLimits

MOST_BYTES = 20_000_000  # the longest lists of public authorities have about half of that
MOST_SECONDS = 10  # for one question, from connecting to the last byte
LIMITS = FetchLimits(max_requests=20, max_cert_requests=5, max_aia_urls_per_object=2)
CHUNK = 65_536


def asking() -> OwnedFetcherBackend:
    """What pyHanko asks authorities with, for one question; whoever gets it closes it."""
    return OwnedFetcherBackend(AIOHttpFetcherBackend(_Session(), MOST_SECONDS, limits=LIMITS))  # type: ignore[arg-type]


class _Session(LazySession):
    """Made when it is needed: a session belongs to the event loop that runs then."""

    def get_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(socket_factory=_socket_to)
            self._session = aiohttp.ClientSession(connector=connector, response_class=_Answer)
        return self._session


class _Answer(aiohttp.ClientResponse):
    """An answer that is not longer than we want to read."""

    async def read(self) -> bytes:
        found = bytearray()
        async for chunk in self.content.iter_chunked(CHUNK):
            found += chunk
            if len(found) > MOST_BYTES:
                raise aiohttp.ClientPayloadError("the answer is too long")
        return bytes(found)


def _socket_to(place: Any) -> socket.socket:
    """Looks at the address itself, after the name was looked up and for every redirect: a name may point inside."""
    family, kind, protocol, _, address = place
    if not _may_be_asked(ip_address(address[0].partition("%")[0])):
        raise PermissionError("an address inside a network is not asked")
    return socket.socket(family, kind, protocol)


def _may_be_asked(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    named = (ip_network(network) for network in settings.REVOCATION_NETWORKS)
    return address.is_global or any(address in network for network in named)
