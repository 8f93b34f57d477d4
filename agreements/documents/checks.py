"""Is a file what it says it is? Decided by opening it, never by its name or the browser's word."""

import io
import re
import unicodedata
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader

from agreements.pdf import reading  # noqa: F401  reads a file of 100,000 tiny objects in reasonable time

KINDS = {".pdf": "pdf", ".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".csv": "csv"}
ACCEPTED = "Kies een pdf, jpg, png of csv."
MOST_PIXELS = 50_000_000
IMAGE_FORMATS = {"png": "PNG", "jpg": "JPEG"}


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
        return kind, CHECKS[kind](kind, data)
    except Exception as error:  # parsers fail in many ways on hostile files; each means the same here
        message = f"‘{shown}’ is geen goed {kind}-bestand. Open het op uw computer en bewaar het opnieuw als {kind}."
        raise ValidationError(message) from error


def _pdf(kind: str, data: bytes) -> bytes:
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-1024:]:
        raise ValueError("no PDF header or end")
    reader = PdfFileReader(io.BytesIO(data), strict=False)
    if reader.encrypted or int(reader.root["/Pages"]["/Count"]) < 1:
        raise ValueError("encrypted or without pages")
    return data


def _image(kind: str, data: bytes) -> bytes:
    with Image.open(io.BytesIO(data), formats=[IMAGE_FORMATS[kind]]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        image.load()
        clean = image.convert("RGB") if kind == "jpg" else image.convert("RGBA")
    out = io.BytesIO()
    clean.save(out, IMAGE_FORMATS[kind], **({"quality": 88} if kind == "jpg" else {}))
    return out.getvalue()


def _csv(kind: str, data: bytes) -> bytes:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    if any(ord(c) < 32 and c not in "\t\r\n" for c in text) or text.lstrip().startswith("<"):
        raise ValueError("control characters or markup")
    return data


CHECKS = {"pdf": _pdf, "png": _image, "jpg": _image, "csv": _csv}
