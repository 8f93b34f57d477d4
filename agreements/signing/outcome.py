"""What came out of a round, in one sentence that everyone understands."""

from collections.abc import Sequence

from agreements.signing.models import Seat

NUMBERS = [
    "nul",
    "één",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
]


def in_words(seats: Sequence[Seat]) -> str:
    """ "Ondertekend door acht partijen; Huurdersraad X tekende niet; Corporatie Y reageerde niet." """
    signed = [seat for seat in seats if seat.outcome == Seat.Outcome.SIGNED]
    parts = [_signed(len(signed))]
    parts += [f"{seat.party.name} tekende niet" for seat in seats if seat.outcome == Seat.Outcome.DECLINED]
    parts += [f"{seat.party.name} reageerde niet" for seat in seats if seat.outcome == Seat.Outcome.SILENT]
    return "; ".join(parts) + "."


def _signed(count: int) -> str:
    if count == 0:
        return "Door geen enkele partij ondertekend"
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"Ondertekend door {number} partij{'en' if count > 1 else ''}"
