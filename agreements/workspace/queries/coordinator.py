"""What a coordinator has to do now."""

from datetime import date
from typing import Any

from agreements.agenda.queries import undecided_in
from agreements.agreement.models import YearSlice
from agreements.commitments.models import Commitment
from agreements.commitments.queries import visible_to
from agreements.parties.queries import standing_of
from agreements.process.queries import waiting_for_answer
from agreements.reports.models import Report
from agreements.reports.queries import awaiting_publication
from agreements.reports.queries import without_renewal as reports_without_renewal
from agreements.signing.models import SigningRound
from agreements.signing.queries import outside_to_confirm, rounds_to_lead
from agreements.signing.queries import without_renewal as rounds_without_renewal
from agreements.web.formats import counted
from agreements.workspace.queries.task import Task, on_commitment, on_report


def coordinator_tasks(user: Any) -> list[Task]:
    if not standing_of(user).is_coordinator:
        return []
    return [*deciding_tasks(user), *_draft_tasks(user)]


def deciding_tasks(user: Any) -> list[Task]:
    """Those in which a coordinator decides something, for who is one."""
    return [
        *_report_tasks(user),
        *_signing_round_tasks(user),
        *_outside_tasks(user),
        *_renewal_tasks(user),
        *_agenda_tasks(),
        *_answer_tasks(),
    ]


def _signing_round_tasks(user: Any) -> list[Task]:
    return [
        Task(
            sentence=_signing_sentence(found),
            details=(found.failure or found.get_state_display(),),
            button="Naar de ondertekening",
            address="public:year_slice",
            argument=found.year_slice.year,
        )
        for found in rounds_to_lead(user)
    ]


def _signing_sentence(found: SigningRound) -> str:
    year = found.subject
    if found.is_open:
        return f"Sluit de ondertekening van {year}"
    if found.is_waiting:
        return f"Kijk waarom de ondertekening van {year} niet sluit"
    return f"Maak het document van {year} opnieuw"


def _outside_tasks(user: Any) -> list[Task]:
    return [
        Task(
            sentence=f"Kijk een antwoord na van buiten het portaal: {outside.seat.party.name}",
            details=(str(outside.seat.round),),
            button="Naar de ondertekening",
            address="public:year_slice",
            argument=outside.seat.round.year_slice.year,
            due=outside.seat.round.due_on,
        )
        for outside in outside_to_confirm(user)
    ]


def _report_tasks(user: Any) -> list[Task]:
    verbs = {
        Report.State.READY: "Lees en publiceer de rapportage",
        Report.State.FAILED: "Maak opnieuw, want het is niet gelukt",
    }
    return [
        on_report(report, verbs[Report.State(report.state)], "Naar de rapportage", "reports:report")
        for report in awaiting_publication(user)
    ]


def _renewal_tasks(user: Any) -> list[Task]:
    reports = [
        Task(
            f"Kijk waarom het bewijs niet wordt verlengd: {report.title}",
            (report.number, report.renewal_failure),
            "Naar de rapportage",
            "reports:report",
            report.number,
        )
        for report in reports_without_renewal(user)
    ]
    rounds = [
        Task(
            f"Kijk waarom het bewijs niet wordt verlengd: ondertekening van {round_.subject}",
            (round_.renewal_failure,),
            "Naar de jaarschijf",
            "public:year_slice",
            round_.year_slice.year,
        )
        for round_ in rounds_without_renewal(user)
    ]
    return [*reports, *rounds]


def _agenda_tasks() -> list[Task]:
    tasks = []
    for year_slice in YearSlice.objects.filter(phase__in=YearSlice.DRAFT_PHASES):
        year = year_slice.year
        open_items = len(undecided_in(year))
        if open_items:
            items = counted(open_items, "agendapunt", "agendapunten")
            sentence, due = f"Besluit wat er in {year} gebeurt met {items}", _to_minister_by(year)
            tasks.append(
                Task(sentence, (str(year_slice),), "Bekijk de agenda", "public:year_slice", year, due)
            )
    return tasks


def _to_minister_by(year: int) -> date:
    """Before that day corporations send the agreements on `year` to the minister (Woningwet art. 44a)."""
    return date(year - 1, 12, 15)


def _answer_tasks() -> list[Task]:
    tasks = []
    for waiting in waiting_for_answer():
        year = waiting.year_slice.year
        for number, one, more, address in (
            (waiting.proposals, "voorstel", "voorstellen", "process:proposals"),
            (waiting.comments, "opmerking", "opmerkingen", "process:comments"),
        ):
            if number:
                sentence = f"Beantwoord {counted(number, one, more)} voor {year}"
                details = (str(waiting.year_slice),)
                tasks.append(Task(sentence, details, f"Bekijk de {more}", address, year, waiting.due_on))
    return tasks


def _draft_tasks(user: Any) -> list[Task]:
    drafts = (
        visible_to(user)
        .whole()
        .filter(year_slice__phase__in=YearSlice.DRAFT_PHASES, withdrawn_on__isnull=True)
    )
    return [
        on_commitment(
            draft,
            "Maak de afspraak af",
            draft.theme.name,
            _missing(draft),
            button="Tekst bewerken",
            address="commitments:edit_commitment",
            due=_to_minister_by(draft.year_slice.year),
        )
        for draft in drafts
        if _missing(draft)
    ]


def _missing(commitment: Commitment) -> str:
    absent = [
        name
        for name, value in (("doel", commitment.measure), ("einddatum", commitment.deadline))
        if not value
    ]
    return f"Er is nog geen {' en geen '.join(absent)}" if absent else ""
