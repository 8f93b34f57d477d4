"""What a browser would send with the form of a draft."""

from agreements.commitments.models import Commitment

BLANK = ("indicator", "direction", "target_value", "out_of", "baseline", "article", "depends_on", "needs")
PLAN = ("plan_1", "plan_2", "plan_3", "plan_4")
ROWS = ("contributor_0", "contribution_0", "contributor_1", "contribution_1")


def answers(world, **changed: str) -> dict[str, str]:
    """The form of the draft as it is now, with other answers put in."""
    commitment = Commitment.objects.get(pk=world.draft.pk)
    usual = {
        "version": str(commitment.version),
        "title": commitment.title,
        "text": commitment.text,
        "kind": commitment.kind,
        "theme": str(commitment.theme_id),
        "lead": str(commitment.lead_id),
        "deadline": "31-12-2018",
        "order": "0",
        "why": "",
    }
    return {**usual, **dict.fromkeys((*BLANK, *PLAN, *ROWS), ""), **changed}


def new_answers(world, **changed: str) -> dict[str, str]:
    """The form of a new commitment, filled in."""
    given = answers(world, code="18-02", title="20 woningen", text="Heideveld levert 20 woningen op.")
    return {name: value for name, value in {**given, **changed}.items() if name not in ("version", "why")}
