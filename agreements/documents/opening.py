"""The child process that opens one uploaded file: `python -m agreements.documents.opening <pdf|png|jpg>`.

Reads the file from standard input and writes the bytes to keep. Any other ending than 0 means: not a good file.
ACTIVE means: it can do something by itself, or another file is in it. No Django, no secrets; little time and memory,
because hostile files make parsers run for hours.
"""

import io
import resource
import sys

CPU_SECONDS, MEMORY = 8, 768 << 20
MOST_PIXELS = 25_000_000
ACTIVE = 3
IMAGE_FORMATS = {"png": "PNG", "jpg": "JPEG"}


def main(kind: str) -> None:
    """Set the limits, open the file, write what is kept."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    data = sys.stdin.buffer.read()
    sys.stdout.buffer.write(opened_pdf(data) if kind == "pdf" else opened_image(kind, data))


def opened_pdf(data: bytes) -> bytes:
    """The same bytes, when it is an open PDF with pages and nothing in it that acts."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    from agreements.documents.active import is_active_pdf
    from agreements.pdf import reading  # noqa: F401  reads a file of 100,000 tiny objects in reasonable time

    _, end, after = data.rpartition(b"%%EOF")
    if not data.startswith(b"%PDF-") or not end or after.strip(b"\0 \t\r\n"):
        raise ValueError("no PDF header or end, or something behind it")
    reader = PdfFileReader(io.BytesIO(data), strict=False)
    if reader.encrypted or int(reader.root["/Pages"]["/Count"]) < 1:
        raise ValueError("encrypted or without pages")
    if is_active_pdf(reader):
        sys.exit(ACTIVE)
    return data


def opened_image(kind: str, data: bytes) -> bytes:
    """The image written anew, which drops the place and time a phone puts in a photo."""
    from PIL import Image

    with Image.open(io.BytesIO(data), formats=[IMAGE_FORMATS[kind]]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        clean = image.convert("RGB") if kind == "jpg" else image.convert("RGBA")
    out = io.BytesIO()
    clean.save(out, IMAGE_FORMATS[kind], **({"quality": 88} if kind == "jpg" else {}))
    return out.getvalue()


if __name__ == "__main__":
    main(sys.argv[1])
