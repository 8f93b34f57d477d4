"""manage.py load_dataset hilversum_2017"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from agreements.exchange import dataset, loading
from agreements.web.dates import today


class Command(BaseCommand):
    help = "Leest een gegevensset in uit de map fixtures. Doet niets als die er al is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=sorted(path.stem for path in loading.FOLDER.glob("*.toml")))

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        if dataset.is_loaded(name):
            self.stdout.write(f"{name} is al ingelezen.")
            return
        dataset.load(name, on=today(), say=lambda line: self.stderr.write(f"  {line}"))
        self.stdout.write(f"{name} is ingelezen.")
