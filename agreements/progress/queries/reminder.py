"""Who owes progress, who is reminded of it, and how often that happened."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count

from agreements.accounts.models import User
from agreements.commitments.models import Commitment
from agreements.parties.models import Membership, Party, Role
from agreements.progress.models import MOST_BY_HAND, STEPS, Reminder, ReportingRound
from agreements.progress.queries.update import unreported
from agreements.web.dates import today

# Who is asked first: the first of these roles that somebody has.
ASKED_FIRST = (Role.REPORTER, Role.COORDINATOR, Role.SIGNATORY)
NEVER_ASKED = (Role.COUNCILLOR, Role.MANAGER)


def step_on(round_: ReportingRound, day: date) -> int | None:
    """The reminder that fits this day: the last one due. None before the first, and for days before the round opened."""
    due = [
        step
        for step in STEPS
        if round_.opened_on < (moment := round_.due_on + timedelta(days=step)) and moment <= day
    ]
    return due[-1] if due else None


def owing(round_: ReportingRound) -> dict[Party, list[Commitment]]:
    """{party: the commitments for which it has reported nothing in this round}."""
    found: dict[Party, list[Commitment]] = {}
    for commitment in unreported(Commitment.objects.with_everything(), round_):
        found.setdefault(commitment.lead, []).append(commitment)
    return found


@dataclass(frozen=True)
class Debt:
    """What one party owes in one round on the day `on`, with the reminders it got in that round, oldest first."""

    round: ReportingRound
    party: Party
    commitments: list[Commitment]
    on: date
    reminders: list[Reminder] = field(default_factory=list)

    @property
    def is_late(self) -> bool:
        """Whether the due date is past."""
        return self.round.due_on < self.on

    @property
    def refusal(self) -> str:
        """Why nobody can remind this party now, as a Dutch sentence; "" when somebody can."""
        if self.heard_today:
            return "Vandaag al herinnerd."
        if sum(reminder.sent_by_id is not None for reminder in self.reminders) >= MOST_BY_HAND:
            return f"Al {MOST_BY_HAND} keer door u of een collega herinnerd. Bel deze partij."
        return ""

    @property
    def heard_today(self) -> bool:
        """Whether the party got a reminder on this day already, from whomever."""
        return any(reminder.sent_on == self.on for reminder in self.reminders)

    @property
    def last(self) -> Reminder | None:
        """The newest reminder, if any."""
        return self.reminders[-1] if self.reminders else None

    def had(self, step: int | None) -> bool:
        """Whether the reminder of this fixed day was sent."""
        return any(reminder.step == step for reminder in self.reminders)


def debts(rounds: Iterable[ReportingRound], *, on: date) -> list[Debt]:
    """What is owed in these rounds, party by party in their order."""
    found = {
        (round_.pk, party.pk): Debt(round_, party, commitments, on)
        for round_ in rounds
        for party, commitments in sorted(owing(round_).items(), key=lambda item: item[0].order)
    }
    for reminder in Reminder.objects.filter(round__in={debt.round.pk for debt in found.values()}):
        if debt := found.get((reminder.round_id, reminder.party_id)):
            debt.reminders.append(reminder)
    return list(found.values())


def reminders_in(round_: ReportingRound) -> dict[int, int]:
    """{primary key of a party: how many reminders it got in this round}."""
    return dict(round_.reminders.order_by().values_list("party").annotate(n=Count("pk")))


def silent_in(round_: ReportingRound) -> list[tuple[Commitment, int]]:
    """The commitments without an update in this round, each with the number of reminders to who executes it."""
    sent = reminders_in(round_)
    silent = unreported(Commitment.objects.with_everything(), round_)
    return [(commitment, sent.get(commitment.lead_id, 0)) for commitment in silent]


def people_to_remind(party: Party, *, escalated: bool) -> list[User]:
    """Who is asked for the progress of a party; `escalated` adds a second person: a signatory, else another member."""
    members = [m for m in _members(party) if m.role not in NEVER_ASKED]
    role = next((role for role in ASKED_FIRST if any(m.role == role for m in members)), None)
    first = {m.user for m in members if m.role == role}
    others = [m for m in members if m.user not in first]
    signatories = {m.user for m in others if m.role == Role.SIGNATORY}
    second = signatories or {m.user for m in others[:1]}
    people = first | second if escalated or not first else first
    return sorted(people, key=lambda user: user.pk)


def _members(party: Party) -> list[Membership]:
    in_force = Membership.objects.filter(party=party, user__is_active=True).on(today())
    return list(in_force.select_related("user").order_by("pk"))
