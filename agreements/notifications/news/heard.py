"""What people hear about proposals and comments: the municipality must answer, the party hears the answer."""

from django.urls import reverse

from agreements.history.models import Event
from agreements.notifications.models import Kind
from agreements.notifications.news.message import News
from agreements.notifications.queries import members_of
from agreements.parties.models import Party, Role
from agreements.process.models import Comment, Proposal


def proposal_made(event: Event) -> list[News]:
    proposal = _proposal(event)
    title = f"Nieuw voorstel voor {proposal.year_slice.year}"
    sentence = f"{proposal.party.name} diende een voorstel in: {proposal.title}."
    return [_for_answering(title, sentence, _address(proposal), proposal.party)] if proposal.is_open else []


def proposal_decided(event: Event) -> list[News]:
    proposal = _proposal(event)
    title = f"Antwoord op uw voorstel voor {proposal.year_slice.year}"
    sentence = f"Voorstel {proposal.number} ‘{proposal.title}’: {proposal.get_state_display().lower()}."
    return [_for_party(proposal.party, title, sentence, _address(proposal))]


def comment_added(event: Event) -> list[News]:
    comment = _comment(event)
    code = comment.commitment.code
    sentence = f"{comment.speaker} maakte een opmerking bij de tekst van {code}."
    title = f"Nieuwe opmerking bij afspraak {code}"
    address = reverse("process:answer_comment", args=[code, comment.number])
    return [_for_answering(title, sentence, address, comment.party)] if comment.is_open else []


def comment_answered(event: Event) -> list[News]:
    comment = _comment(event)
    code = comment.commitment.code
    sentence = f"Uw opmerking bij de tekst van {code}: {comment.get_state_display().lower()}."
    address = reverse("public:commitment", args=[code]) + "#opmerkingen"
    return [_for_party(comment.party, f"Antwoord op uw opmerking bij afspraak {code}", sentence, address)]


def _for_answering(title: str, sentence: str, address: str, party: Party) -> News:
    """A duty of the coordinators."""
    municipalities = Party.objects.filter(kind=Party.Kind.MUNICIPALITY)
    people = members_of(municipalities, roles=[Role.COORDINATOR])
    return News(people, Kind.DUTY, title, sentence, address, party.provenance, is_for_parties=True)


def _for_party(party: Party, title: str, sentence: str, address: str) -> News:
    people = members_of([party])
    return News(people, Kind.NEWS, title, sentence, address, party.provenance, is_for_parties=True)


def _proposal(event: Event) -> Proposal:
    return Proposal.objects.select_related("party", "year_slice").get(pk=event.subject_id)


def _address(proposal: Proposal) -> str:
    return reverse("process:proposal", args=[proposal.year_slice.year, proposal.number])


def _comment(event: Event) -> Comment:
    found = Comment.objects.select_related("party", "commitment")
    return found.get(commitment=event.subject_id, number=event.data["comment"])
