"""manage.py send_reminders"""

from typing import Any

from django.core.management.base import BaseCommand

from agreements.progress.operations import send_reminders
from agreements.signing.operations import remind_parties
from agreements.web.dates import today


class Command(BaseCommand):
    help = (
        "Herinnert partijen aan de voortgang die zij nog moeten doorgeven en aan een ondertekening. De taakverwerker doet dit elke dag. "
        "Nog een keer uitvoeren kan geen kwaad."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        sent = [f"{one.round}: {one.party}" for one in send_reminders(on=today())]
        sent += [f"{one.seat.round}: {one.seat.party}" for one in remind_parties(on=today())]
        for line in sent:
            self.stdout.write(line)
        self.stdout.write(f"Herinneringen: {len(sent)}.")
