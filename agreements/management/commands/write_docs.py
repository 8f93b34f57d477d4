"""manage.py write_docs"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from agreements.management.documents import DOCUMENTS


class Command(BaseCommand):
    help = "Schrijft de documenten in docs/ die uit de code komen."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, text in DOCUMENTS.items():
            (settings.BASE_DIR / "docs" / name).write_text(text(), encoding="utf-8")
            self.stdout.write(f"docs/{name} is geschreven.")
