"""docs/permissions.md: every rule of every slice, asked for each state of its subject and for each person of the cast.

The rules are found by themselves; one with a subject that is not in SITUATIONS stops the document from being made.
"""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module, resources
from typing import Any, get_type_hints

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from agreements.access.refusals import Refused
from agreements.agenda.models import AgendaItem
from agreements.agreement.models import YearSlice
from agreements.commitments.models import Amendment, Commitment
from agreements.notifications.models import Mail
from agreements.parties.models import Mandate, Party
from agreements.process.models import Comment, Proposal
from agreements.progress.models import Assessment, Draft, ProgressUpdate, ReportingRound, Return
from agreements.reports.models import Report
from agreements.reports.operations import create_report
from agreements.reports.subject import Subject
from agreements.signing.models import OutsideSignature, OwnCertificate, Seat, SigningRound
from agreements.workspace.models import Note, ShareLink
from tests.process.heard import a_comment, a_proposal, put
from tests.progress.sheets import a_draft
from tests.signing.builders import a_mandate
from tests.world import TODAY, World, a_closed_signing, an_amendment, an_assessment, an_update

PEOPLE = {
    "coordinator": "coordinator of the municipality",
    "colleague": "second coordinator",
    "reporter": "reporter of the executing corporation",
    "director": "signatory of the executing corporation",
    "chair": "reviewer of its tenants",
    "stranger": "reporter of another corporation",
    "councillor": "council",
    "visitor": "visitor",
}
IN_REALITY = {"read_mail": {"is_real": True}}  # as in production
Situation = tuple[str, tuple[Any, ...]]


def in_phase(year_slice: YearSlice, phase: str) -> YearSlice:
    """The year as if it were in this phase; never saved."""
    year_slice = YearSlice.objects.get(pk=year_slice.pk)
    year_slice.phase = phase
    return year_slice


def years(world: World) -> Iterator[Situation]:
    for phase in YearSlice.Phase:
        yield phase.value, (in_phase(world.draft.year_slice, phase),)


def commitments(world: World) -> Iterator[Situation]:
    for phase in YearSlice.Phase:
        commitment = Commitment.objects.get(pk=world.homes.pk)
        commitment.year_slice = in_phase(world.homes.year_slice, phase)
        yield phase.value, (commitment,)
    commitment = Commitment.objects.get(pk=world.homes.pk)
    commitment.withdrawn_on = world.round.as_of
    yield "withdrawn", (commitment,)


def items(world: World) -> Iterator[Situation]:
    item = AgendaItem(agreement=world.agreement, code="A-01", year=2018, theme=world.homes.theme)
    item.save()
    for label, (year_slice,) in years(world):
        yield label, (item, year_slice)


def steps(world: World) -> Iterator[Situation]:
    for phase in YearSlice.Phase:
        year_slice = in_phase(world.draft.year_slice, phase)
        for to in year_slice.next_phases:
            yield f"{phase} → {to}", (year_slice, to)


def proposals(world: World) -> Iterator[Situation]:
    found = Proposal.objects.first() or a_proposal(world)
    for phase in YearSlice.Phase:
        proposal = Proposal.objects.get(pk=found.pk)
        proposal.year_slice = in_phase(proposal.year_slice, phase)
        yield f"open in {phase}", (proposal,)
    for state in Proposal.State.values[1:]:
        proposal = Proposal.objects.get(pk=found.pk)
        proposal.state = state
        yield state, (proposal,)


def comments(world: World) -> Iterator[Situation]:
    put(world, "consultation")
    found = Comment.objects.first() or a_comment(world)
    for phase in YearSlice.Phase:
        comment = Comment.objects.get(pk=found.pk)
        comment.commitment.year_slice = in_phase(comment.commitment.year_slice, phase)
        yield f"open in {phase}", (comment,)
    put(world, "concept")


def amendments(world: World) -> Iterator[Situation]:
    found = Amendment.objects.first() or an_amendment(world, deadline=world.homes.year_slice.quarter_ends[2])
    for state in Amendment.State:
        amendment = Amendment.objects.get(pk=found.pk)
        amendment.state = state
        yield state.value, (amendment,)


def rounds(world: World) -> Iterator[Situation]:
    for label, closed_on in (("open", None), ("closed", world.round.due_on)):
        round_ = ReportingRound.objects.get(pk=world.round.pk)
        round_.closed_on = closed_on
        yield label, (round_,)


def reports(world: World) -> Iterator[Situation]:
    """Made by the coordinator, who therefore does not publish it; a colleague does."""
    found = Report.objects.first() or create_report(Subject(world.round), by=world.coordinator, on=TODAY)
    for state in Report.State:
        report = Report.objects.get(pk=found.pk)
        report.state = state
        yield state.value, (report,)
    asked = Report.objects.get(pk=found.pk)
    asked.state, asked.signature_asked_on = Report.State.READY, TODAY
    yield "ready with a signature asked", (asked,)


def updates(world: World) -> Iterator[Situation]:
    yield "reported", (ProgressUpdate.objects.first() or an_update(world),)


def drafts(world: World) -> Iterator[Situation]:
    """What the reporter of the executing corporation has not sent yet."""
    found = Draft.objects.first() or a_draft(world)
    for state in Draft.State:
        draft = Draft.objects.get(pk=found.pk)
        draft.state = state
        yield state.value, (draft,)


def returns(world: World) -> Iterator[Situation]:
    update = ProgressUpdate.objects.first() or an_update(world)
    for label, answered_on in (("open", None), ("answered", TODAY)):
        yield label, (Return(update=update, answered_on=answered_on),)


def dissents(world: World) -> Iterator[Situation]:
    update = ProgressUpdate.objects.first() or an_update(world)
    yield "a dissent", (an_assessment(update, by=world.chair),)


def notes(world: World) -> Iterator[Situation]:
    yield "written by the reviewer", (Note(by=world.chair),)


def links(world: World) -> Iterator[Situation]:
    for label, revoked_on in (("working", None), ("revoked", world.round.as_of)):
        yield label, (ShareLink(revoked_on=revoked_on),)


def signings(world: World) -> Iterator[Situation]:
    found = SigningRound.objects.first() or a_seat(world).round
    for state in SigningRound.State:
        round_ = SigningRound.objects.get(pk=found.pk)
        round_.state = state
        yield state.value, (round_,)


def seats(world: World) -> Iterator[Situation]:
    """The place of Heideveld, whose signatory has a mandate."""
    found = Seat.objects.first() or a_seat(world)
    for state in SigningRound.State:
        for outcome in (Seat.Outcome.PENDING, Seat.Outcome.SIGNED, Seat.Outcome.DECLINED):
            seat = Seat.objects.get(pk=found.pk)
            seat.round.state, seat.outcome = state, outcome
            yield f"{outcome} in a round that is {state}", (seat,)


def a_seat(world: World) -> Seat:
    round_ = a_closed_signing(world.draft.year_slice, by=world.coordinator)
    a_mandate(world.heideveld, world.director)
    return Seat.objects.create(round=round_, party=world.heideveld)


def mandates(world: World) -> Iterator[Situation]:
    for label, ended_at in (("valid", None), ("ended", timezone.now())):
        yield label, (Mandate(party=world.heideveld, ended_at=ended_at),)


def certificates(world: World) -> Iterator[Situation]:
    for label, removed_at in (("in use", None), ("removed", timezone.now())):
        yield label, (OwnCertificate(party=world.heideveld, removed_at=removed_at),)


def outsides(world: World) -> Iterator[Situation]:
    """Noted by the coordinator; a colleague confirms it."""
    seat = Seat.objects.first() or a_seat(world)
    seat.round.state, seat.outcome = SigningRound.State.OPEN, Seat.Outcome.PENDING
    for state in OutsideSignature.State:
        yield state.value, (OutsideSignature(seat=seat, state=state, noted_by=world.coordinator),)


def mails(world: World) -> Iterator[Situation]:
    for label, failed_at in (("waiting", None), ("refused", timezone.now())):
        yield label, (Mail(failed_at=failed_at),)


SITUATIONS: dict[tuple[Any, ...], Callable[[World], Iterator[Situation]]] = {
    (): lambda world: iter([("", ())]),
    (YearSlice,): years,
    (YearSlice | None,): years,
    (YearSlice, str): steps,
    (Commitment,): commitments,
    (AgendaItem, YearSlice): items,
    (Amendment,): amendments,
    (Proposal,): proposals,
    (Comment,): comments,
    (ReportingRound,): rounds,
    (Report,): reports,
    (ProgressUpdate,): updates,
    (Draft,): drafts,
    (Return,): returns,
    (Assessment,): dissents,
    (Note,): notes,
    (ShareLink,): links,
    (SigningRound,): signings,
    (Seat,): seats,
    (Mandate,): mandates,
    (OutsideSignature,): outsides,
    (OwnCertificate,): certificates,
    (Mail,): mails,
    (Party,): lambda world: iter([("of their own", (world.heideveld,))]),
}


def rules() -> Iterator[tuple[str, Callable[..., None], tuple[Any, ...]]]:
    """(slice, rule, types of what it is about) for every rule that refuses or allows."""
    for slice_ in sorted(found.name for found in pkgutil.iter_modules(import_module("agreements").__path__)):
        if not has_permissions(slice_):
            continue
        module = import_module(f"agreements.{slice_}.permissions")
        for rule in [found for _, found in sorted(vars(module).items()) if is_rule(found, slice_)]:
            hints, parameters = get_type_hints(rule), inspect.signature(rule).parameters.values()
            yield slice_, rule, tuple(hints[p.name] for p in parameters if p.kind != p.KEYWORD_ONLY)


def is_rule(found: Any, slice_: str) -> bool:
    """Whether this is a public function of the slice's permissions that takes a person and nothing else by name.

    What answers with something is a rule only when it guards the operation of the same name.
    """
    if not inspect.isfunction(found) or found.__name__.startswith("_"):
        return False
    if (
        not found.__module__.startswith(f"agreements.{slice_}.permissions")
        or "by" not in inspect.signature(found).parameters
    ):
        return False
    operations = import_module(f"agreements.{slice_}.operations")
    return get_type_hints(found)["return"] is type(None) or hasattr(operations, found.__name__)


def has_permissions(slice_: str) -> bool:
    folder = resources.files("agreements") / slice_
    return (folder / "permissions.py").is_file() or (folder / "permissions").is_dir()


def answers(rule: Callable[..., None], subject: tuple[Any, ...], world: World) -> Iterator[str]:
    """ "yes" or a dash for each of the people."""
    for person in PEOPLE:
        user = AnonymousUser() if person == "visitor" else world.cast[person]
        try:
            rule(*subject, by=user, **IN_REALITY.get(rule.__name__, {}))
        except Refused:
            yield "–"
        else:
            yield "yes"


def permissions(world: World) -> str:
    """The document."""
    lines = [
        "# Who may do what",
        "",
        "Made by `pytest tests/architecture/test_write_docs.py --write-docs` from the rules in every `permissions`; a test compares.",
        "Whoever may not *see* something gets 404 before any rule is asked: [architecture](architecture.md). A dash is a refusal with a reason in Dutch.",
    ]
    heading = f"| action | state | {' | '.join(PEOPLE.values())} |\n|{'---|' * (len(PEOPLE) + 2)}"
    last = ""
    for slice_, rule, subject in rules():
        if slice_ != last:
            lines += ["", f"## {slice_}", "", heading]
            last = slice_
        states: dict[str, list[str]] = {}
        for label, given in SITUATIONS[subject](world):
            states.setdefault(" | ".join(answers(rule, given, world)), []).append(label)
        lines += [f"| `{rule.__name__}` | {', '.join(found)} | {cells} |" for cells, found in states.items()]
    return "\n".join(lines) + "\n"
