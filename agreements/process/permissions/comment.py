"""Who may comment on a text, and who answers."""

from typing import Any

from agreements.access.refusals import Refused
from agreements.agreement.models import YearSlice
from agreements.commitments.models import Commitment
from agreements.parties.models import Party, Role
from agreements.parties.queries import standing_of
from agreements.process.models import Comment

Voice = Comment.Voice
SPEAKERS = (Role.COORDINATOR, Role.REPORTER, Role.SIGNATORY, Role.REVIEWER)
# Besides the party itself, whose view it gathers. The council speaks through its own role only.
OTHER_VOICES = {
    Party.Kind.MUNICIPALITY: (),
    Party.Kind.CORPORATION: (Voice.SUPERVISORS,),
    Party.Kind.TENANTS: (Voice.MEMBERS,),
}


def voices(*, by: Any) -> list[tuple[Party, Voice]]:
    """For which parties and on whose behalf this person may speak."""
    found: list[tuple[Party, Voice]] = []
    for membership in standing_of(by).memberships:
        if membership.role in SPEAKERS:
            others = OTHER_VOICES[Party.Kind(membership.party.kind)]
            found += [(membership.party, voice) for voice in (Voice.PARTY, *others)]
        elif membership.role == Role.COUNCILLOR:
            found.append((membership.party, Voice.COMMITTEE))
    return list(dict.fromkeys(found))


def add_comment(commitment: Commitment, *, by: Any) -> None:
    """Whoever has a role for a party or the council, during consultation."""
    if not voices(by=by):
        raise Refused("Alleen de partijen, de raad en de griffie mogen hier een opmerking maken.")
    year_slice = commitment.year_slice
    if year_slice.phase != YearSlice.Phase.CONSULTATION:
        phase = year_slice.get_phase_display().lower()
        raise Refused(f"{year_slice} is in de fase {phase}. Opmerkingen horen bij de fase consultatie.")
    if commitment.withdrawn_on:
        raise Refused("Deze afspraak is ingetrokken. U kunt er geen opmerking meer over maken.")


def answer_comments(year_slice: YearSlice, *, by: Any) -> None:
    """The municipality's coordinators, during consultation or in the concept that follows on it."""
    if not standing_of(by).is_coordinator:
        raise Refused("Alleen coördinatoren van de gemeente mogen opmerkingen beantwoorden.")
    if year_slice.phase not in (YearSlice.Phase.CONSULTATION, YearSlice.Phase.CONCEPT):
        phase = year_slice.get_phase_display().lower()
        raise Refused(f"{year_slice} is in de fase {phase}. Beantwoorden kan bij consultatie en concept.")


def answer_comment(comment: Comment, *, by: Any) -> None:
    """A comment is answered once."""
    answer_comments(comment.commitment.year_slice, by=by)
    if not comment.is_open:
        raise Refused(f"Deze opmerking is al beantwoord: {comment.get_state_display().lower()}.")
