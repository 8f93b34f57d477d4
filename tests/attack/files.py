"""Files that somebody made to do harm, as bytes. Made here: nothing harmful lies in the repository."""

import io
import struct
import zipfile
import zlib

from PIL import Image

# The test file that every virus scanner finds on purpose (eicar.org), in two halves so that no scanner finds this one.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD" + rb"-ANTIVIRUS-TEST-FILE!$H+H*"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]"


def a_pdf(
    *more: bytes, root: bytes = b"", page: bytes = b"", trailer: bytes = b"", pages: bytes = b"/Count 1"
) -> bytes:
    """A small PDF: 1 the catalog with `root`, 2 the pages, 3 the page with `page`, and `more` from 4 on."""
    objects = [b"<</Type/Catalog/Pages 2 0 R" + root + b">>"]
    objects += [b"<</Type/Pages/Kids[3 0 R]" + pages + b">>", PAGE + page + b">>", *more]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<</Size %d/Root 1 0 R" % (len(objects) + 1) + trailer + b">>\n"
    return out + head + table + end + b"startxref\n%d\n%%%%EOF\n" % len(out)


def a_stream(data: bytes, more: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<" + more + b"/Length %d>>\nstream\n" % len(data) + data + b"\nendstream"


def in_an_object_stream(body: bytes) -> bytes:
    """A PDF of which object 4 stands compressed in an object stream, out of sight of who searches the bytes."""
    start = b"%PDF-1.7\n"
    objects = [b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    objects.append(PAGE + b">>")
    packed = zlib.compress(b"4 0 " + body)
    objects.append(
        a_stream(packed, b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode")
    )  # this is number 5: 4 lies in it
    out, places = start, {}
    for number, found in zip((1, 2, 3, 5), objects, strict=True):
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + found + b"\nendobj\n"
    rows = [(0, 0, 65535)] + [(1, places[n], 0) for n in (1, 2, 3)] + [(2, 5, 0), (1, places[5], 0)]
    rows.append((1, len(out), 0))
    table = zlib.compress(b"".join(struct.pack(">BIH", *row) for row in rows))
    head = b"/Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Filter/FlateDecode"
    return out + b"6 0 obj\n" + a_stream(table, head) + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(out)


def a_png(*chunks: tuple[bytes, bytes], width: int = 4, height: int = 4, end: bool = True) -> bytes:
    """A PNG by hand, with these chunks after its head."""
    rows = b"".join(b"\0" + b"\0" * 4 * 4 for _ in range(4))
    found = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)), *chunks]
    found.append((b"IDAT", zlib.compress(rows)))
    found += [(b"IEND", b"")] if end else []
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in found
    )


def an_image(kind: str, *, size: tuple[int, int] = (8, 8), mode: str = "RGB") -> bytes:
    """A real image of this kind."""
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


def a_zip(**inside: bytes) -> bytes:
    """A ZIP, which is also how Office documents come."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in inside.items():
            packed.writestr(name, data)
    return out.getvalue()
