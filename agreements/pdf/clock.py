"""The time stamp service (RFC 3161) of settings.TIMESTAMP_URL, and what we demand of its answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from agreements.pdf.keys import SealUnavailable, trusted_roots

MOST_DIFFERENCE = timedelta(minutes=1)


class Clock(HTTPTimeStamper):
    """Asks the service, and says TimestampRequestError for every answer that is not good.

    pyHanko lets nonsense through as ValueError or AttributeError, and looks neither whether the stamp is of our file
    nor who set it.
    """

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
        """The stamp for this digest, of a service we trust."""
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
            context = ValidationContext(trust_roots=list(trusted_roots().clocks), allow_fetching=False)
            found = await validate_tst_signed_data(token["content"], context, lambda _: message_digest)
        except Exception as error:
            raise TimestampRequestError("no good answer") from error
        if not TimestampSignatureStatus(**found).trusted:
            raise TimestampRequestError("the stamp is of something else, or of somebody we do not trust")
        _check_difference(found["timestamp"])
        return token


def _check_difference(moment: datetime) -> None:
    """A signature says twice when it was set: by our clock, and by the service's. They must tell the same."""
    if abs(timezone.now() - moment) > MOST_DIFFERENCE:
        raise SealUnavailable(
            f"De klok van het portaal wijkt meer dan een minuut af van de tijdstempeldienst ({moment:%d-%m-%Y, %H.%M} UTC). "
            "De beheerder zet de klok goed. Daarna kunt u het opnieuw proberen."
        )


def service_clock() -> Clock | None:
    """The service, or None when none is set: then the time in a signature is that of the portal."""
    if not settings.TIMESTAMP_URL:
        return None
    return Clock(settings.TIMESTAMP_URL, timeout=settings.TIMESTAMP_SECONDS)


@contextmanager
def asking_the_service() -> Iterator[None]:
    """Turns every bad answer of the service into a SealUnavailable with a reason in Dutch."""
    try:
        yield
    except TimestampRequestError as error:
        raise SealUnavailable(
            "De tijdstempeldienst geeft geen goed antwoord. Probeer het later opnieuw."
        ) from error
