"""The question for a figure, by kind of indicator: a number, a share, an amount, yes or no, or two that are divided."""

from decimal import Decimal

from django import forms

from agreements.commitments.models import Indicator, Target
from agreements.progress.queries import Asked
from agreements.progress.schedule import goal_of, in_words
from agreements.web.formats import MONTHS, dutch_date, dutch_number
from agreements.web.forms import DutchNumberField

NOUNS = {Indicator.ValueKind.PERCENTAGE: "percentage", Indicator.ValueKind.EURO: "bedrag"}
UNITS = {Indicator.ValueKind.PERCENTAGE: "procent", Indicator.ValueKind.EURO: "euro"}
FIGURES = ("value", "numerator", "denominator")


def figure_fields(asked: Asked, target: Target) -> dict[str, forms.Field]:
    """The fields: "value", or "numerator" and "denominator"."""
    indicator = target.indicator
    question = f"{indicator.name[:1].upper()}{indicator.name[1:]}"
    if indicator.is_yes_no:
        return {
            "value": forms.TypedChoiceField(
                label=f"{question}: is dat gedaan?",
                choices=[("1", "Ja"), ("0", "Nee, nog niet")],
                coerce=Decimal,
                widget=forms.RadioSelect,
            )
        }
    if indicator.value_kind == Indicator.ValueKind.RATIO:
        return _ratio(question, asked, target)
    return {"value": _number(question, asked, target)}


def pattern_of(target: Target) -> str:
    """How a figure stands beside the target, with {} for the figure: "{} van 84 woningen"; "" for yes or no."""
    indicator, goal = target.indicator, in_words(target.value, target.indicator)
    if indicator.is_yes_no:
        return ""
    if indicator.value_kind == Indicator.ValueKind.PERCENTAGE:
        return f"{{}}%, {goal_of(target)}"
    if indicator.value_kind == Indicator.ValueKind.EURO:
        return f"€ {{}}, {goal_of(target)}"
    if target.direction == Target.Direction.AT_LEAST and indicator.value_kind == Indicator.ValueKind.NUMBER:
        return f"{{}} van {goal}"
    return f"{{}} {indicator.unit}, {target.get_direction_display()} {dutch_number(target.value)}"


def _number(question: str, asked: Asked, target: Target) -> DutchNumberField:
    indicator, last = target.indicator, asked.last_figure
    kind = Indicator.ValueKind(indicator.value_kind)
    return DutchNumberField(
        label=f"{question}: hoeveel {UNITS.get(kind, indicator.unit)}?",
        help_text=_definition(asked, indicator),
        maximum=target.most_plausible(last.value if last else None),
        decimals=indicator.decimals,
        noun=NOUNS.get(kind, "getal"),
        suffix=_goal(target),
    )


def _ratio(question: str, asked: Asked, target: Target) -> dict[str, forms.Field]:
    definition = _definition(asked, target.indicator)
    return {
        "numerator": DutchNumberField(
            label=f"{question}: het getal dat u deelt (teller)", help_text=definition, decimals=2
        ),
        "denominator": DutchNumberField(
            label=f"{question}: het getal waardoor u deelt (noemer)",
            help_text=f"Het portaal rekent de verhouding zelf uit. Het doel is {goal_of(target)}.",
            decimals=2,
        ),
    }


def how_to_count(asked: Asked, indicator: Indicator) -> str:
    """Over which days: the whole year so far, one period, or one day."""
    until = dutch_date(asked.round.as_of)
    if indicator.counting == Indicator.Counting.CUMULATIVE:
        how = f"Tel alles op van 1 januari tot en met {until}"
    elif indicator.counting == Indicator.Counting.PERIOD:
        first_month = (asked.round.as_of.month - 1) // 3 * 3  # of the quarter in which the peildatum lies
        how = f"Tel alleen deze periode: 1 {MONTHS[first_month]} tot en met {until}"
    else:
        how = f"Tel de stand op {until}"
    return f"{how}."


def _definition(asked: Asked, indicator: Indicator) -> str:
    counting = f"Manier van tellen: {indicator.get_counting_display()}."
    return f"{indicator.definition} {how_to_count(asked, indicator)} {counting}"


def _goal(target: Target) -> str:
    words = {"at_least": "van minstens", "at_most": "en hoogstens", "exactly": "van precies"}
    return f"{words.get(target.direction, 'van')} {in_words(target.value, target.indicator)}"
