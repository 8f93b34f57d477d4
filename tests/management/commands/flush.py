"""Emptying the test database between tests that commit. The history refuses that everywhere else."""

from typing import Any

from django.core.management.commands import flush
from django.db import connection

from agreements.history import triggers


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        triggers.remove(connection)
        super().handle(**options)
        triggers.install(connection)
