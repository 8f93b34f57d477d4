"""Is a file what it says it is? Decided by opening it, never by its name or the browser's word."""

import re
import subprocess
import sys
import unicodedata
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError

KINDS = {".pdf": "pdf", ".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".csv": "csv"}
ACCEPTED = "Kies een pdf, jpg, png of csv."
OPENING_SECONDS = 20


def clean_name(name: str) -> str:
    """The file's own name without folders, control characters or anything a download could trip over."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    kept = re.sub(r"[^\w .()-]", "-", "".join(c for c in last if c.isprintable()))
    stem, suffix = PurePosixPath(kept).stem.strip(" .-"), PurePosixPath(kept).suffix.lower()
    return (stem[:100] or "bestand") + suffix


def checked(name: str, data: bytes) -> tuple[str, bytes]:
    """Return (kind, bytes to keep); ValidationError in plain Dutch when the file is not acceptable.

    Images are written anew, which drops the place and time a phone puts in a photo.
    """
    shown = clean_name(name)
    kind = KINDS.get(PurePosixPath(shown).suffix)
    if kind is None:
        raise ValidationError(f"‘{shown}’ is geen soort bestand dat wij aannemen. {ACCEPTED}")
    if not data:
        raise ValidationError(f"‘{shown}’ is leeg. Kies een bestand met inhoud.")
    if len(data) > settings.UPLOAD_MAX_BYTES:
        most = settings.UPLOAD_MAX_BYTES // 1_000_000
        raise ValidationError(f"‘{shown}’ is te groot. Een bestand mag hoogstens {most} MB zijn.")
    try:
        return kind, _csv(data) if kind == "csv" else _opened(kind, data)
    except (ValueError, subprocess.SubprocessError) as error:
        message = f"‘{shown}’ is geen goed {kind}-bestand. Open het op uw computer en bewaar het opnieuw als {kind}."
        raise ValidationError(message) from error


def _opened(kind: str, data: bytes) -> bytes:
    """Open the file in a process of its own: hostile files make parsers run for hours (reliability.md 0.7)."""
    command = [sys.executable, "-m", "agreements.documents.opening", kind]
    done = subprocess.run(
        command, input=data, capture_output=True, timeout=OPENING_SECONDS, cwd=settings.BASE_DIR, check=True
    )
    if len(done.stdout) > settings.UPLOAD_MAX_BYTES:
        raise ValueError("grew too large")
    return done.stdout


def _csv(data: bytes) -> bytes:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    if any(ord(c) < 32 and c not in "\t\r\n" for c in text) or text.lstrip().startswith("<"):
        raise ValueError("control characters or markup")
    return data
