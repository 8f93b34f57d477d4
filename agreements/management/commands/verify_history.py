"""manage.py verify_history"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.history.queries import broken_links, checkpoint, digest_at
from agreements.reports.queries import ever_published
from agreements.signing.models import SigningRound


class Command(BaseCommand):
    help = "Controleert of de geschiedenis heel is, ook tegen de controlepunten in rapportages en ondertekeningen."

    def handle(self, *args: Any, **options: Any) -> None:
        problems = list(broken_links())
        for report in ever_published():
            if digest_at(report.checkpoint_count) != report.checkpoint_digest:
                problems.append(
                    f"Het controlepunt van rapportage {report.number} past niet bij de geschiedenis."
                )
        for round_ in SigningRound.objects.exclude(checkpoint_digest=""):
            if digest_at(round_.checkpoint_count or 0) != round_.checkpoint_digest:
                problems.append(f"Het controlepunt van {round_} past niet bij de geschiedenis.")
        if problems:
            raise CommandError("\n".join(problems))
        head = checkpoint()
        self.stdout.write(f"De geschiedenis is heel: {head['count']} gebeurtenissen, {head['digest']}.")
