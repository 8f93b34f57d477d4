"""Loading a data set from fixtures/*.toml through the real operations, so that history is written for it.

The tables are described at the top of fixtures/hilversum_2017.toml. A data set is loaded whole or not at all,
and only once. What has a date (rounds, updates, edits, fates, reports) happens in the order of those dates.
"""

import tomllib
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction

from agreements.agreement.models import Agreement
from agreements.exchange.facts import FACTS
from agreements.exchange.happenings import in_order
from agreements.exchange.loading import FOLDER, Loading, Row
from agreements.history.models import Event
from agreements.history.operations import record
from agreements.parties.models import Party


def is_loaded(name: str) -> bool:
    """Whether this data set was loaded before."""
    return Event.objects.filter(verb="exchange.loaded", why=name).exists()


@transaction.atomic
def load(name: str, *, on: date, say: Callable[[str], None] = lambda line: None) -> None:
    """Load fixtures/<name>.toml; FileNotFoundError or KeyError (which row) when the file is not right."""
    tables = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    loading = Loading(name, on, say)
    for table, add in FACTS.items():
        for row in _rows(tables.pop(table, [])):
            add(loading, row)
    for day, step, row in in_order(tables):
        step(loading, row, day)
    if tables:
        raise KeyError(f"Unknown tables in {name}.toml: {', '.join(tables)}")
    sentence = f"Gegevensset {name} ingelezen."
    record("exchange.loaded", Agreement.objects.get(), by=None, on=on, sentence=sentence, why=name)


def demo_accounts() -> list[tuple[str, str, str, str]]:
    """(e-mail, function, organisation, purpose) of the demo's accounts, in the order of the file."""
    tables = tomllib.loads((FOLDER / "voorbeeld.toml").read_text(encoding="utf-8"))
    names = dict(Party.objects.values_list("key", "name"))
    return [
        (a["email"], a["function"], ", ".join(names[m["party"]] for m in a["memberships"]), a["purpose"])
        for a in tables["accounts"]
    ]


def _rows(table: Any) -> list[Row]:
    return table if isinstance(table, list) else [table]
