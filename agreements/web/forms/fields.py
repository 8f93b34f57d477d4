"""Fields that read what people type in Dutch, and answer in plain Dutch what cannot be read."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from agreements.web.formats import MONTHS, counted, dutch_number


class Radios(forms.RadioSelect):
    """Radio buttons, each with a sentence (`meanings`: {value: sentence}) and the silhouette of a status."""

    def __init__(
        self, meanings: Mapping[str, str] | None = None, *, has_status_icons: bool = False, **kwargs: Any
    ):
        super().__init__(**kwargs)
        self.meanings = meanings or {}
        self.has_status_icons = has_status_icons


class LongTextField(forms.CharField):
    """Some lines of text. The hint ends with how long it may be: "Minstens 20 en hoogstens 1.000 tekens." """

    def __init__(
        self,
        *,
        max_length: int,
        min_length: int | None = None,
        help_text: str = "",
        rows: int = 4,
        **kwargs: Any,
    ):
        most = f"hoogstens {dutch_number(max_length)} tekens."
        bounds = f"Minstens {min_length} en {most}" if min_length else most.capitalize()
        super().__init__(
            max_length=max_length,
            min_length=min_length,
            help_text=f"{help_text} {bounds}".strip(),
            widget=forms.Textarea(attrs={"rows": rows}),
            **kwargs,
        )


class DutchNumberField(forms.Field):
    """A number as the Dutch write it: '31', '1.250', '1 250', '12,5', '1.250,5'. Gives a Decimal, or None.

    A full stop counts as thousands only when exactly three digits follow each; '12.5' is refused with the
    way to write it, because guessing would turn 12.500 homes into 12.5 or the other way round.
    `noun` names it in sentences (getal, aantal, bedrag, percentage); `suffix` stands behind the control.
    """

    widget = forms.TextInput
    GROUPED = re.compile(
        r"-?(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+)(?:,([0-9]+))?"
    )
    STOP_FOR_COMMA = re.compile(r"-?[0-9]+\.[0-9]+")
    MOST_DIGITS = 12

    def __init__(
        self,
        *,
        minimum: int | Decimal | None = 0,
        maximum: int | Decimal | None = None,
        decimals: int = 0,
        noun: str = "getal",
        suffix: str = "",
        **kwargs: Any,
    ):
        self.minimum, self.maximum, self.decimals = minimum, maximum, decimals
        self.noun, self.suffix = noun, suffix
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {
            "class": "pa-num",
            "inputmode": "decimal" if self.decimals else "numeric",
            "autocomplete": "off",
        }

    def prepare_value(self, value: Any) -> Any:
        """A stored number as someone would type it: Decimal('1250.500') -> '1250,5'."""
        return dutch_number(value).replace(".", "") if isinstance(value, Decimal | int) else value

    def to_python(self, value: Any) -> Decimal | None:
        text = " ".join(str(value or "").replace("\u2212", "-").split())
        if not text:
            return None
        match = self.GROUPED.fullmatch(text)
        if match is None:
            raise ValidationError(self._how_to_write(text))
        self._check_length(text, match[1] or "")
        return Decimal(text.replace(".", "").replace(" ", "").replace(",", ".")) + Decimal(0)  # -0 is 0

    def validate(self, value: Decimal | None) -> None:
        super().validate(value)
        if value is None:
            return
        too_low = self.minimum is not None and value < self.minimum
        if too_low or (self.maximum is not None and value > self.maximum):
            raise ValidationError(
                f"Vul een {self.noun} {self._bounds()} in. U vulde {dutch_number(value)} in."
            )

    def _how_to_write(self, text: str) -> str:
        if not self.STOP_FOR_COMMA.fullmatch(text):
            example = "31 of 12,5" if self.decimals else "31 of 1.250"
            return f"Vul een getal in, bijvoorbeeld {example}. U vulde {_quoted(text)} in."
        if not self.decimals:
            return self._too_precise(text)
        return f"Schrijf een komma in plaats van een punt: {_quoted(text.replace('.', ','))}."

    def _check_length(self, text: str, after_comma: str) -> None:
        if len(after_comma) > self.decimals:
            raise ValidationError(self._too_precise(text))
        if sum(map(str.isdigit, text)) - len(after_comma) > self.MOST_DIGITS:
            raise ValidationError(f"Vul een getal van hoogstens {self.MOST_DIGITS} cijfers in.")

    def _too_precise(self, text: str) -> str:
        if not self.decimals:
            return f"Vul een heel getal in, zonder komma. U vulde {_quoted(text)} in."
        digits = counted(self.decimals, "cijfer", "cijfers")
        return f"Gebruik hoogstens {digits} achter de komma. U vulde {_quoted(text)} in."

    def _bounds(self) -> str:
        low, high = (None if bound is None else dutch_number(bound) for bound in (self.minimum, self.maximum))
        if low is not None and high is not None:
            return f"van {low} tot en met {high}"
        return f"van {low} of hoger" if high is None else f"van {high} of lager"


class DutchDateField(forms.Field):
    """A date: '31-12-2017', '31/12/2017', '2017-12-31', '31 december 2017', '31 dec 2017', or None."""

    widget = forms.TextInput
    BY_NUMBER = re.compile(r"([0-9]{1,2})([-/])([0-9]{1,2})\2([0-9]{4})")
    BY_NAME = re.compile(r"([0-9]{1,2}) ([a-z]{3,9})\.? ([0-9]{4})", re.IGNORECASE)
    ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")

    def __init__(self, *, first_year: int = 2000, last_year: int = 2100, **kwargs: Any):
        self.first_year, self.last_year = first_year, last_year
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"class": "pa-num pa-invoer--datum", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%d-%m-%Y}" if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        text = " ".join(str(value or "").split())
        if not text:
            return None
        year, month, day = self._read(text)
        if not self.first_year <= year <= self.last_year:
            between = f"van {self.first_year} tot en met {self.last_year}"
            raise ValidationError(f"Vul een jaar {between} in. U vulde {year} in.")
        try:
            return date(year, month, day)
        except ValueError:
            raise ValidationError(
                f"De datum {_quoted(text)} bestaat niet. Kijk de dag en de maand na."
            ) from None

    def _read(self, text: str) -> tuple[int, int, int]:
        """Year, month and day as typed, or a ValidationError that shows how to write a date."""
        if match := self.ISO.fullmatch(text):
            return int(match[1]), int(match[2]), int(match[3])
        if match := self.BY_NUMBER.fullmatch(text):
            return int(match[4]), int(match[3]), int(match[1])
        if (match := self.BY_NAME.fullmatch(text)) and (month := _month(match[2])):
            return int(match[3]), month, int(match[1])
        raise ValidationError(f"Vul een datum in, bijvoorbeeld 31-12-2017. U vulde {_quoted(text)} in.")


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several uploads at once; cleans to a list of files. The slice `documents` checks what is in them."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        if not data:
            self.validate(data)
            return []
        return [super(FilesField, self).clean(file, initial) for file in data]


def _month(name: str) -> int:
    """'december', 'dec' and 'mrt' -> number of the month; 0 when it is none."""
    name = {"mrt": "maart"}.get(name.lower(), name.lower())
    return next((n for n, month in enumerate(MONTHS, 1) if name in (month, month[:3])), 0)


def _quoted(text: str) -> str:
    """What was typed, short and without characters that cannot be shown."""
    shown = "".join(character if character.isprintable() else " " for character in text)
    return f"‘{shown[:40]}…’" if len(shown) > 40 else f"‘{shown}’"
