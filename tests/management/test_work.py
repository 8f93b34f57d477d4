"""The task worker: it shows that it lives, does the post, and takes over what a killed worker left behind."""

import threading
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.test import Client
from django_tasks_db.models import DBTaskResult, get_date_max

from agreements.management import post
from agreements.management.commands import work
from agreements.notifications.models import Mail, Notification
from agreements.notifications.operations import queue_mail
from agreements.progress.models import Reminder
from agreements.web.health import HEARTBEAT_KEY
from tests.post import PostOffice
from tests.world import World, an_update

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


def a_round(now: datetime) -> None:
    for step in post.STEPS:
        step(now)


def test_a_round_of_post_reminds_tells_and_gathers_and_a_second_round_does_nothing(world: World) -> None:
    an_update(world)
    monday = datetime(2030, 11, 18, 7, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    a_round(monday)
    assert Reminder.objects.count() == 1
    made = set(Mail.objects.values_list("key", flat=True))
    assert {key.split("-")[0] for key in made} == {"event", "digest", "week"}
    assert Notification.objects.filter(kind="duty", user=world.reporter).exists()
    a_round(monday)
    assert set(Mail.objects.values_list("key", flat=True)) == made


@pytest.mark.django_db(transaction=True)
def test_the_worker_keeps_sending_until_it_stops_whatever_else_goes_wrong(
    post_office: PostOffice, monkeypatch
) -> None:
    def broken(now: datetime) -> None:
        raise KeyError(now)

    monkeypatch.setattr(work, "POST_SECONDS", 0.05)
    monkeypatch.setattr(post, "STEPS", (broken, *post.STEPS))
    stop = threading.Event()
    thread = threading.Thread(target=work.keep_posting, args=[stop])
    thread.start()
    for number in range(2):
        queue_mail(key=str(number), to=f"{number}@test.example", subject="Onderwerp", text="Tekst")
        deadline = time.monotonic() + 30
        while not post_office.to(f"{number}@test.example") and time.monotonic() < deadline:
            time.sleep(0.05)
    stop.set()
    thread.join(30)
    assert len(post_office.mails) == 2
