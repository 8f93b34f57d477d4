"""Forms, lists and who is logged in: built into every template. Each docstring has an example."""

from typing import Any

from django import template
from django.forms import BaseForm, BoundField

from agreements.parties.models import Party
from agreements.parties.queries import standing_of
from agreements.web import fields

register = template.Library()


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField, suffix: str = "") -> dict[str, Any]:
    """Label, hint, error and control of one field: `{% field form.value suffix="van de 84 woningen" %}`."""
    return fields.parts_of(bound, suffix)


@register.inclusion_tag("parts/error_summary.html")
def error_summary(form: BaseForm, sentence: str = "Er is nog niets opgeslagen.") -> dict[str, Any]:
    """What to mend, with links to the fields; nothing when the form is right: `{% error_summary form %}`."""
    return {
        "errors": fields.errors_of(form),
        "wrong_fields": len(set(form.errors) - {"__all__"}),
        "sentence": sentence,
    }


@register.inclusion_tag("parts/paginate.html", takes_context=True)
def paginate(context: template.Context, page: Any) -> dict[str, Any]:
    """Links to other pages (`?pagina=2`) that keep the rest of the address: `{% paginate page_obj %}`."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"request": context["request"], "page_obj": page, "numbers": list(numbers)}


@register.simple_tag
def own_parties(user: Any) -> list[Party]:
    """The parties for which this person acts: `{% own_parties user as parties %}`."""
    memberships = standing_of(user).memberships
    return list({membership.party_id: membership.party for membership in memberships}.values())


@register.inclusion_tag("parts/task_counter.html", takes_context=True)
def task_counter(context: template.Context, oob: bool = False) -> dict[str, Any]:
    """Number of open tasks: `{% task_counter %}`; in an htmx answer `{% task_counter oob=True %}`."""
    from agreements.workspace.queries import remembered_count  # a window; it may itself render these tags

    return {"count": remembered_count(context["user"]), "oob": oob}


@register.inclusion_tag("parts/message_counter.html", takes_context=True)
def message_counter(context: template.Context, oob: bool = False) -> dict[str, Any]:
    """Number of unread messages: `{% message_counter %}`; in an htmx answer `{% message_counter oob=True %}`."""
    from agreements.notifications.queries import count_unread  # a window, as above

    return {"count": count_unread(context["user"]), "oob": oob}
