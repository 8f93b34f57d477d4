"""Reading addresses that somebody typed. They are kept as text; the portal never asks for them."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

MOST, LONGEST = 5, 500
HOST = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+")


def links_in(text: str) -> tuple[str, ...]:
    """The addresses, each once; ValidationError, with the line, for what is not the address of a public page."""
    lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if len(lines) > MOST:
        raise ValidationError(f"U kunt hoogstens {MOST} links toevoegen. U gaf er {len(lines)}.")
    wrong = [line for line in lines if not is_address(line)]
    if wrong:
        shown = wrong[0] if len(wrong[0]) <= 60 else f"{wrong[0][:60]}…"
        raise ValidationError(
            f"‘{shown}’ is geen adres dat wij kunnen bewaren. Een adres begint met https:// en heeft geen spaties, "
            "bijvoorbeeld https://www.voorbeeld.nl/rapport."
        )
    return tuple(lines)


def is_address(text: str) -> bool:
    """Whether this is a whole https address: a named host, no account or port in it, nothing that hides what it is."""
    if (
        len(text) > LONGEST
        or not text.isascii()
        or not text.isprintable()
        or set(text) & set(" \"'<>\\^`{|}")
    ):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return text.startswith("https://") and bool(HOST.fullmatch(parts.netloc.lower()))
