"""One loading of a data set: turns the keys in its rows into rows of the database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from agreements.accounts.models import User
from agreements.agreement.models import Agreement, YearSlice
from agreements.history.models import Source
from agreements.parties.models import Party

FOLDER = settings.BASE_DIR / "fixtures"
DEMO_PASSWORD = "hilversum-op-15-november"  # noqa: S105  shown to whoever starts the demo
Row = dict[str, Any]


@dataclass(frozen=True)
class Loading:
    """Of which data set, on which day, and where to tell what happens."""

    name: str
    on: date
    say: Callable[[str], None]

    def party(self, key: str) -> Party:
        return Party.objects.get(key=key)

    def user(self, email: str) -> User:
        return User.objects.get_by_natural_key(email)

    def year_slice(self, year: int) -> YearSlice:
        return Agreement.objects.get().year_slices.get(year=year)

    def sourced(self, row: Row) -> Row:
        """The row with its source as a row of the database."""
        if code := row.pop("source", None):
            row["source"] = Source.objects.get(code=code)
        return row
