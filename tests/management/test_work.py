"""The task worker: it shows that it lives, and takes over what a killed worker left behind."""

import time

import pytest
from django.core.cache import cache
from django.test import Client
from django_tasks_db.models import DBTaskResult, get_date_max

from agreements.management.commands import work
from agreements.web.health import HEARTBEAT_KEY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


def a_running_task(*workers: str) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status="RUNNING",
        task_path="agreements.reports.tasks.render",
        worker_ids=list(workers),
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        run_after=get_date_max(),
    )


def test_a_beat_makes_the_portal_well(client: Client) -> None:
    assert client.get("/gezond/").json()["werker"] == "geen teken van leven"
    work.beat("first")
    assert client.get("/gezond/").json()["werker"] == "goed"
    assert cache.get(HEARTBEAT_KEY) == pytest.approx(time.time(), abs=5)


def test_the_task_of_a_killed_worker_goes_back_into_the_queue() -> None:
    task = a_running_task("killed")
    work.take_over()
    task.refresh_from_db()
    assert task.status == "READY"


def test_the_task_of_a_living_worker_is_left_alone() -> None:
    task = a_running_task("killed", "living")
    work.beat("living")
    work.take_over()
    task.refresh_from_db()
    assert task.status == "RUNNING"


def test_a_task_that_took_three_workers_along_is_not_tried_again() -> None:
    task = a_running_task("first", "second", "third")
    work.take_over()
    task.refresh_from_db()
    assert task.status == "RUNNING"
