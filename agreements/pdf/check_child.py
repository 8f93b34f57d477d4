"""The process that opens PDFs of strangers: `python -m agreements.pdf.check_child`, as `forking.py` says.

On the paper stand a line of JSON ({"signers", "clocks": [roots as PEM], "owners": {field: certificate as PEM},
"lists": [withdrawn certificates as PEM], "sizes": [bytes of each file]}) and then the files. It says {"files": [what is
in each]} and writes nothing.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import IO, Any

from asn1crypto import pem
from asn1crypto.crl import CertificateList
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.reader import PdfFileReader

from agreements.pdf.forking import stand_ready
from agreements.pdf.keys import Trust
from agreements.pdf.standing import Judged
from agreements.pdf.verify import Unreadable, Verdict, verify_pdf

MOST_ATTACHMENTS = 30
MOST_NODES = 3000  # of the tree of pages
# An element as we write it, or an attribute as other programs write it anew.
IDENTIFIER = re.compile(rb":identifier(?:=.|[^>]{0,99}>\s{0,9})([A-Za-z0-9-]{1,20})\s{0,9}[<\"']")


def look(paper: IO[bytes]) -> dict[str, Any]:
    """What is in each of the files on the paper."""
    job = json.loads(paper.readline())
    files = [paper.read(size) for size in job["sizes"]]
    judge = _judge_of(job)
    return {"files": [_look(data, judge) for data in files]}


def _judge_of(job: dict[str, Any]) -> Callable[[bytes], Verdict]:
    """What judges a file, against the roots and lists of this job."""

    def load(kind: Any, texts: Iterable[str]) -> tuple[Any, ...]:
        return tuple(kind.load(pem.unarmor(one.encode())[2]) for one in texts)

    owners = dict(zip(job["owners"], load(Certificate, job["owners"].values()), strict=True))
    trust = Trust(load(Certificate, job["signers"]), load(Certificate, job["clocks"]), owners)
    lists = load(CertificateList, job["lists"])
    return lambda data: verify_pdf(data, trust=trust, lists=lists)


def _look(data: bytes, judge: Callable[[bytes], Verdict]) -> dict[str, Any]:
    """{"reason"} for what cannot be read, else {"signatures", "pages", "identifier", "attachments"}."""
    try:
        verdict = judge(data)
    except Unreadable as error:
        return {"reason": error.reason}
    except (MemoryError, RecursionError):
        return {"reason": "Dit bestand is te ingewikkeld om te controleren."}
    return {
        "reason": "",
        "signatures": [
            {
                "field": signature.field,
                "signer": signature.signer,
                "signed_at": signature.signed_at and signature.signed_at.isoformat(),
                "is_intact": signature.is_intact,
                "is_trusted": signature.is_trusted,
                "changes": signature.changes,
                "issued_for": signature.issued_for,
                "is_genuine": signature.is_genuine,
                "is_stamp": signature.is_stamp,
                "stamped_at": signature.stamped_at and signature.stamped_at.isoformat(),
                "level": signature.level,
                "then": _judged(signature.then),
                "now": _judged(signature.now),
                **_of_certificate(data, place),
            }
            for place, signature in enumerate(verdict.signatures)
        ],
        "is_genuine": verdict.is_genuine,
        **_contents(data),
    }


def _judged(found: Judged) -> dict[str, Any]:
    withdrawn_at = found.withdrawn_at and found.withdrawn_at.isoformat()
    return {
        "standing": found.standing,
        "withdrawn_at": withdrawn_at,
        "is_looked_up": found.is_looked_up,
    }


def _contents(data: bytes) -> dict[str, Any]:
    root = _or_nothing(lambda: PdfFileReader(BytesIO(data), strict=False).root)
    return {
        "pages": _or_nothing(lambda: int(root["/Pages"]["/Count"])),
        "marks": _or_nothing(lambda: [_mark(page) for page in _pages(root)]) or [],
        "identifier": _or_nothing(lambda: _identifier(root["/Metadata"].data)) or "",
        "attachments": _or_nothing(lambda: _attachments(root)) or {},
    }


def _of_certificate(data: bytes, place: int) -> dict[str, Any]:
    """{"fingerprint", "issuer", "not_after"} of the certificate of a signature; None for what it does not say."""
    certificate = _or_nothing(
        lambda: PdfFileReader(BytesIO(data), strict=False).embedded_signatures[place].signer_cert
    )
    return {
        "fingerprint": _or_nothing(lambda: certificate.sha256.hex()),
        "issuer": _or_nothing(lambda: certificate.issuer.native.get("common_name", "")),
        "not_after": _or_nothing(lambda: certificate.not_valid_after.isoformat()),
    }


def _identifier(metadata: bytes) -> str:
    found = IDENTIFIER.search(metadata)
    return found[1].decode() if found else ""


def _pages(root: Any) -> Iterator[Any]:
    """The pages in their order; a tree that holds itself ends somewhere."""
    waiting, looked = [root["/Pages"]], 0
    while waiting and looked < MOST_NODES:
        node, looked = waiting.pop(), looked + 1
        if "/Kids" not in node:
            yield node
            continue
        kids = node["/Kids"]
        waiting += [kids[place] for place in reversed(range(min(len(kids), MOST_NODES - len(waiting))))]


def _mark(page: Any) -> str:
    """SHA-256 of what is drawn on a page, and of the notes on it; what is in a signature field does not count."""
    drawn, notes = _entry(page, "/Contents"), _entry(page, "/Annots")
    streams = [drawn] if hasattr(drawn, "data") else [drawn[place] for place in range(len(drawn))]
    found = hashlib.sha256(b"\n".join(stream.data for stream in streams))
    for note in (notes[place] for place in range(len(notes))):
        if note["/Subtype"] != "/Widget":
            said = [note["/Subtype"], _entry(note, "/Rect"), _entry(note, "/Contents")]
            found.update(" ".join(map(str, said)).encode())
    return found.hexdigest()


def _entry(node: Any, name: str) -> Any:
    return node[name] if name in node else []  # noqa: SIM401  `get` does not follow references


def _attachments(root: Any) -> dict[str, str]:
    """{name: SHA-256 of the content}."""
    names = root["/Names"]["/EmbeddedFiles"]["/Names"]
    places = range(0, min(len(names), 2 * MOST_ATTACHMENTS), 2)
    return {
        str(names[place]): hashlib.sha256(names[place + 1]["/EF"]["/F"].data).hexdigest() for place in places
    }


def _or_nothing(read: Callable[[], Any]) -> Any:
    """What a damaged file still tells; its library raises KeyError, AssertionError and more where it does not."""
    try:
        return read()
    except Exception:
        return None


if __name__ == "__main__":
    stand_ready(look)
