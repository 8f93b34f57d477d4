"""The base of every form, and the one place where an operation answers on its form."""

import unicodedata
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import ProhibitNullCharactersValidator

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
