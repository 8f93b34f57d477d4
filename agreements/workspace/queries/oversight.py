"""What a coordinator oversees: who owes what, and what needs a decision of the municipality."""

from collections.abc import Sequence
from typing import Any

from agreements.commitments.models import Commitment
from agreements.progress.models import Assessment
from agreements.progress.queries import Debt, debts, dissents, doubted
from agreements.web.dates import today
from agreements.web.formats import counted
from agreements.workspace.queries.coordinator import deciding_tasks
from agreements.workspace.queries.progress import open_rounds
from agreements.workspace.queries.task import Task, on_commitment


def owed() -> list[Debt]:
    """What each party owes in the rounds that are open, the late ones first."""
    return sorted(debts(open_rounds(), on=today()), key=lambda debt: not debt.is_late)


def decisions(user: Any, owed: Sequence[Debt]) -> list[Task]:
    """What a coordinator has to decide or settle; `owed` as above."""
    return [*_rounds_to_close(owed), *deciding_tasks(user), *_disputes(user), *_doubts()]


def _rounds_to_close(owed: Sequence[Debt]) -> list[Task]:
    tasks = []
    for round_ in open_rounds():
        missing = sum(len(debt.commitments) for debt in owed if debt.round == round_)
        if missing and round_.due_on >= today():
            continue
        number = counted(missing, "afspraak", "afspraken")
        details = (round_.name, f"Nog niets van {number}" if missing else "Alles is binnen")
        sentence = (
            f"Sluit de ronde {round_.name.lower()}{', of wacht nog op wie te laat is' if missing else ''}"
        )
        tasks.append(
            Task(sentence, details, "Naar het sluiten", "progress:close_round", round_.code, round_.due_on)
        )
    return tasks


def _disputes(user: Any) -> list[Task]:
    found = dissents(user).filter(verdict=Assessment.Verdict.DISAGREED)
    by_commitment: dict[Commitment, list[Assessment]] = {}
    for dissent in found.select_related("update__commitment__theme", "update__party", "party", "answer"):
        by_commitment.setdefault(dissent.update.commitment, []).append(dissent)
    return [
        on_commitment(
            commitment,
            "Bespreek het verschil van inzicht",
            *(_said(dissent) for dissent in found),
            button="Lees wat partijen vinden",
            address="public:commitment",
            query="#oordelen",
        )
        for commitment, found in by_commitment.items()
    ]


def _said(dissent: Assessment) -> str:
    answered = "antwoordde" if dissent.reply else "antwoordde nog niet"
    return f"{dissent.party.name} is niet akkoord, {dissent.update.party.name} {answered}"


def _doubts() -> list[Task]:
    return [
        on_commitment(
            commitment,
            "Vraag waarom cijfer en status verschillen",
            f"{commitment.get_status_display()}, maar {why}",
            button="Bekijk de voortgang",
            address="public:commitment",
            query="#voortgang",
        )
        for commitment, why in doubted()
    ]
