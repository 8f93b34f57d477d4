"""Documents that are made from the code are as the code is now."""

import pytest
from django.conf import settings
from django.core.management import call_command

from agreements.agreement.models import YearSlice
from agreements.management.documents import DOCUMENTS, states
from agreements.process.phases import CONDITIONS, STEPS


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_document_is_fresh(name):
    written = (settings.BASE_DIR / "docs" / name).read_text(encoding="utf-8")
    assert written == DOCUMENTS[name](), "run manage.py write_docs"


def test_the_command_writes_them(tmp_path, settings, capsys):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    call_command("write_docs")
    assert (tmp_path / "docs" / "states.md").read_text(encoding="utf-8") == states()
    assert "docs/states.md" in capsys.readouterr().out


def test_every_phase_has_a_meaning_and_every_condition_a_step():
    assert set(STEPS) == set(YearSlice.TRANSITIONS) == set(YearSlice.Phase)
    steps = {(start, to) for start, ends in YearSlice.TRANSITIONS.items() for to in ends}
    assert set(CONDITIONS) <= steps
