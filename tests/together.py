"""Several people at the same moment. On PostgreSQL they really run side by side; SQLite lets them in one by one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connections

from agreements.access.refusals import Refused


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run all at the same moment; what each returned, or the refusal it ended with."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        start.wait(30)
        try:
            return act()
        except (Refused, ValidationError, DatabaseError) as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def in_a_thread(act: Callable[[], Any]) -> Any:
    """Run it beside a browser: Playwright keeps an event loop in the thread of the test, the database wants another."""

    def run() -> Any:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()
