"""Write the PDF with object streams of 100 objects.

pydyf packs all objects in one stream. A reader that looks up an object reads the index of its stream, so one
stream makes reading quadratic: pyHanko needs minutes for a long report. qpdf writes 100 per stream as well.
"""

import zlib

from pydyf import PDF

PER_STREAM = 100
HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
FREE, PLAIN, PACKED = 0, 1, 2  # kinds of entry in a cross-reference stream (ISO 32000-1, table 18)


def write(pdf: PDF, identifier: bytes) -> bytes:
    """The bytes of the file. `identifier`: 16 bytes for the /ID of the trailer."""
    pdf.add_object(pdf.info)
    output = bytearray(HEADER)
    entries = {0: (FREE, 0, 65535)}
    packed = []
    for item in pdf.objects[1:]:
        if item.compressible:
            packed.append(item)
        else:
            entries[item.number] = (PLAIN, len(output), 0)
            output += item.indirect + b"\n"
    number = len(pdf.objects)
    for start in range(0, len(packed), PER_STREAM):
        part = packed[start : start + PER_STREAM]
        entries[number] = (PLAIN, len(output), 0)
        entries.update({item.number: (PACKED, number, index) for index, item in enumerate(part)})
        output += _object_stream(number, part)
        number += 1
    entries[number] = (PLAIN, len(output), 0)
    return bytes(output) + _cross_reference(pdf, number, entries, identifier, len(output))


def _object_stream(number: int, part: list) -> bytes:
    index, bodies, offset = [], [], 0
    for item in part:
        index.append(f"{item.number} {offset}")
        bodies.append(item.data)
        offset += len(item.data) + 1
    head = " ".join(index).encode() + b"\n"
    keys = f"/Type /ObjStm /N {len(part)} /First {len(head)}"
    return _stream(number, keys, head + b"\n".join(bodies))


def _cross_reference(pdf: PDF, number: int, entries: dict, identifier: bytes, start: int) -> bytes:
    rows = b"".join(
        kind.to_bytes(1, "big") + first.to_bytes(4, "big") + second.to_bytes(2, "big")
        for kind, first, second in (entries[item] for item in range(number + 1))
    )
    name = identifier.hex().upper()
    root, info = pdf.catalog.reference.decode(), pdf.info.reference.decode()
    keys = f"/Type /XRef /Size {number + 1} /W [1 4 2] /Root {root} /Info {info} /ID [<{name}> <{name}>]"
    return _stream(number, keys, rows) + f"startxref\n{start}\n%%EOF\n".encode()


def _stream(number: int, keys: str, content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    head = f"{number} 0 obj\n<<{keys} /Filter /FlateDecode /Length {len(packed)}>>\nstream\n"
    return head.encode() + packed + b"\nendstream\nendobj\n"
