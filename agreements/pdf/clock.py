"""The time stamp service (RFC 3161) of settings.TIMESTAMP_URL."""

from typing import Any

from django.conf import settings
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError


class Clock(HTTPTimeStamper):
    """Asks the service, and says TimestampRequestError for every answer that is not good.

    pyHanko lets nonsense through as ValueError or AttributeError, and does not look whether the stamp is of our file.
    """

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
        """The stamp for this digest."""
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
            stamped = token["content"]["encap_content_info"]["content"].parsed["message_imprint"]
            is_ours = stamped["hashed_message"].native == message_digest
        except Exception as error:
            raise TimestampRequestError("no good answer") from error
        if not is_ours:
            raise TimestampRequestError("the stamp is of something else")
        return token


def service_clock() -> Clock | None:
    """The service, or None when none is set: then the time in a signature is that of the portal."""
    if not settings.TIMESTAMP_URL:
        return None
    return Clock(settings.TIMESTAMP_URL, timeout=settings.TIMESTAMP_SECONDS)
