"""The sheet: all questions of one party in one round, a small form for each commitment."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from agreements.agreement.models import Theme
from agreements.progress.forms.row import ELSEWHERE, RowForm
from agreements.progress.queries import Asked
from agreements.web.fields import errors_of, target_of


class Sheet:
    """The rows together. Errors of an operation come by code (`attempt`); those without go on top."""

    def __init__(self, asked: Iterable[Asked], typed: Any = None, *, is_only_shown: bool = False):
        self.typed = typed or {}
        is_concept = is_only_shown or self.wants == "save"
        self.rows = [RowForm(row, typed, is_concept=is_concept) for row in asked]
        self.fields = {row.code: row for row in self.rows}
        self.general: list[Any] = []

    def add_error(self, name: str | None, errors: Any) -> None:
        """Put what an operation refused on the row, or on top."""
        if name is None:
            self.general += errors if isinstance(errors, list) else [errors]
        else:
            self.fields[name].add_error(None, errors)

    @property
    def wants(self) -> str:
        """What the pressed button asks: "save", "send_right" (only the rows that are right) or "send"."""
        return next((name for name in ("save", "send_right") if name in self.typed), "send")

    def to_save(self) -> list[RowForm]:
        """The rows that somebody touched."""
        return [row for row in self.rows if row.is_touched]

    def to_send(self) -> list[RowForm]:
        """The rows that are filled in; for "send_right" without those that are wrong."""
        rows = [row for row in self.rows if row.takes_part]
        return [row for row in rows if row.is_valid()] if self.wants == "send_right" else rows

    def is_right(self) -> bool:
        """Whether all rows that are to be sent can be sent, and there are any."""
        rows = self.to_send()
        if not rows:
            self.general.append("Er is nog niets om te versturen. Vul eerst een of meer afspraken in.")
        return bool(rows) and all(
            [row.is_valid() for row in rows]
        )  # every row, so that each shows its errors

    def to_keep(self) -> list[RowForm]:
        """After "send_right": the touched rows that were left out."""
        return [row for row in self.rows if row.is_touched and row not in self.to_send()]

    def catch_up(self) -> None:
        """Where a colleague was first, the next answer is filled from what stands there now."""
        for row in self.wrong:
            if row.has_conflict or row.has_error("__all__", "overtaken"):
                row.catch_up()

    @property
    def wrong(self) -> list[RowForm]:
        """The rows with an error that take part."""
        return [row for row in self.rows if (row.is_touched or row.takes_part) and row.errors]

    @property
    def faults(self) -> list[tuple[str, str]]:
        """(id to jump to, sentence) of every error in a row; what is asked elsewhere jumps to the row."""
        found = []
        for row in self.wrong:
            shown = {target_of(bound) for bound in row if bound.name not in ELSEWHERE}
            for target, sentence in errors_of(row):
                found.append(
                    (target if target and target in shown else f"rij-{row.code}", f"{row.code}: {sentence}")
                )
        return found

    @property
    def conflicts(self) -> list[RowForm]:
        """The rows in which a colleague was first."""
        return [row for row in self.wrong if row.has_conflict]

    @property
    def right(self) -> int:
        """How many rows can be sent although others are wrong."""
        return sum(1 for row in self.rows if row.takes_part and not row.errors)

    @property
    def filled(self) -> int:
        """How many of all commitments are done or ready."""
        return sum(1 for row in self.rows if row.is_filled)

    @property
    def themes(self) -> list[tuple[Theme, list[RowForm]]]:
        """The rows, theme by theme."""
        groups = groupby(self.rows, key=lambda row: row.commitment.theme)
        return [(theme, list(rows)) for theme, rows in groups]
