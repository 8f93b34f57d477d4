"""What we say of a signature and its certificate, in Dutch: at the moment it was set, and now."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from agreements.pdf.check import Signature
from agreements.pdf.standing import Judged, Standing
from agreements.web.formats import dutch_date

THEN = {
    Standing.GOOD: "Het certificaat is van een uitgever die wij vertrouwen, en was toen geldig.",
    Standing.EARLY: "Het certificaat was toen nog niet geldig.",
    Standing.EXPIRED: "Het certificaat was toen al verlopen.",
    Standing.REVOKED: "Het certificaat was toen al ingetrokken.",
    Standing.UNKNOWN: "Wij vertrouwen de uitgever van het certificaat niet.",
}
PROOF = {
    "B-B": "Het tijdstip schreef de ondertekenaar zelf op; er is geen tijdstempel van een ander (PAdES B-B).",
    "B-T": "Een tijdstempel van een ander bewijst het tijdstip (PAdES B-T).",
    "B-LT": "Een tijdstempel van een ander bewijst het tijdstip. De gegevens om het certificaat later te controleren zitten in het bestand (PAdES B-LT).",
    "B-LTA": "Een tijdstempel van een ander bewijst het tijdstip. Ook als het certificaat verloopt, is dit nog te controleren: alles daarvoor zit in het bestand (PAdES B-LTA).",
}


def in_words(signature: Signature) -> list[str]:
    """Sentences about one signature or time stamp, the most important first."""
    return list(_sentences(signature))


def _sentences(signature: Signature) -> Iterator[str]:
    yield (
        "Het getekende deel is niet veranderd." if signature.is_intact else "Het getekende deel is veranderd."
    )
    if signature.is_intact and signature.is_trusted and not signature.is_genuine:
        yield "Daarna is er iets toegevoegd dat niet mag."
    yield THEN[signature.then.standing]
    if signature.then.standing in (Standing.GOOD, Standing.EARLY):
        yield from _now(signature.now, signature.not_after)
    if signature.level:
        yield PROOF[signature.level]


def _now(now: Judged, not_after: datetime | None) -> Iterator[str]:
    until = _day(not_after)
    if now.standing == Standing.REVOKED:
        yield f"Het is daarna ingetrokken, op {_day(now.withdrawn_at)}."
    elif now.standing == Standing.EXPIRED:
        yield f"Nu is het verlopen: het gold tot en met {until}."
    elif now.standing == Standing.GOOD:
        yield f"Het is nu ook geldig, tot en met {until}."
    if now.standing in (Standing.GOOD, Standing.EXPIRED) and not now.is_looked_up:
        yield "Of het is ingetrokken, konden wij niet nagaan."


def _day(moment: datetime | None) -> str:
    return dutch_date(timezone.localtime(moment).date()) if moment else "onbekend"
