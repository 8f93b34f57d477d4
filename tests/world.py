"""A small world for tests: two corporations and their tenants, the municipality, and a cast with roles.

Built with the real operations, so that what a test finds is what the portal would have made.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils import timezone

from agreements.accounts.models import User
from agreements.accounts.operations import create_account
from agreements.agreement.models import Agreement, YearSlice
from agreements.agreement.operations import add_theme, begin_agreement, note_answer, set_year_slice
from agreements.commitments.models import Amendment, Commitment, Indicator
from agreements.commitments.operations import draft_commitment, propose_amendment
from agreements.history.models import Provenance
from agreements.parties.models import Party
from agreements.parties.operations import add_member, add_party
from agreements.progress.models import Assessment, Claim, Judgement, ProgressUpdate, ReportingRound
from agreements.progress.operations import assess_progress, close_round, open_round, submit_progress
from agreements.signing.models import SigningRound

TODAY = date(2017, 11, 15)  # the day of settings.TODAY in tests
SIGNED = date(2017, 2, 16)
PASSWORD = "een-lang-wachtwoord-2017"


@dataclass(frozen=True)
class World:
    """Who and what there is. `homes` counts homes with a plan, `coach` is yes or no, `draft` is of 2018."""

    agreement: Agreement
    municipality: Party
    heideveld: Party
    boekweit: Party
    coordinator: User
    colleague: User
    reporter: User
    director: User
    chair: User
    councillor: User
    stranger: User
    round: ReportingRound
    homes: Commitment
    coach: Commitment
    draft: Commitment

    @property
    def cast(self) -> dict[str, User]:
        """The people by their name in this class."""
        return {name: value for name, value in vars(self).items() if isinstance(value, User)}


def build_world() -> World:
    """2017 adopted with an open third round, 2018 in concept."""
    agreement = begin_agreement(
        by=None,
        on=SIGNED,
        slug="2017-2020",
        title="Prestatieafspraken Hilversum 2017–2020",
        first_year=2017,
        last_year=2020,
        signed_on=SIGNED,
    )
    theme = add_theme(agreement, code="B", name="Sociale voorraad", explanation="Genoeg woningen.")
    adopted = set_year_slice(agreement, 2017, by=None, on=SIGNED, phase="adopted", adopted_on=SIGNED)
    concept = set_year_slice(agreement, 2018, by=None, on=SIGNED, phase="concept")
    parties = _parties(agreement)
    lead = parties["heideveld"]
    usual = {"theme": theme, "lead": lead, "by": None, "on": SIGNED, "provenance": Provenance.OWN}
    homes = draft_commitment(
        adopted,
        code="17-01",
        kind="hard",
        title="84 nieuwe sociale huurwoningen opleveren",
        text="Woonstichting Heideveld levert in 2017 84 sociale huurwoningen op in Hilversum.",
        deadline=date(2017, 12, 31),
        contributors=[(parties["municipality"], "Verleent vergunningen.")],
        target=at_least(84, an_indicator("homes")),
        plan=[(date(2017, 6, 30), Decimal(35)), (date(2017, 9, 30), Decimal(54))],
        **usual,
    )
    coach = draft_commitment(
        adopted,
        code="17-02",
        kind="process",
        title="Een wooncoach laten beginnen",
        text="Woonstichting Heideveld laat een wooncoach beginnen.",
        deadline=date(2017, 9, 1),
        target={
            "indicator": an_indicator("coach", value_kind="yes_no", counting="at_date"),
            "direction": "yes_no",
            "target_value": Decimal(1),
        },
        **usual,
    )
    draft = draft_commitment(
        concept,
        code="18-01",
        kind="hard",
        title="60 nieuwe woningen",
        text="Heideveld levert 60 woningen op.",
        deadline=date(2018, 12, 31),
        **usual,
    )
    return World(
        agreement=agreement,
        **parties,
        **_people(parties),
        round=a_round(
            adopted, "2017-K3", "Derde kwartaal 2017", date(2017, 9, 30), due_on=date(2017, 11, 24)
        ),
        homes=homes,
        coach=coach,
        draft=draft,
    )


def a_commitment(world: World, code: str, **fields: Any) -> Commitment:
    """One more of Heideveld, adopted for 2017 and due at the end of it, unless told otherwise."""
    usual = {"kind": "hard", "title": f"Afspraak {code}", "text": f"Heideveld doet wat {code} zegt."}
    usual |= {"theme": world.homes.theme, "lead": world.heideveld, "deadline": world.homes.deadline}
    usual |= {"by": None, "on": SIGNED, "provenance": "own"}
    year_slice = fields.pop("year_slice", world.homes.year_slice)
    return draft_commitment(year_slice, code=code, **usual | fields)


def at_least(number: int | str, indicator: Indicator) -> dict[str, Any]:
    """A target."""
    return {"indicator": indicator, "direction": "at_least", "target_value": Decimal(number)}


def an_indicator(key: str, **fields: Any) -> Indicator:
    """A figure with its definition; homes, counted from 1 January, unless told otherwise."""
    usual = {
        "name": f"indicator {key}",
        "definition": "Alles wat meetelt.",
        "unit": "woningen",
        "value_kind": "number",
        "counting": "cumulative",
        "provenance": Provenance.OWN,
    }
    return Indicator.objects.create(key=key, **{**usual, **fields})


def a_round(year_slice: YearSlice, code: str, name: str, as_of: date, *, due_on: date) -> ReportingRound:
    """An open reporting round."""
    return open_round(
        year_slice, by=None, on=as_of, code=code, name=name, as_of=as_of, opened_on=as_of, due_on=due_on
    )


def a_closed_round(world: World, code: str, name: str, as_of: date) -> ReportingRound:
    """A round that is over."""
    round_ = a_round(world.homes.year_slice, code, name, as_of, due_on=as_of)
    return close_round(round_, by=None, on=TODAY)


def an_update(world: World, *, value: int = 52, status: str = "on_track", **fields: Any) -> ProgressUpdate:
    """Progress on `homes`, sent by its reporter."""
    claim = Claim(
        status=status,
        value=Decimal(value),
        explanation="Er zijn woningen opgeleverd in blok 1.",
        measure="Een tweede ploeg begint." if status in ("at_risk", "behind") else "",
    )
    usual = {"by": world.reporter, "on": TODAY, "round": world.round, "key": uuid4(), "claim": claim}
    return submit_progress(world.homes, **{**usual, **fields})


def an_assessment(
    update: ProgressUpdate, *, by: User, verdict: str = "disagreed", text: str = "", **fields: Any
) -> Assessment:
    """A judgement on this figure, by default a dissent."""
    text = text or ("" if verdict == "agreed" else "Volgens ons klopt het aantal niet.")
    judgement = Judgement(verdict, text, **fields)
    return assess_progress(update, by=by, on=TODAY, judgement=judgement)


def a_board_member(world: World) -> User:
    """A second board member of the tenants of Heideveld."""
    user = create_account(
        email="lid@test.example", function="Lid van het bestuur", by=None, on=SIGNED, password=PASSWORD
    )
    add_member(Party.objects.get(key="hrh"), user=user, role="reviewer", by=None, on=SIGNED)
    return user


def an_amendment(world: World, **changes: Any) -> Amendment:
    """An open amendment of `homes`, proposed by its reporter; the municipality and the tenants must answer."""
    version = Commitment.objects.get(pk=world.homes.pk).version
    reason = "De bouw ligt stil omdat de grond niet schoon is."
    return propose_amendment(
        world.homes, by=world.reporter, on=TODAY, version=version, changes=changes, reason=reason
    )


def a_closed_signing(year_slice: YearSlice, *, by: User) -> SigningRound:
    """A signing that came to its end. Rows only: making and sealing its document would cost every test a second."""
    now = timezone.now()
    return SigningRound.objects.create(
        year_slice=year_slice,
        number=year_slice.signing_rounds.count() + 1,
        state=SigningRound.State.CLOSED,
        due_on=TODAY,
        text="{}",
        text_sha256="0" * 64,
        document_sha256="0" * 64,
        opened_on=TODAY,
        opened_by=by,
        over_on=TODAY,
        over_at=now,
        over_by=by,
        outcome="Ondertekend door vier partijen.",
    )


def _parties(agreement: Agreement) -> dict[str, Party]:
    def add(key: str, kind: str, name: str, **fields: Any) -> Party:
        return add_party(
            by=None,
            on=SIGNED,
            key=key,
            kind=kind,
            name=name,
            short_name=name,
            provenance=Provenance.OWN,
            **fields,
        )

    municipality = add("gh", "municipality", "Gemeente Hilversum")
    heideveld = add("hv", "corporation", "Woonstichting Heideveld")
    boekweit = add("bw", "corporation", "Woningcorporatie De Boekweit")
    tenants = add("hrh", "tenants", "Huurdersraad Heideveld", represents=heideveld)
    for party in (municipality, heideveld, boekweit):
        note_answer(
            agreement, party, by=None, on=SIGNED, outcome="signed", answered_on=SIGNED, provenance="own"
        )
    note_answer(
        agreement,
        tenants,
        by=None,
        on=SIGNED,
        outcome="declined",
        answered_on=SIGNED,
        statement="Wij vinden de huren te hoog.",
        provenance="own",
    )
    return {"municipality": municipality, "heideveld": heideveld, "boekweit": boekweit}


def _people(parties: dict[str, Party]) -> dict[str, User]:
    tenants = Party.objects.get(key="hrh")
    roles = {
        "coordinator": ("Beleidsadviseur wonen", parties["municipality"], "coordinator"),
        "colleague": ("Tweede beleidsadviseur", parties["municipality"], "coordinator"),
        "reporter": ("Medewerker Heideveld", parties["heideveld"], "reporter"),
        "director": ("Bestuurder Heideveld", parties["heideveld"], "signatory"),
        "chair": ("Voorzitter huurders", tenants, "reviewer"),
        "councillor": ("Raadslid", parties["municipality"], "councillor"),
        "stranger": ("Medewerker De Boekweit", parties["boekweit"], "reporter"),
    }
    people = {}
    for name, (function, party, role) in roles.items():
        user = create_account(
            email=f"{name}@test.example", function=function, by=None, on=SIGNED, password=PASSWORD
        )
        add_member(party, user=user, role=role, by=None, on=SIGNED)
        people[name] = user
    return people
