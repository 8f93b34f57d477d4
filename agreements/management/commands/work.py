"""The task worker: runs what the portal put in its queue, does the post, and shows that it is alive."""

import threading
import time
from typing import Any

import structlog
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from agreements.management import post
from agreements.web.health import HEARTBEAT_KEY

BEAT_SECONDS = 5
ALIVE_SECONDS = 60
ATTEMPTS = 3
POST_SECONDS = 2
POST_STOP_SECONDS = 15  # a mail in hand is finished
log = structlog.get_logger("agreements.work")


class Command(db_worker.Command):
    help = "Voert de taken uit die het portaal in de wachtrij zet. Stopt na de lopende taak bij SIGTERM."

    def handle(self, *, worker_id: str, **options: Any) -> None:
        heart = threading.Thread(target=keep_beating, args=[worker_id], daemon=True)
        heart.start()
        stop = threading.Event()
        postman = threading.Thread(target=keep_posting, args=[stop], daemon=True)
        postman.start()
        try:
            super().handle(worker_id=worker_id, **options)
        finally:
            stop.set()
            postman.join(POST_STOP_SECONDS)
            cache.delete(own_key(worker_id))


def keep_beating(worker_id: str) -> None:
    """Show a sign of life for ever. A database that is busy costs one beat, not the worker."""
    while True:
        try:
            beat(worker_id)
            take_over()
        except DatabaseError:
            log.warning("heartbeat_failed", exc_info=True)
        finally:
            connection.close()
        time.sleep(BEAT_SECONDS)


def keep_posting(stop: threading.Event) -> None:
    """Tell people what happened and send mail, beside the tasks: a PDF of minutes holds up nobody's mail.

    What goes wrong in one step is logged and tried again, and keeps none of the other steps from their work.
    """
    while not stop.wait(POST_SECONDS):
        for step in post.STEPS:
            try:
                step(timezone.now())
            except Exception:
                log.exception("post_failed", step=step.__name__)
        connection.close()


def beat(worker_id: str) -> None:
    """Write the moment (seconds since 1970) for /gezond/, and one for this worker alone."""
    for key in (HEARTBEAT_KEY, own_key(worker_id)):
        cache.set(key, time.time(), timeout=ALIVE_SECONDS)


def own_key(worker_id: str) -> str:
    """Under which key this worker shows that it is alive."""
    return f"{HEARTBEAT_KEY}:{worker_id}"


def take_over() -> None:
    """Put back in the queue what a worker did when it was killed; the library leaves it running for ever.

    A task that took its worker along three times is not tried again.
    """
    for task in DBTaskResult.objects.running():
        if cache.get(own_key(task.worker_ids[-1])) is None and len(task.worker_ids) < ATTEMPTS:
            log.warning("task_requeued", task=task.task_name, attempt=len(task.worker_ids))
            DBTaskResult.objects.running().filter(pk=task.pk, worker_ids=task.worker_ids).update(
                status="READY"
            )
