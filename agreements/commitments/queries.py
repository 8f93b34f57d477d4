"""Reading commitments."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from agreements.agreement.models import Signatory, YearSlice
from agreements.agreement.queries import readable_slices
from agreements.commitments.models import (
    Amendment,
    AmendmentAnswer,
    Commitment,
    CommitmentQuerySet,
    Contribution,
    Indicator,
    Status,
    Target,
)
from agreements.commitments.permissions import DECIDERS
from agreements.history.models import Event
from agreements.history.queries import timeline
from agreements.parties.models import Party
from agreements.parties.queries import standing_of
from agreements.web.dates import today
from agreements.web.markup import plain_words


def visible_to(user: Any) -> CommitmentQuerySet:
    """The commitments this person may read; for others a draft does not exist."""
    return Commitment.objects.filter(readable_slices(user)).with_everything()


def normalised(text: str) -> str:
    """Text for searching: no capitals, no accents; the same on both databases ("EÉN" finds "één")."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def search_text(commitment: Commitment) -> str:
    """What the search box looks through."""
    text = plain_words(commitment.text)
    parts = [commitment.code, commitment.title, text, commitment.theme.name, commitment.lead.name]
    if commitment.measure:
        parts.append(commitment.measure.indicator.name)
    return normalised(" ".join(parts))


def matching(commitments: CommitmentQuerySet, words: str) -> CommitmentQuerySet:
    """Those that contain every one of the words, in code, title, text or names."""
    for word in normalised(words).split():
        commitments = commitments.filter(search_text__contains=word)
    return commitments


def counts_by_status(commitments: CommitmentQuerySet) -> dict[str, int]:
    """{status code: number} of what was agreed, every status present, in the fixed order."""
    found = dict(commitments.whole().order_by().values_list("status").annotate(n=Count("pk")))
    return {status: found.get(status, 0) for status in Status.values}


def next_code(year_slice: YearSlice) -> str:
    """The first number after the highest of this year: "18-13"."""
    prefix = f"{year_slice.year % 100:02}-"
    used = Commitment.objects.filter(code__startswith=prefix).values_list("code", flat=True)
    numbers = [int(code.removeprefix(prefix)) for code in used if code.removeprefix(prefix).isdigit()]
    return f"{prefix}{max(numbers, default=0) + 1:02}"


def last_place(year_slice: YearSlice) -> int:
    """The order for a commitment that comes last in this year."""
    highest = year_slice.commitments.aggregate(highest=models.Max("order"))["highest"]
    return 0 if highest is None else highest + 1


def of_year_before(year_slice: YearSlice, user: Any) -> CommitmentQuerySet:
    """What this year can take over: the commitments of the year before that still stand."""
    before = visible_to(user).whole()
    return before.filter(year_slice__year=year_slice.year - 1, withdrawn_on__isnull=True)


def unfinished_before(year: int, user: Any) -> CommitmentQuerySet:
    """The adopted commitments of the year before that were not met or withdrawn: suggestions for this year."""
    before = visible_to(user).whole().filter(year_slice__year=year - 1, withdrawn_on__isnull=True)
    return before.filter(year_slice__phase__in=YearSlice.ADOPTED_PHASES).exclude(
        status__in=[Status.ACHIEVED, Status.DROPPED]
    )


def indicators(user: Any) -> models.QuerySet[Indicator]:
    """The catalogue, each indicator with the targets in which this person may see it used."""
    readable = visible_to(user).order_by().values("pk")
    used = Target.objects.filter(commitment__in=readable).select_related("commitment__year_slice")
    in_order = used.order_by("commitment__year_slice__year", "commitment__order")
    return Indicator.objects.select_related("source").prefetch_related(models.Prefetch("targets", in_order))


def circle_through(commitment: Commitment, depends_on: Commitment | None) -> list[str]:
    """The codes of the circle that arises when the commitment waits for this other one; [] when there is none."""
    rows = Commitment.objects.filter(year_slice=commitment.year_slice)
    waits_for = dict(rows.values_list("pk", "depends_on"))
    codes = dict(rows.values_list("pk", "code"))
    path, step = [commitment.pk], depends_on and depends_on.pk
    while step and step not in path:
        path.append(step)
        step = waits_for.get(step)
    return [codes[pk] for pk in [*path, commitment.pk]] if step == commitment.pk else []


def values_of_version(commitment: Commitment, version: int) -> dict[str, Any]:
    """What history says the fields held in this version, as text; {} for a version it does not know."""
    for event in timeline(commitment):
        if event.data.get("version") == version:
            return event.data["after"]
    return {}


# -- whom a commitment concerns: `permissions.parties_concerned`, for many at once


def concerning(parties: Collection[int]) -> CommitmentQuerySet:
    """The commitments with one of these parties (primary keys) among the parties concerned, as one filter."""
    asked = Signatory.objects.filter(agreement=OuterRef("year_slice__agreement"))
    contributors = Contribution.objects.filter(commitment=OuterRef("pk"))
    municipality = asked.filter(party__kind=Party.Kind.MUNICIPALITY)
    tenants = Party.objects.filter(represents=OuterRef("lead"))
    lead = OuterRef("lead")
    parts = Commitment.objects.filter(part_of=OuterRef("pk"), withdrawn_on__isnull=True).order_by()
    has_others = (
        Exists(contributors.exclude(party=lead)) | Exists(municipality.exclude(party=lead)) | Exists(tenants)
    ) | Exists(parts.exclude(lead=lead))
    signed = Exists(asked.filter(outcome=Signatory.Outcome.SIGNED, party__in=parties))
    return Commitment.objects.filter(
        Q(lead__in=parties)
        | Exists(contributors.filter(party__in=parties))
        | Exists(municipality.filter(party__in=parties))
        | Exists(tenants.filter(pk__in=parties))
        | Exists(parts.filter(lead__in=parties))
        | Exists(parts.filter(lead__tenant_organisations__in=parties))
        | (~has_others & signed)
    )


def concerned_in(commitments: Collection[Commitment]) -> dict[int, list[Party]]:
    """{primary key of the commitment: the parties concerned, in their order}, in four queries."""
    everyone = list(Party.objects.all())
    contributors: dict[int, set[int]] = {}
    for pk, party in Contribution.objects.filter(commitment__in=commitments).values_list(
        "commitment", "party"
    ):
        contributors.setdefault(pk, set()).add(party)
    answers: dict[int, dict[int, str]] = {}
    agreements = {commitment.year_slice.agreement_id for commitment in commitments}
    for pk, party, outcome in Signatory.objects.filter(agreement__in=agreements).values_list(
        "agreement", "party", "outcome"
    ):
        answers.setdefault(pk, {})[party] = outcome
    leads = {commitment.pk: {commitment.lead_id} for commitment in commitments}
    parts = Commitment.objects.filter(part_of__in=commitments, withdrawn_on__isnull=True)
    for part in parts:
        if part.part_of_id:
            leads[part.part_of_id].add(part.lead_id)
    return {
        c.pk: _concerned(
            leads[c.pk], everyone, contributors.get(c.pk, set()), answers.get(c.year_slice.agreement_id, {})
        )
        for c in commitments
    }


def _concerned(
    leads: set[int], everyone: list[Party], contributors: set[int], answers: dict[int, str]
) -> list[Party]:
    found = [
        party
        for party in everyone
        if party.pk in leads
        or party.pk in contributors
        or party.represents_id in leads
        or (party.kind == Party.Kind.MUNICIPALITY and party.pk in answers)
    ]
    if len(found) > 1:
        return found
    signed = Signatory.Outcome.SIGNED
    return [party for party in everyone if party.pk in leads or answers.get(party.pk) == signed]


# -- amendments

# Under way or taken back: that is between the parties. What was decided everyone may read (rule 10).
FOR_PARTIES = (Amendment.State.OPEN, Amendment.State.WITHDRAWN)


def amendments(user: Any) -> models.QuerySet[Amendment]:
    """The amendments this person may read, with who answered what."""
    found = Amendment.objects.filter(commitment__in=visible_to(user).order_by().values("pk"))
    if not standing_of(user).parties:
        found = found.exclude(state__in=FOR_PARTIES)
    related = ("commitment__year_slice", "commitment__lead", "commitment__theme", "party", "lead")
    return found.select_related(*related).prefetch_related("answers__party", "parts__party")


def unanswered(user: Any) -> models.QuerySet[Amendment]:
    """The open amendments on which a party of this person must still answer, and this person may."""
    own = {m.party_id for m in standing_of(user).memberships if m.role in DECIDERS}
    waiting = AmendmentAnswer.objects.filter(party__in=own, outcome=AmendmentAnswer.Outcome.PENDING)
    is_running = {"state": Amendment.State.OPEN, "commitment__withdrawn_on__isnull": True}
    return amendments(user).filter(pk__in=waiting.values("amendment"), **is_running)


def original_values(amendments: Iterable[Amendment]) -> dict[str, Any]:
    """{field: text as signed} of what amendments in force (in their order) changed; {} when nothing did."""
    found: dict[str, Any] = {}
    for amendment in amendments:
        if amendment.state == Amendment.State.IN_FORCE:
            found = {**amendment.before, **found}
    return found


def readable_timeline(commitment: Commitment, user: Any, *, private_until: Mapping[int, date]) -> list[Event]:
    """The timeline without what only some parties may read (yet): amendments under way, judgements in their window.

    `private_until` is {judgement: last day of its window}: a window that moved later counts, not the day in the event.
    """
    parties = standing_of(user).parties
    hidden: set[int] = set()
    if not parties:
        hidden = set(commitment.amendments.filter(state__in=FOR_PARTIES).values_list("number", flat=True))
    return [
        event
        for event in timeline(commitment)
        if event.data.get("amendment") not in hidden and _is_open_to(event, parties, private_until)
    ]


def _is_open_to(event: Event, parties: set[int], private_until: Mapping[int, date]) -> bool:
    """A judgement and its answer are for their `readers` (parties) until the window is over."""
    if "private_until" not in event.data:
        return True
    last_day = private_until.get(event.data["assessment"], date.max)
    return last_day < today() or not parties.isdisjoint(event.data["readers"])
