"""What people hear about the signing of a jaarschijf: who may sign is asked to answer, everyone reads the outcome."""

from dataclasses import replace

from django.urls import reverse

from agreements.accounts.models import User
from agreements.history.models import Event, Provenance
from agreements.notifications.models import Kind
from agreements.notifications.news.message import News
from agreements.notifications.queries import everyone, members_of
from agreements.notifications.queries.people import READERS
from agreements.parties.models import Party, Role
from agreements.signing.models import OwnCertificate, SigningRound
from agreements.signing.queries import outside_to_confirm, seats_to_answer
from agreements.web.formats import dutch_date


def document_ready(event: Event) -> list[News]:
    round_ = _round(event)
    if not round_.is_open:
        return []
    asked = [user for user in everyone() if seats_to_answer(user).filter(round=round_).exists()]
    title = f"Uw antwoord gevraagd: ondertekening van {round_.subject}"
    sentence = f"U kunt {round_.subject} tekenen, of niet tekenen, tot en met {dutch_date(round_.due_on)}."
    parties = [seat.party for seat in round_.seats.select_related("party")]
    unready = [user for party in parties for user in _without_mandate(party, asked)]
    return [_news(round_, asked, Kind.DUTY, title, sentence), _mandate_needed(round_, unready, title)]


def delegated(event: Event) -> list[News]:
    round_ = _round(event)
    seat = round_.seats.select_related("asked").filter(party=event.party, asked__isnull=False).first()
    if seat is None or seat.asked is None or not seats_to_answer(seat.asked).filter(pk=seat.pk).exists():
        return []
    title = f"Aan u overgedragen: ondertekening van {round_.subject}"
    return [_news(round_, [seat.asked], Kind.DUTY, title, event.sentence)]


def reminded(event: Event) -> list[News]:
    round_, party = _round(event), event.party
    assert party is not None
    people = members_of([party])
    asked = [user for user in people if seats_to_answer(user).filter(round=round_, party=party).exists()]
    title = f"Herinnering: ondertekening van {round_.subject}"
    sentence = f"{party.name} heeft nog niet geantwoord. Dat kan tot en met {dutch_date(round_.due_on)}."
    unready = _without_mandate(party, asked)
    return [_news(round_, asked, Kind.DUTY, title, sentence), _mandate_needed(round_, unready, title)]


def _without_mandate(party: Party, asked: list[User]) -> list[User]:
    """Who must give somebody a mandate first, when nobody of this party may sign."""
    if any(user in asked for user in members_of([party])):
        return []
    return members_of([party], roles=[Role.SIGNATORY]) or members_of([party])


def _mandate_needed(round_: SigningRound, people: list[User], title: str) -> News:
    sentence = f"Nog niemand van uw organisatie mag tekenen. Geef iemand een mandaat, voor {dutch_date(round_.due_on)}."
    provenance = Provenance.EXAMPLE if round_.is_example else Provenance.OWN
    return News(people, Kind.DUTY, title, sentence, reverse("parties:mandates"), provenance)


def afterword_added(event: Event) -> list[News]:
    round_ = _round(event)
    title = f"Verklaring bij de ondertekening van {round_.subject}"
    return [_news(round_, everyone(roles=READERS), Kind.ROUNDS, title, event.sentence)]


def outside_noted(event: Event) -> list[News]:
    round_ = _round(event)
    asked = [
        user for user in everyone() if any(o.seat.round_id == round_.pk for o in outside_to_confirm(user))
    ]
    title = f"Kijk een antwoord na: ondertekening van {round_.subject}"
    return [_news(round_, asked, Kind.DUTY, title, event.sentence)]


def certificate_ends(event: Event) -> list[News]:
    certificate = OwnCertificate.objects.select_related("party").get(pk=event.subject_id)
    if certificate.removed_at:
        return []
    people = members_of([certificate.party], roles=[Role.SIGNATORY, Role.MANAGER]) or members_of(
        [certificate.party]
    )
    title = "Het certificaat van uw organisatie verloopt"
    sentence = f"{event.sentence} Voeg op tijd een nieuw certificaat toe. Met een verlopen certificaat kunt u niet tekenen."
    address = reverse("signing:add_certificate", args=[certificate.party.key])
    return [News(people, Kind.DUTY, title, sentence, address, certificate.party.provenance)]


def closing_stuck(event: Event) -> list[News]:
    round_ = _round(event)
    if not round_.is_waiting:
        return []
    municipalities = Party.objects.filter(kind=Party.Kind.MUNICIPALITY)
    people = members_of(municipalities, roles=[Role.COORDINATOR, Role.MANAGER])
    title = f"De ondertekening van {round_.subject} sluit niet"
    return [_news(round_, people, Kind.DUTY, title, event.sentence)]


def round_closed(event: Event) -> list[News]:
    """The link is to the signed file itself."""
    round_ = _round(event)
    title = f"Getekend document: {round_.subject}"
    address = reverse("signing:download_signed", args=[round_.year_slice.year, round_.number])
    news = _news(round_, everyone(roles=READERS), Kind.ROUNDS, title, f"{event.sentence} Lees het document.")
    return [replace(news, address=address)]


def round_over(event: Event) -> list[News]:
    round_ = _round(event)
    title = f"De ondertekening van {round_.subject} is voorbij"
    return [_news(round_, everyone(roles=READERS), Kind.ROUNDS, title, event.sentence)]


def _news(round_: SigningRound, people: list[User], kind: Kind, title: str, sentence: str) -> News:
    address = reverse("signing:signing_round", args=[round_.year_slice.year, round_.number])
    provenance = Provenance.EXAMPLE if round_.is_example else Provenance.OWN
    return News(people, kind, title, sentence, address, provenance)


def _round(event: Event) -> SigningRound:
    return SigningRound.objects.select_related("year_slice__agreement").get(pk=event.subject_id)
