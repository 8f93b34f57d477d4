"""The catalogue of indicators: adding one, with all that rule 6 asks of a figure."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from agreements.accounts.models import User
from agreements.commitments import permissions
from agreements.commitments.models import Indicator
from agreements.history.models import Provenance
from agreements.history.operations import record


@transaction.atomic
def define_indicator(*, by: User, on: date, name: str, **fields: Any) -> Indicator:
    """Add an indicator; `fields` are those of the model. ValidationError on the name when it is there already."""
    permissions.define_indicator(by=by)
    key = slugify(name)[:40].strip("-")
    taken = Indicator.objects.filter(name__iexact=name).first()
    made = False
    if taken is None:
        defaults = {"name": name, "provenance": Provenance.OWN, **fields}
        taken, made = Indicator.objects.get_or_create(key=key, defaults=defaults)
    if not made:
        raise ValidationError({"name": f"Er is al zo’n indicator: ‘{taken.name}’. Kies een andere naam."})
    record(
        "commitments.indicator_defined",
        taken,
        by=by,
        on=on,
        sentence=f"Indicator {name} toegevoegd.",
        data={"key": key, "name": name, **{field: str(value) for field, value in fields.items()}},
    )
    return taken
