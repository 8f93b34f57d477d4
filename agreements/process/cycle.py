"""The cycle of a year: what the law asks and what is practice, and the days that follow from it for one jaarschijf.

Woningwet as in force from 1 July 2015: corporations make their bid known before 1 July (art. 44) and send the
agreements to the minister before 15 December (art. 44a). The other moments are practice in Hilversum and elsewhere.
"""

from dataclasses import dataclass
from datetime import date

from agreements.agreement.models import YearSlice

Phase = YearSlice.Phase


@dataclass(frozen=True)
class Moment:
    """A step of the yearly cycle. `basis` is the article of law, or what is usual."""

    when: str
    what: str
    who: str
    basis: str
    is_statutory: bool = False


@dataclass(frozen=True)
class Proposal:
    """Before which day of the year before a phase should be done."""

    month: int
    day: int
    basis: str
    is_statutory: bool = False

    def on(self, year: int) -> date:
        """The day for the jaarschijf of `year`."""
        return date(year - 1, self.month, self.day)


CYCLE = (
    Moment(
        "Januari", "De woonvisie of woonagenda is bekend.", "Gemeente; de raad stelt vast", "Gebruikelijk"
    ),
    Moment(
        "Februari tot en met mei",
        "Corporatie en huurders bespreken het bod.",
        "Corporatie en huurdersorganisatie",
        "Woningwet artikel 43",
        is_statutory=True,
    ),
    Moment("Mei en juni", "Partijen kijken samen terug op het vorige jaar.", "Alle partijen", "Gebruikelijk"),
    Moment(
        "Vóór 1 juli",
        "De corporatie legt verantwoording af over het vorige jaar, ook over de afspraken.",
        "Corporatie",
        "Woningwet artikel 36a en 38",
        is_statutory=True,
    ),
    Moment(
        "Vóór 1 juli",
        "De minister laat zien hoeveel geld een corporatie kan inzetten.",
        "Minister",
        "Besluit toegelaten instellingen volkshuisvesting 2015 artikel 38",
        is_statutory=True,
    ),
    Moment(
        "1 juli",
        "Gemeente en huurdersorganisaties hebben het bod van de corporatie.",
        "Corporatie",
        "Woningwet artikel 44",
        is_statutory=True,
    ),
    Moment(
        "Juli tot en met november",
        "Partijen overleggen en maken het concept.",
        "Alle partijen",
        "Woningwet artikel 44",
        is_statutory=True,
    ),
    Moment(
        "Oktober en november",
        "De raadscommissie, de achterban en de raad van commissarissen geven advies.",
        "Raad, huurders en corporatie",
        "Gebruikelijk in Hilversum, volgens de raadsinformatiebrief",
    ),
    Moment(
        "Vóór 15 december",
        "Partijen tekenen. De corporatie stuurt de afspraken naar de minister.",
        "Alle partijen; de corporatie verstuurt",
        "Woningwet artikel 44a",
        is_statutory=True,
    ),
    Moment(
        "Na zes maanden",
        "Komen partijen er niet uit? Dan kan elke partij het geschil binnen vier weken aan de minister voorleggen.",
        "Elke partij",
        "Woningwet artikel 44, vierde lid",
        is_statutory=True,
    ),
    Moment(
        "Januari tot en met december",
        "Partijen voeren de afspraken uit en volgen de voortgang.",
        "Alle partijen",
        "Gebruikelijk",
    ),
    Moment(
        "Na elke ronde",
        "Het college informeert de raad over de voortgang.",
        "College van burgemeester en wethouders",
        "Toegezegd in de raadsinformatiebrief",
    ),
)
PROPOSALS = {
    Phase.BID: Proposal(7, 1, "Woningwet artikel 44", is_statutory=True),
    Phase.CONCEPT: Proposal(11, 1, "Gebruikelijk: overleg van juli tot en met oktober"),
    Phase.CONSULTATION: Proposal(
        12, 1, "Gebruikelijk: advies van raad, achterban en raad van commissarissen"
    ),
    Phase.SIGNING: Proposal(12, 15, "Woningwet artikel 44a", is_statutory=True),
}
