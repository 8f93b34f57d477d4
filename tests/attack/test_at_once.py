"""Two people press the same button at the same moment. On PostgreSQL they really run side by side."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from agreements.access.refusals import Refused
from agreements.commitments.models import Commitment
from agreements.history.models import Event
from agreements.history.queries import broken_links
from agreements.progress.models import ProgressUpdate
from agreements.progress.operations import close_round
from agreements.reports.models import Report
from agreements.reports.operations import (
    cancel_report,
    comment_on_report,
    create_report,
    publish_report,
    share_report,
)
from tests.world import TODAY, an_update

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """Start all together; what each returned, or Refused."""
    start = Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        start.wait(30)
        try:
            return job()
        except Refused:
            return Refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_of_two_who_publish_one_is_refused_and_history_says_it_once(world):
    an_update(world)
    report = create_report(world.round, by=world.coordinator, on=TODAY)

    def publish(user: Any) -> Callable[[], Any]:
        seen = Report.objects.get(pk=report.pk)
        return lambda: publish_report(seen, by=user, on=TODAY)

    answers = at_once(publish(world.colleague), publish(world.colleague))
    assert answers.count(Refused) == 1
    assert Event.objects.filter(verb="reports.published").count() == 1
    assert Report.objects.get().published_by == world.colleague
    assert list(broken_links()) == []


def test_one_form_is_one_comment_and_of_two_who_put_a_draft_away_one_is_refused(world, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    report = create_report(world.round, by=world.coordinator, on=TODAY)
    Report.objects.filter(pk=report.pk).update(state="ready")
    share_report(report, by=world.coordinator, on=TODAY, until=TODAY)
    key = uuid4()

    def comment() -> Any:
        return comment_on_report(report, by=world.chair, on=TODAY, key=key, text="Geen opmerkingen").pk

    assert len(set(at_once(comment, comment, comment))) == 1
    assert Event.objects.filter(verb="reports.commented").count() == 1

    def cancel() -> Any:
        return cancel_report(report, by=world.colleague, on=TODAY)

    assert at_once(cancel, cancel).count(Refused) == 1


def test_two_who_make_a_report_at_once_get_two_numbers(world, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}

    def create() -> str:
        return create_report(world.round, by=world.coordinator, on=TODAY).number

    assert sorted(at_once(create, create, create)) == ["PA-2017-K3-1", "PA-2017-K3-2", "PA-2017-K3-3"]


def test_a_round_closes_once_and_takes_nothing_after_that(world):
    """Closing and reporting hold the round in turn: what was acknowledged is not silent, what came later is refused."""

    def close() -> str:
        close_round(world.round, by=world.coordinator, on=TODAY)
        return "closed"

    def report() -> str:
        try:
            an_update(world)
        except ValidationError:
            return "too late"
        return "reported"

    said, *closings = at_once(report, close, close)
    assert sorted(map(str, closings)) == sorted(["closed", str(Refused)])
    closing = Event.objects.get(verb="progress.round_closed")
    has_update = ProgressUpdate.objects.exists()
    assert has_update == (said == "reported")
    assert ("17-01" in closing.data["silent"]) != has_update
    assert Commitment.objects.get(code="17-01").status == ("on_track" if has_update else "no_data")


def test_one_form_key_serves_one_commitment(world):
    key = uuid4()
    an_update(world, key=key)
    with pytest.raises(ValidationError, match="Dit formulier is al eerder verstuurd"):
        an_update(world, key=key, by=world.director)
    assert ProgressUpdate.objects.count() == 1
