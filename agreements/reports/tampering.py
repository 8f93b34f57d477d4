"""In what a file is other than our own, in Dutch."""

from collections.abc import Iterator

from agreements.pdf.check import Contents, Signature
from agreements.signing.queries import Version

MOST_NAMED = 5  # pages


def differences(theirs: Contents, ours: Contents, version: Version | None) -> list[str]:
    """What is other in `theirs`; [] when one of the two cannot be read. `version`: when ours is signed by parties."""
    if theirs.reason or ours.reason:
        return []
    found = [*_in_pages(theirs, ours), *_in_attachments(theirs, ours)]
    if version:
        found += _in_fields(theirs, ours, version)
    if not found and any(s.is_intact and s.changes in ("OTHER", "ANNOTATIONS") for s in theirs.signatures):
        found.append("Na het verzegelen is er iets in het bestand gezet wat niet mag.")
    return found


def _in_pages(theirs: Contents, ours: Contents) -> Iterator[str]:
    if theirs.pages != ours.pages:
        yield f"Het heeft {theirs.pages or 'een onbekend aantal'} pagina’s. Ons bestand heeft er {ours.pages}."
    pairs = zip(theirs.marks, ours.marks, strict=False)  # one may have more pages
    other = [str(number) for number, (one, own) in enumerate(pairs, 1) if one != own]
    if len(other) == 1:
        yield f"Op pagina {other[0]} staat iets anders dan in ons bestand."
    elif other:
        more = f" en nog {len(other) - MOST_NAMED}" if len(other) > MOST_NAMED else ""
        yield f"Op {len(other)} pagina’s staat iets anders dan in ons bestand: {', '.join(other[:MOST_NAMED])}{more}."


def _in_attachments(theirs: Contents, ours: Contents) -> Iterator[str]:
    for name in sorted(theirs.attachments.keys() | ours.attachments.keys()):
        if name not in theirs.attachments:
            yield f"De bijlage {name} is weg."
        elif name not in ours.attachments:
            yield "Er is een bijlage bij gekomen."
        elif theirs.attachments[name] != ours.attachments[name]:
            yield f"De bijlage {name} is anders dan in ons bestand."


def _in_fields(theirs: Contents, ours: Contents, version: Version) -> Iterator[str]:
    own = {one.field: one for one in ours.signatures if not one.is_stamp}
    given = {one.field: one for one in theirs.signatures if not one.is_stamp}
    for field in own.keys() - given.keys():
        yield f"De handtekening in {version.place_of(field)} is weg."
    for field, one in given.items():
        if field not in own or one.fingerprint != own[field].fingerprint:
            yield _foreign(one, version)


def _foreign(one: Signature, version: Version) -> str:
    said = f"In {version.place_of(one.field)} staat een handtekening van ‘{one.signer}’"
    if not one.is_intact:
        return f"{said}. Die past niet meer bij de inhoud."
    if one.issued_for not in ("", one.field):
        return f"{said}. Dat certificaat hoort bij {version.place_of(one.issued_for)}."
    if not one.is_trusted:
        return f"{said}, met een certificaat van een uitgever die wij niet vertrouwen."
    return f"{said}. Die staat niet in het bestand waarmee wij vergeleken."
