"""Puts the rows in the portal's own tables, in bulk."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from agreements.accounts.models import User
from agreements.agreement.models import Agreement, Signatory, Theme, YearSlice
from agreements.commitments.models import Commitment, Indicator, Target
from agreements.commitments.queries import search_text
from agreements.history.models import GENESIS, ChainHead, Event, Provenance
from agreements.parties.models import Membership, Party, Role
from agreements.progress.models import Measurement, ProgressUpdate, ReportingRound
from bench.proof import read_back
from bench.rows import PASSWORD, SEED, YEAR_BEGINS, Row, Size, email_of, fingerprint, rounds, rows

WRITTEN_AT = datetime(2017, 11, 15, 12, 0, tzinfo=UTC)
BATCH = 500


@transaction.atomic
def fill(size: Size, seed: int = SEED) -> str:
    """Fill an empty database and return the fingerprint of what is in it. Every row is an example.

    The history is written as the operations would have: an event for every commitment and every update.
    """
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows(size, seed):
        found[row["kind"]].append(row)
    parties = _parties(found["party"])
    people = _people(parties)
    year = _agreement(parties)
    themes, indicators = _themes(year.agreement, found["theme"])
    commitments = _commitments(found["commitment"], year, themes, parties, found["update"])
    _targets(found["commitment"], commitments, indicators)
    updates = _updates(found["update"], commitments, _rounds(year, size.updates), people)
    _measurements(found["update"], updates, indicators)
    _history(commitments, updates)
    return fingerprint(read_back())


def is_empty() -> bool:
    """Whether nothing was ever put in this database."""
    return not (Party.objects.exists() or User.objects.exists() or Event.objects.exists())


def _parties(found: list[Row]) -> dict[str, Party]:
    made = [
        Party(
            key=r["key"],
            name=r["name"],
            short_name=r["name"],
            kind=r["side"],
            order=place,
            provenance=Provenance.EXAMPLE,
        )
        for place, r in enumerate(found)
    ]
    by_key = {party.key: party for party in Party.objects.bulk_create(made)}
    tenants = [party for party in made if party.kind == Party.Kind.TENANTS]
    for party in tenants:
        party.represents = by_key[party.key.replace("huurders", "corporatie")]
    Party.objects.bulk_update(tenants, ["represents"])
    return by_key


def _people(parties: dict[str, Party]) -> dict[int, User]:
    """A coordinator for the municipality and a reporter for every corporation, as {party pk: user}."""
    secret = make_password(PASSWORD)
    sides = [party for party in parties.values() if party.kind != Party.Kind.TENANTS]
    users = User.objects.bulk_create(
        [
            User(email=email_of(party.key), function=f"Medewerker {party.name}", password=secret)
            for party in sides
        ]
    )
    addresses = [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users]
    EmailAddress.objects.bulk_create(addresses)
    people = dict(zip(sides, users, strict=True))
    Membership.objects.bulk_create(
        [
            Membership(
                user=user,
                party=party,
                role=Role.COORDINATOR if party.kind == Party.Kind.MUNICIPALITY else Role.REPORTER,
                started_on=YEAR_BEGINS,
            )
            for party, user in people.items()
        ]
    )
    return {party.pk: user for party, user in people.items()}


def _agreement(parties: dict[str, Party]) -> YearSlice:
    agreement = Agreement.objects.create(
        slug="meting",
        title="Prestatieafspraken 2017-2020",
        first_year=2017,
        last_year=2020,
        signed_on=YEAR_BEGINS,
    )
    signed = {
        "outcome": Signatory.Outcome.SIGNED,
        "answered_on": YEAR_BEGINS,
        "provenance": Provenance.EXAMPLE,
    }
    Signatory.objects.bulk_create(
        [Signatory(agreement=agreement, party=p, **signed) for p in parties.values()]
    )
    return YearSlice.objects.create(
        agreement=agreement, year=2017, phase=YearSlice.Phase.ADOPTED, adopted_on=YEAR_BEGINS
    )


def _themes(agreement: Agreement, found: list[Row]) -> tuple[dict[str, Theme], dict[str, Indicator]]:
    made = Theme.objects.bulk_create(
        [Theme(agreement=agreement, code=r["code"], name=r["name"], order=n) for n, r in enumerate(found)]
    )
    counted = Indicator.objects.bulk_create(
        [
            Indicator(
                key=f"meting-{r['code'].lower()}",
                name=r["indicator"],
                definition=f"Het aantal {r['indicator']} sinds 1 januari.",
                unit=r["unit"],
                value_kind=Indicator.ValueKind.NUMBER,
                counting=Indicator.Counting.CUMULATIVE,
                provenance=Provenance.EXAMPLE,
            )
            for r in found
        ]
    )
    codes = [r["code"] for r in found]
    return dict(zip(codes, made, strict=True)), dict(zip(codes, counted, strict=True))


def _rounds(year: YearSlice, updates: int) -> dict[str, ReportingRound]:
    """The closed rounds by reference day, and an open one in which nothing was reported yet."""
    closed = [
        _round(year, n, as_of, as_of + timedelta(days=21)) for n, as_of in enumerate(rounds(updates), 1)
    ]
    now = _round(year, updates + 1, date(2017, 10, 31), None)
    ReportingRound.objects.bulk_create([*closed, now])
    return {str(made.as_of): made for made in closed}


def _round(year: YearSlice, number: int, as_of: date, closed_on: date | None) -> ReportingRound:
    return ReportingRound(
        year_slice=year,
        code=f"2017-{number}",
        name=f"Ronde {number} van 2017",
        as_of=as_of,
        opened_on=as_of + timedelta(days=1),
        due_on=as_of + timedelta(days=30 if closed_on is None else 14),
        closed_on=closed_on,
    )


def _commitments(
    found: list[Row], year: YearSlice, themes: dict[str, Theme], parties: dict[str, Party], updates: list[Row]
) -> dict[str, Commitment]:
    last = {update["commitment"]: update for update in updates}
    made = []
    for order, row in enumerate(found):
        commitment = Commitment(
            code=row["code"],
            year_slice=year,
            theme=themes[row["theme"]],
            lead=parties[row["lead"]],
            kind=Commitment.Kind.HARD,
            title=row["title"],
            text=row["text"],
            deadline=date.fromisoformat(row["deadline"]),
            order=order,
            is_key_figure=order < 4,
            provenance=Provenance.EXAMPLE,
        )
        if newest := last.get(row["code"]):
            commitment.status, commitment.value = newest["status"], newest["value"]
            commitment.as_of = date.fromisoformat(newest["as_of"])
            commitment.reported_on = _reported_on(newest)
        commitment.search_text = search_text(commitment)
        made.append(commitment)
    return {commitment.code: commitment for commitment in Commitment.objects.bulk_create(made, BATCH)}


def _targets(found: list[Row], commitments: dict[str, Commitment], indicators: dict[str, Indicator]) -> None:
    made = [
        Target(
            commitment=commitments[row["code"]],
            indicator=indicators[row["theme"]],
            direction=Target.Direction.AT_LEAST,
            value=row["target"],
        )
        for row in found
    ]
    Target.objects.bulk_create(made, BATCH)


def _reported_on(update: Row) -> date:
    return date.fromisoformat(update["as_of"]) + timedelta(days=7)


def _updates(
    found: list[Row],
    commitments: dict[str, Commitment],
    in_rounds: dict[str, ReportingRound],
    people: dict[int, User],
) -> list[ProgressUpdate]:
    made = [
        ProgressUpdate(
            commitment=(commitment := commitments[row["commitment"]]),
            round=in_rounds[row["as_of"]],
            number=row["number"],
            key=uuid5(NAMESPACE_URL, f"bench/{row['commitment']}/{row['number']}"),
            party=commitment.lead,
            status=row["status"],
            explanation=row["explanation"],
            measure=row["measure"],
            submitted_on=_reported_on(row),
            submitted_by=people[commitment.lead_id],
        )
        for row in found
    ]
    return ProgressUpdate.objects.bulk_create(made, BATCH)


def _measurements(found: list[Row], updates: list[ProgressUpdate], indicators: dict[str, Indicator]) -> None:
    made = [
        Measurement(
            update=update,
            indicator=indicators[update.commitment.theme.code],
            value=row["value"],
            as_of=date.fromisoformat(row["as_of"]),
            certainty=Measurement.Certainty.FINAL,
        )
        for row, update in zip(found, updates, strict=True)
    ]
    Measurement.objects.bulk_create(made, BATCH)


def _history(commitments: dict[str, Commitment], updates: list[ProgressUpdate]) -> None:
    chain: list[Event] = []
    for commitment in commitments.values():
        sentence = f"Afspraak {commitment.code} opgenomen in jaarschijf 2017."
        data = {"after": {"title": commitment.title, "text": commitment.text}}
        _append(chain, commitment, verb="commitments.drafted", on=YEAR_BEGINS, sentence=sentence, data=data)
    for update in updates:
        _append(
            chain,
            update.commitment,
            verb="progress.submitted",
            on=update.submitted_on,
            actor=update.submitted_by,
            party=update.party,
            sentence=f"Voortgang {update.round.name.lower()}: {update.get_status_display()}.",
            data={"update": update.number, "status": update.status, "explanation": update.explanation},
        )
    Event.objects.bulk_create(chain, BATCH)
    ChainHead.objects.create(pk=1, count=len(chain), digest=chain[-1].digest)


def _append(chain: list[Event], subject: Commitment, **fields: Any) -> None:
    previous = chain[-1].digest if chain else GENESIS
    kind = {"subject_kind": "commitment", "subject_id": subject.pk}
    event = Event(number=len(chain) + 1, at=WRITTEN_AT, previous=previous, **kind, **fields)
    event.digest = event.computed_digest()
    chain.append(event)
