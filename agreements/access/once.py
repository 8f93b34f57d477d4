"""A form counts once, also when it is sent twice: it carries a key, which is kept with what was made of it."""

from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Manager, Model

M = TypeVar("M", bound=Model)


def made_before(rows: Manager[M], key: UUID, **same: Model) -> M | None:
    """The row that was made of this form already; None when it is new. `same` as in `check_same`."""
    found = rows.filter(key=key).first()
    if found:
        check_same(found, **same)
    return found


def check_same(found: Model, **same: Model) -> None:
    """ValidationError when the key came before for another subject or person: `found` has not these relations."""
    if any(getattr(found, f"{name}_id") != row.pk for name, row in same.items()):
        raise ValidationError(
            "Dit formulier is al eerder verstuurd. Kopieer uw tekst, laad de pagina opnieuw en plak de tekst."
        )
