"""What people hear about commitments: progress, drafts and amendments.

Who may not see the subject is left out, by the same queries that decide about its page.
"""

from collections.abc import Iterable

from django.urls import reverse

from agreements.accounts.models import User
from agreements.agreement.models import YearSlice
from agreements.commitments.models import Amendment, AmendmentAnswer, Commitment, Status
from agreements.commitments.permissions import DECIDERS, parties_concerned
from agreements.commitments.queries import amendments, visible_to
from agreements.history.models import Event
from agreements.notifications.models import Kind
from agreements.notifications.news.message import News
from agreements.notifications.queries import members_of


def progress_submitted(event: Event) -> list[News]:
    commitment = _commitment(event)
    status = Status(event.data["status"]).label.lower()
    sentence = f"{_party(event)} gaf de voortgang door van {_named(commitment)}: {status}."
    return [_about(commitment, f"Nieuwe voortgang van afspraak {commitment.code}", sentence, "#verloop")]


def drafted(event: Event) -> list[News]:
    if event.actor is None:  # a data set
        return []
    commitment = _commitment(event)
    sentence = f"Er is een nieuw concept voor {commitment.year_slice.year}: {_named(commitment)}."
    return [_about(commitment, f"Nieuw concept: afspraak {commitment.code}", sentence)]


def edited(event: Event) -> list[News]:
    commitment = _commitment(event)
    sentence = f"De tekst van {_named(commitment)} is aangepast."
    return [_about(commitment, f"Concept aangepast: afspraak {commitment.code}", sentence, "#geschiedenis")]


def withdrawn(event: Event) -> list[News]:
    commitment = _commitment(event)
    sentence = f"{_named(commitment)} is ingetrokken. Reden: {event.why}"
    return [_about(commitment, f"Ingetrokken: afspraak {commitment.code}", sentence)]


def amendment_proposed(event: Event) -> list[News]:
    commitment, amendment = _commitment(event), _amendment(event)
    pending = AmendmentAnswer.Outcome.PENDING
    asked = [answer.party for answer in amendment.answers.all() if answer.outcome == pending]
    deciders = members_of(asked, roles=DECIDERS) if amendment.is_open else []
    code, proposer = commitment.code, amendment.party.name
    duty = News(
        _who_see_amendment(deciders, amendment),
        Kind.DUTY,
        f"Uw antwoord gevraagd: wijziging van afspraak {code}",
        f"{proposer} stelt voor om {_named(commitment)} te wijzigen. Geef het antwoord van uw organisatie.",
        reverse("commitments:answer_amendment", args=[amendment.pk]),
        commitment.provenance,
        is_for_parties=True,
    )
    sentence = f"{proposer} stelt voor om {_named(commitment)} te wijzigen."
    return [duty, _about_amendment(amendment, f"Wijziging voorgesteld van afspraak {code}", sentence)]


def amendment_answered(event: Event) -> list[News]:
    amendment = _amendment(event)
    answer = AmendmentAnswer.Outcome(event.data["outcome"]).label.lower()
    named = _named(amendment.commitment)
    sentence = f"{_party(event)} gaf antwoord op wijziging {amendment.number} van {named}: {answer}."
    title = f"Antwoord op een wijziging van afspraak {amendment.commitment.code}"
    return [_about_amendment(amendment, title, sentence)]


def amendment_withdrawn(event: Event) -> list[News]:
    amendment = _amendment(event)
    named = _named(amendment.commitment)
    sentence = f"{_party(event)} trok wijziging {amendment.number} van {named} in."
    return [
        _about_amendment(amendment, f"Wijziging ingetrokken: afspraak {amendment.commitment.code}", sentence)
    ]


def amended(event: Event) -> list[News]:
    commitment = _commitment(event)
    sentence = f"Wijziging {event.data['amendment']} van {_named(commitment)} is van kracht."
    return [_about(commitment, f"Gewijzigd: afspraak {commitment.code}", sentence, "#wijzigingen")]


def _about(commitment: Commitment, title: str, sentence: str, part: str = "") -> News:
    """News for whose promise it is, as far as they may read the commitment."""
    people = members_of(parties_concerned(commitment))
    return News(
        [user for user in people if visible_to(user).filter(pk=commitment.pk).exists()],
        Kind.NEWS,
        title,
        sentence,
        reverse("public:commitment", args=[commitment.code]) + part,
        commitment.provenance,
        is_for_parties=commitment.year_slice.phase not in YearSlice.PUBLIC_PHASES,
    )


def _about_amendment(amendment: Amendment, title: str, sentence: str) -> News:
    """News for whose promise it is, as far as they may read the amendment."""
    commitment = amendment.commitment
    people = members_of(parties_concerned(commitment, lead=amendment.lead))
    address = reverse("public:commitment", args=[commitment.code]) + "#wijzigingen"
    seeing = _who_see_amendment(people, amendment)
    return News(seeing, Kind.NEWS, title, sentence, address, commitment.provenance, is_for_parties=True)


def _who_see_amendment(people: Iterable[User], amendment: Amendment) -> list[User]:
    return [user for user in people if amendments(user).filter(pk=amendment.pk).exists()]


def _commitment(event: Event) -> Commitment:
    return Commitment.objects.with_everything().get(pk=event.subject_id)


def _amendment(event: Event) -> Amendment:
    related = ("commitment__year_slice", "commitment__lead", "party", "lead")
    found = Amendment.objects.select_related(*related).prefetch_related("answers__party")
    return found.get(commitment=event.subject_id, number=event.data["amendment"])


def _named(commitment: Commitment) -> str:
    return f"{commitment.code} ‘{commitment.title}’"


def _party(event: Event) -> str:
    return event.party.name if event.party else "De gemeente"
