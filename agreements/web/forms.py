"""Forms: text becomes values, and what cannot be a value is answered in plain Dutch. Forms save nothing."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import ProhibitNullCharactersValidator

from agreements.web.formats import MONTHS, counted, dutch_number

T = TypeVar("T")
NO_NUL = ProhibitNullCharactersValidator()  # Django's; ours refuses more, in one sentence


class PortalForm(forms.Form):
    """Base of every form: Dutch sentences, and no characters that cannot be seen or stored."""

    use_required_attribute = False

    @property
    def has_conflict(self) -> bool:
        """Whether somebody was first: an answer was refused with the code "conflict"."""
        return any(error.code == "conflict" for errors in self.errors.as_data().values() for error in errors)

    def full_clean(self) -> None:
        """Prepare the fields, also those that a form adds by itself, and clean."""
        for name, field in self.fields.items():
            _write_in_plain_dutch(field, str(self[name].label))
            if isinstance(field, forms.CharField):
                others = [check for check in field.validators if check not in (only_readable_text, NO_NUL)]
                field.validators = [*others, only_readable_text]
        if self.is_bound:
            self.data = _with_plain_line_ends(self.data)
        super().full_clean()


class TakesErrors(Protocol):
    """A form, or several forms that answer together."""

    fields: Any

    def add_error(self, field: str | None, error: Any, /) -> None: ...


def attempt(form: TakesErrors, operation: Callable[..., T], *args: Any, **kwargs: Any) -> T | None:
    """Run the operation of a valid form; what it refuses with a ValidationError is put on the form.

    Returns what the operation returns, or None when it refused: then `form.errors` is not empty. Errors with
    the name of a field go there, others on top. Other exceptions propagate: the visitor cannot mend them.
    """
    try:
        return operation(*args, **kwargs)
    except ValidationError as error:
        by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        for name, errors in by_field.items():
            form.add_error(name if name in form.fields else None, errors)
        return None


class Radios(forms.RadioSelect):
    """Radio buttons, each with a sentence (`meanings`: {value: sentence}) and the silhouette of a status."""

    def __init__(
        self, meanings: Mapping[str, str] | None = None, *, has_status_icons: bool = False, **kwargs: Any
    ):
        super().__init__(**kwargs)
        self.meanings = meanings or {}
        self.has_status_icons = has_status_icons


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


def _with_plain_line_ends(data: Any) -> Any:
    """A line end counts as one character, as people count; browsers send two."""
    plain = data.copy()
    for name in plain:
        values = plain.getlist(name) if hasattr(plain, "getlist") else [plain[name]]
        values = [value.replace("\r\n", "\n") if isinstance(value, str) else value for value in values]
        if hasattr(plain, "setlist"):
            plain.setlist(name, values)
        else:
            plain[name] = values[0]
    return plain


def only_readable_text(text: object) -> None:
    """Refuse control characters, and those that turn the reading direction (they can fake a signed text)."""
    for character in str(text):
        if character not in "\r\n\t" and unicodedata.category(character) in ("Cc", "Cs"):
            break
        if unicodedata.bidirectional(character) in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        ):
            break
    else:
        return
    raise ValidationError("In de tekst staat een teken dat wij niet kunnen bewaren. Typ de tekst opnieuw.")


def _write_in_plain_dutch(field: forms.Field, label: str) -> None:
    """Replace the sentences that Django would use; a sentence given with the field itself stays."""
    if field.error_messages["required"] is forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = _required_sentence(field, label)
    field.error_messages |= {
        "max_length": f"Gebruik bij ‘{label}’ hoogstens %(limit_value)d tekens. U gebruikte er %(show_value)d.",
        "min_length": f"Gebruik bij ‘{label}’ minstens %(limit_value)d tekens. U gebruikte er %(show_value)d.",
        "invalid_choice": f"Kies een van de antwoorden bij ‘{label}’.",
        "invalid_list": f"Kies een van de antwoorden bij ‘{label}’.",
        "invalid_pk_value": f"Kies een van de antwoorden bij ‘{label}’.",
    }
    if isinstance(field, forms.EmailField):
        field.error_messages["invalid"] = "Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl."


def _required_sentence(field: forms.Field, label: str) -> str:
    if label.endswith("?"):
        return f"Beantwoord de vraag ‘{label}’."
    if isinstance(field, forms.FileField):
        return f"Kies een bestand bij ‘{label}’."
    if isinstance(field, forms.BooleanField):
        return f"Zet een vinkje bij ‘{label}’."
    return (
        f"Kies een antwoord bij ‘{label}’." if isinstance(field, forms.ChoiceField) else f"Vul ‘{label}’ in."
    )
