"""Documents that are made from the code are as the code is now. With --write-docs they are written instead."""

from pathlib import Path

import pytest
from django.conf import settings

from agreements.agreement.models import YearSlice
from agreements.process.phases import CONDITIONS, STEPS
from tests.architecture.rights import permissions
from tests.architecture.states import states

DOCS = Path(settings.BASE_DIR) / "docs"


@pytest.mark.parametrize(
    ("name", "made"), [("states.md", lambda world: states()), ("permissions.md", permissions)]
)
def test_the_document_is_fresh(name, made, world, pytestconfig):
    text = made(world)
    if pytestconfig.getoption("write_docs"):
        (DOCS / name).write_text(text, encoding="utf-8")
    assert (DOCS / name).read_text(encoding="utf-8") == text, (
        "run pytest tests/architecture/test_write_docs.py --write-docs"
    )


def test_every_phase_has_a_meaning_and_every_condition_a_step():
    assert set(STEPS) == set(YearSlice.TRANSITIONS) == set(YearSlice.Phase)
    steps = {(start, to) for start, ends in YearSlice.TRANSITIONS.items() for to in ends}
    assert set(CONDITIONS) <= steps
