"""What templates/parts/field.html and error_summary.html need to know of a form field."""

from typing import Any

from django import forms
from django.forms import BaseForm, BoundField


def parts_of(bound: BoundField, suffix: str = "") -> dict[str, Any]:
    """The field, its kind (hidden, radio, checkboxes, checkbox, file or text) and its control or options."""
    kind = kind_of(bound)
    parts: dict[str, Any] = {"field": bound, "kind": kind, "is_optional": not bound.field.required}
    if kind in ("radio", "checkboxes"):
        parts["options"] = [_option(bound, subwidget.data) for subwidget in bound.subwidgets]
    else:
        parts["control"] = bound.as_widget(attrs=_look(bound) if kind == "text" else None)
        parts["suffix"] = suffix or getattr(bound.field, "suffix", "")
    return parts


def kind_of(bound: BoundField) -> str:
    """One word for the way the widget is drawn."""
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    kinds = {
        forms.CheckboxSelectMultiple: "checkboxes",  # in Django a kind of RadioSelect, so it goes first
        forms.RadioSelect: "radio",
        forms.CheckboxInput: "checkbox",
        forms.FileInput: "file",
    }
    return next((kind for widget_class, kind in kinds.items() if isinstance(widget, widget_class)), "text")


def errors_of(form: BaseForm) -> list[tuple[str, str]]:
    """(id of the control or "", sentence) for every error, those of the form as a whole first."""
    found = [("", str(error)) for error in form.non_field_errors()]
    for bound in form:
        found += [(target_of(bound), str(error)) for error in bound.errors]
    return found


def target_of(bound: BoundField) -> str:
    """Id to jump to from the summary: the control, or the first of a list of choices."""
    if bound.is_hidden:
        return ""
    return f"{bound.auto_id}_0" if kind_of(bound) in ("radio", "checkboxes") else bound.id_for_label


EMPTY = "(leeg)"


def answer_of(bound: BoundField) -> str:
    """The answer to a question as a person reads it: the name of a choice, the number as typed."""
    value = bound.value()
    if value in (None, ""):
        return EMPTY
    key = str(getattr(value, "pk", value))
    choices = {str(choice): label for choice, label in getattr(bound.field, "choices", [])}
    return str(choices.get(key, key))


def _look(bound: BoundField) -> dict[str, str | bool]:
    own = bound.field.widget.attrs.get("class", "")
    return {"class": f"pa-invoer {own}".strip()}


def _option(bound: BoundField, data: dict[str, Any]) -> dict[str, Any]:
    """One radio or checkbox, with the explanation and silhouette that forms.Radios knows."""
    widget, value = bound.field.widget, str(data["value"])
    return {
        "id": data["attrs"]["id"],
        "value": value,
        "label": data["label"],
        "is_chosen": data["selected"],
        "meaning": getattr(widget, "meanings", {}).get(value, ""),
        "status": value if getattr(widget, "has_status_icons", False) else "",
    }
