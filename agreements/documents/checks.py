"""Is a file what it says it is? Decided by opening it, never by its name or the browser's word."""

import re
import subprocess
import sys
import unicodedata
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from agreements.documents.active import is_formula_in
from agreements.documents.antivirus import NotScanned, is_harmful
from agreements.documents.opening import ACTIVE

KINDS = {".pdf": "pdf", ".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".csv": "csv"}
ACCEPTED = "Kies een pdf, jpg, png of csv."
OPENING_SECONDS = 20
NO_TABLE = ("<", "%PDF", "%!", "{\\rtf", "#!")  # how pages, documents and programs in plain text begin
ACTIVE_IN = {
    "csv": "een formule. Die kan schade doen. Zet er alleen tekst en getallen in.",
    "pdf": "een script, een formulier of een ander bestand. Dat kan schade doen. Print het opnieuw als pdf.",
}


class ActiveContent(Exception):
    """The file can do something by itself when it is opened."""


def clean_name(name: str) -> str:
    """The file's own name without folders, control characters or anything a download could trip over."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    kept = re.sub(r"[^\w .()-]", "-", "".join(c for c in last if c.isprintable()))
    stem, suffix = PurePosixPath(kept).stem.strip(" .-"), PurePosixPath(kept).suffix.lower()
    return (stem[:100] or "bestand") + suffix


def read_upload(upload: Any) -> bytes:
    """What was sent; of a file that is too large one byte more than we take, so that `checked` refuses it."""
    data: bytes = upload.read(settings.UPLOAD_MAX_BYTES + 1)
    return data


def checked(name: str, data: bytes, *, is_ours: bool = False) -> tuple[str, bytes]:
    """Return (kind, bytes to keep); ValidationError in plain Dutch when the file is not acceptable.

    Images are written anew, which drops the place and time a phone puts in a photo. `is_ours`: the caller knows it as a
    file of our own making, in which a form and our own data belong.
    """
    shown = clean_name(name)
    kind = KINDS.get(PurePosixPath(shown).suffix)
    if kind is None:
        raise ValidationError(f"‘{shown}’ kunnen wij niet aannemen. {ACCEPTED}")
    if not data:
        raise ValidationError(f"‘{shown}’ is leeg. Kies een bestand met inhoud.")
    if len(data) > settings.UPLOAD_MAX_BYTES:
        most = settings.UPLOAD_MAX_BYTES // 1_000_000
        raise ValidationError(
            f"‘{shown}’ is te groot. Een bestand mag hoogstens {most} MB zijn. "
            "Maak het kleiner of kies een ander bestand."
        )
    _scan(shown, data)
    try:
        return kind, _csv(data) if kind == "csv" else _opened(kind, data)
    except ActiveContent as error:
        if is_ours and kind == "pdf":
            return kind, data
        raise ValidationError(f"In ‘{shown}’ zit {ACTIVE_IN[kind]}") from error
    except (ValueError, subprocess.SubprocessError) as error:
        message = f"‘{shown}’ is geen goed {kind}-bestand. Open het op uw computer en bewaar het opnieuw als {kind}."
        raise ValidationError(message) from error


def _scan(shown: str, data: bytes) -> None:
    """ValidationError when ClamAV finds something, or when it is on and cannot look: then nothing is kept."""
    try:
        is_bad = is_harmful(data)
    except NotScanned as error:
        raise ValidationError(
            f"Wij kunnen ‘{shown}’ nu niet op virussen controleren. Het bestand is niet bewaard. "
            "Kies het over een paar minuten opnieuw."
        ) from error
    if is_bad:
        raise ValidationError(
            f"In ‘{shown}’ zit een virus, of iets dat daarop lijkt. Het bestand is niet bewaard. "
            "Vraag uw eigen systeembeheerder om hulp."
        )


def _opened(kind: str, data: bytes) -> bytes:
    """Open the file in a process of its own: hostile files make parsers run for hours (reliability.md 0.7)."""
    command = [sys.executable, "-m", "agreements.documents.opening", kind]
    done = subprocess.run(
        command, input=data, capture_output=True, timeout=OPENING_SECONDS, cwd=settings.BASE_DIR
    )
    if done.returncode == ACTIVE:
        raise ActiveContent
    done.check_returncode()
    if len(done.stdout) > settings.UPLOAD_MAX_BYTES:
        raise ValueError("grew too large")
    return done.stdout


def _csv(data: bytes) -> bytes:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    if any(ord(c) < 32 and c not in "\t\r\n" for c in text) or text.lstrip().startswith(NO_TABLE):
        raise ValueError("control characters, markup, or another kind of file")
    if is_formula_in(text):
        raise ActiveContent
    return data
