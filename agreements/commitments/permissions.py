"""Who may do what with a commitment. Same names as the operations they guard."""

from typing import Any

from django.db.models import Q

from agreements.access.refusals import Refused
from agreements.agreement.models import YearSlice
from agreements.commitments.models import Amendment, AmendmentAnswer, Commitment
from agreements.parties.models import Party, Role
from agreements.parties.queries import standing_of

# Who works on commitments may propose; a party is bound only by who coordinates, signs or sits on its board.
PROPOSERS = (Role.COORDINATOR, Role.REPORTER, Role.SIGNATORY, Role.REVIEWER)
DECIDERS = (Role.COORDINATOR, Role.SIGNATORY, Role.REVIEWER)


def draft_commitment(year_slice: YearSlice, *, by: Any) -> None:
    """Only the municipality's coordinators write the text, while the jaarschijf is a draft."""
    if not standing_of(by).is_coordinator:
        raise Refused("Alleen coördinatoren van de gemeente mogen de tekst van afspraken opstellen.")
    if not year_slice.is_draft:
        phase = year_slice.get_phase_display().lower()
        raise Refused(
            f"{year_slice} staat op ‘{phase}’. Afspraken opstellen kan alleen bij het bod en het concept."
        )


def copy_commitments(year_slice: YearSlice, *, by: Any) -> None:
    """Taking over the commitments of the year before is drafting."""
    draft_commitment(year_slice, by=by)


def move_commitment(year_slice: YearSlice, *, by: Any) -> None:
    """The order of a jaarschijf is part of its text."""
    draft_commitment(year_slice, by=by)


def refuse_part(commitment: Commitment) -> None:
    """A part follows the joint commitment: who wants something else changes that one, with the whole division."""
    if commitment.part_of:
        raise Refused(
            f"Dit is een deel van afspraak {commitment.part_of.code}. Pas daar de tekst of de verdeling aan."
        )


def edit_commitment(commitment: Commitment, *, by: Any) -> None:
    """Coordinators, and only while the jaarschijf is a draft: signed text does not change (rule 3)."""
    if not standing_of(by).is_coordinator:
        raise Refused("Alleen coördinatoren van de gemeente mogen de tekst van een afspraak aanpassen.")
    if not commitment.year_slice.is_draft:
        raise Refused(
            f"{commitment.year_slice} is in de fase {commitment.year_slice.get_phase_display().lower()}. "
            "De tekst aanpassen kan alleen in de fasen bod en concept."
        )
    if commitment.withdrawn_on:
        raise Refused("Deze afspraak is ingetrokken. U kunt hem niet meer aanpassen.")
    refuse_part(commitment)


def withdraw_commitment(commitment: Commitment, *, by: Any) -> None:
    """A draft is taken back by who may write it."""
    edit_commitment(commitment, by=by)


def define_indicator(*, by: Any) -> None:
    """Coordinators keep the catalogue of what is counted."""
    if not standing_of(by).is_coordinator:
        raise Refused("Alleen coördinatoren van de gemeente mogen indicatoren toevoegen.")


# -- amendments of adopted text


def parties_concerned(commitment: Commitment, *, lead: Party | None = None) -> list[Party]:
    """Whose promise it is: lead, contributors, the municipality and the tenants of the lead; a new `lead` too.

    Of a joint commitment also every party with a part, and its tenants. A promise that concerns one party only was made to all: then everyone who signed is concerned.
    """
    leads = [commitment.lead_id, *([lead.pk] if lead else [])]
    leads += [part.lead_id for part in commitment.living_parts()]
    found = Party.objects.filter(
        Q(pk__in=leads)
        | Q(contributions__commitment=commitment)
        | Q(kind=Party.Kind.MUNICIPALITY, signatures__agreement=commitment.year_slice.agreement_id)
        | Q(represents__in=leads)
    ).distinct()
    if len(found) > 1:
        return list(found)
    signed = Q(signatures__agreement=commitment.year_slice.agreement_id, signatures__outcome="signed")
    return list(Party.objects.filter(signed | Q(pk__in=leads)).distinct())


def proposer_for(commitment: Commitment, *, by: Any) -> Party:
    """The party concerned for which this person proposes an amendment; Refused when there is none."""
    standing = standing_of(by)
    for party in parties_concerned(commitment):
        if standing.has(*PROPOSERS, party=party):
            return party
    raise Refused("Alleen partijen die bij deze afspraak betrokken zijn, mogen een wijziging voorstellen.")


def propose_amendment(commitment: Commitment, *, by: Any) -> None:
    """A party concerned, on adopted text of a year that still runs."""
    proposer_for(commitment, by=by)
    year_slice = commitment.year_slice
    if year_slice.phase == year_slice.Phase.CLOSED:
        raise Refused(f"{year_slice} is afgesloten. De tekst verandert niet meer.")
    if not year_slice.is_adopted:
        raise Refused(f"{year_slice} is nog niet vastgesteld. Een wijzigingsvoorstel kan daarna.")
    if commitment.withdrawn_on:
        raise Refused("Deze afspraak is ingetrokken. U kunt hem niet meer wijzigen.")
    refuse_part(commitment)


def answer_for(amendment: Amendment, *, by: Any) -> AmendmentAnswer:
    """The answer that this person gives for a party concerned; Refused when there is nothing to answer."""
    if not amendment.is_open:
        raise Refused(f"Over deze wijziging is al besloten: {amendment.get_state_display().lower()}.")
    standing = standing_of(by)
    own = [answer for answer in amendment.answers.all() if standing.has(*DECIDERS, party=answer.party)]
    for answer in own:
        if answer.outcome == AmendmentAnswer.Outcome.PENDING:
            return answer
    if own:
        raise Refused(f"{own[0].party.name} heeft al geantwoord: {own[0].get_outcome_display().lower()}.")
    if standing.has(*DECIDERS, party=amendment.party):
        raise Refused("Uw organisatie stelde deze wijziging zelf voor. De andere partijen antwoorden nu.")
    raise Refused(
        "Alleen een coördinator, ondertekenaar of bestuurslid van een partij die bij deze afspraak betrokken is, "
        "mag antwoorden op een wijziging."
    )


def answer_amendment(amendment: Amendment, *, by: Any) -> None:
    """A party concerned that did not answer yet, by somebody who decides for it, while the year runs."""
    answer_for(amendment, by=by)
    commitment = amendment.commitment
    if commitment.withdrawn_on or commitment.year_slice.phase != commitment.year_slice.Phase.ADOPTED:
        raise Refused("Deze afspraak is ingetrokken of het jaar is afgesloten. Antwoorden kan niet meer.")


def withdraw_amendment(amendment: Amendment, *, by: Any) -> None:
    """Whoever proposes for the party that proposed it, while it is open."""
    if not standing_of(by).has(*PROPOSERS, party=amendment.party):
        raise Refused(f"Alleen {amendment.party.name} mag dit wijzigingsvoorstel intrekken.")
    if not amendment.is_open:
        raise Refused(f"Over deze wijziging is al besloten: {amendment.get_state_display().lower()}.")
