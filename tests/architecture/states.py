"""docs/states.md: the phases of a jaarschijf and the steps between them, from the code."""

from agreements.agreement.models import YearSlice
from agreements.process.phases import CONDITIONS, FINAL, STEPS, button_of, is_back

Phase = YearSlice.Phase


def states() -> str:
    """docs/states.md: the phases of a jaarschijf, its steps and what each needs."""
    return f"""# The phases of a jaarschijf

Made by `pytest tests/architecture/test_write_docs.py --write-docs` from `YearSlice.TRANSITIONS` (agreement/models.py) and `CONDITIONS`
(process/phases.py). Change those, not this file; a test compares.

Only coordinators of the municipality take a step. What is not in the table does not exist. Two people at once:
`change_phase` locks the row and compares the phase that the form showed; who comes second reads that somebody was first.

## Phases

| phase | in Dutch | text can change | who reads it | what it means |
|---|---|---|---|---|
{_phases()}

## Steps

| from | to | button | needs | a reason | can be undone |
|---|---|---|---|---|---|
{_steps()}

## Picture

```mermaid
stateDiagram-v2
    [*] --> agenda
{_arrows()}
    closed --> [*]
```
"""


def _phases() -> str:
    return "\n".join(
        f"| `{phase}` | {phase.label} | {_yes(phase in YearSlice.DRAFT_PHASES)} | {_readers(phase)} | {STEPS[phase].meaning} |"
        for phase in Phase
    )


def _readers(phase: Phase) -> str:
    if phase in YearSlice.PUBLIC_PHASES:
        return "everyone"
    return "the parties" if phase in YearSlice.DRAFT_PHASES else "nobody: there is only an agenda"


def _steps() -> str:
    return "\n".join(
        f"| `{start}` | `{to}` | {button_of(start, to)} | {_needs(start, to)} | {_yes(is_back(start, to))} | "
        f"{_yes(to not in FINAL)} |"
        for start, ends in YearSlice.TRANSITIONS.items()
        for to in ends
    )


def _needs(start: Phase, to: Phase) -> str:
    return " ".join(condition.sentence for condition in CONDITIONS.get((start, to), ())) or "nothing"


def _arrows() -> str:
    return "\n".join(
        f"    {start.value} --> {to.value}" for start, ends in YearSlice.TRANSITIONS.items() for to in ends
    )


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"
