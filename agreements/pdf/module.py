"""Keys of parties in a security module (PKCS#11): the table of settings.PARTY_MODULES, a TOML file.

[hv]                                    # the key of the party in the portal
bibliotheek = "/usr/lib/softhsm/libsofthsm2.so"
token = "heideveld"
sleutel = "ondertekening"
pin_bestand = "/etc/portaal/pin-hv"
certificaat = "/etc/portaal/hv.pem"     # first its own certificate, then those above it
"""

import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography import x509
from django.conf import settings
from pkcs11 import PKCS11Error
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

from agreements.pdf.keys import SealUnavailable
from agreements.pdf.own import KeyRefused, as_asn1, check_chain, check_period

ONE_AT_A_TIME = threading.Lock()  # being logged in belongs to the process, not to a session


def module_of(party: str) -> dict[str, str] | None:
    """The settings of the module of the party with this key; None when it has none."""
    if settings.PARTY_MODULES is None:
        return None
    try:
        table: dict[str, dict[str, str]] = tomllib.loads(settings.PARTY_MODULES.read_text())
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SealUnavailable("Het bestand met de sleutelmodules is er niet of het is stuk.") from error
    return table.get(party)


def certificates_of(module: dict[str, str]) -> list[x509.Certificate]:
    """The certificate of the key and those above it. Raises SealUnavailable when it cannot be used today."""
    try:
        found = x509.load_pem_x509_certificates(Path(module["certificaat"]).read_bytes())
        check_period(found[0])
        check_chain(found[0], found[1:])
    except (OSError, ValueError, KeyError) as error:
        raise SealUnavailable("Het certificaat bij de sleutelmodule is er niet of het is stuk.") from error
    except KeyRefused as refused:
        raise SealUnavailable(refused.reason) from refused
    return found


@contextmanager
def module_signer(module: dict[str, str]) -> Iterator[Any]:
    """Who signs with the key in this module, as long as the context lasts. Raises SealUnavailable when it does not answer."""
    own, *above = [as_asn1(one) for one in certificates_of(module)]
    try:
        pin = Path(module["pin_bestand"]).read_text().strip()
        with (
            ONE_AT_A_TIME,
            open_pkcs11_session(
                module["bibliotheek"], token_criteria=TokenCriteria(label=module["token"]), user_pin=pin
            ) as session,
        ):
            is_curve = own.public_key.algorithm == "ec"  # for these a module may sign digests only
            yield PKCS11Signer(
                session,
                signing_cert=own,
                ca_chain=above,
                key_label=module["sleutel"],
                use_raw_mechanism=is_curve,
            )
    except (PKCS11Error, OSError, KeyError) as error:
        raise SealUnavailable(
            "De sleutelmodule van uw organisatie antwoordt niet. Probeer het later opnieuw."
        ) from error
