"""manage.py send_reminders"""

from typing import Any

from django.core.management.base import BaseCommand

from agreements.progress.operations import send_reminders
from agreements.web.dates import today


class Command(BaseCommand):
    help = (
        "Herinnert partijen aan de voortgang die zij nog moeten doorgeven. De taakverwerker doet dit elke dag. "
        "Nog een keer uitvoeren kan geen kwaad."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        sent = send_reminders(on=today())
        for reminder in sent:
            self.stdout.write(f"{reminder.round}: {reminder.party}")
        self.stdout.write(f"Herinneringen: {len(sent)}.")
