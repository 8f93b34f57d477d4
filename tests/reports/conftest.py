"""One small PDF with a seal field, rendered once for all tests that are not about rendering."""

import pytest

from agreements.reports import document
from tests.reports.snapshots import a_commitment, a_snapshot


@pytest.fixture(scope="session")
def page_of_a_report() -> bytes:
    """The unsealed page of a council summary, PA-2017-K3-1 by its metadata."""
    snapshot = a_snapshot(a_commitment())
    snapshot["report"] |= {"kind": "council", "number": "PA-2017-K3-1"}
    return document.render(snapshot, on_progress=lambda page: None).data


@pytest.fixture
def no_worker(settings) -> None:
    """Reports are made and stay as they are: nobody renders."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture(scope="session")
def page_to_sign() -> bytes:
    """The unsealed sheet of one commitment with a place for the signature of an alderman."""
    snapshot = a_snapshot(a_commitment())
    snapshot["report"] |= {"kind": "commitment", "number": "PA-2017-K3-1"}
    return document.render(snapshot, on_progress=lambda page: None, has_signature=True).data
