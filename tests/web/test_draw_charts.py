"""Geometry of the charts, and that no drawing breaks a rule of the portal."""

import re
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import hypothesis
import pytest
from django.conf import settings
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from agreements.commitments.models import Status
from agreements.web.burnup import axis, burnup
from agreements.web.charts import FILLS, percentage, status_bar
from agreements.web.icons import STATUS_SHAPES
from agreements.web.moments import Moment

FIGURES = st.decimals(-(10**9), 10**9, places=3)
STATIC = Path(settings.BASE_DIR) / "static" / "pa"


def moments(*values: int | None, plan: list[int] | None = None) -> list[Moment]:
    plans = plan or [None] * len(values)
    return [
        Moment(f"K{n}", None if value is None else Decimal(value), None if p is None else Decimal(p))
        for n, (value, p) in enumerate(zip(values, plans, strict=True))
    ]


def draw(tag: str, **context: object) -> str:
    return Template(tag).render(Context(context))


# -- the status bar


def test_the_shares_of_a_status_bar_fill_its_width() -> None:
    bar = status_bar({"achieved": 4, "on_track": 7, "behind": 1}, width=720, gap=3)
    assert sum(float(part.width) for part in bar.segments) + 2 * 3 == pytest.approx(720, abs=0.2)
    assert bar.total == 12


def test_one_of_a_thousand_stays_visible() -> None:
    bar = status_bar({"achieved": 999, "missed": 1}, width=720)
    assert float(bar.segments[-1].width) >= 8
    assert not bar.segments[-1].shows_count


def test_a_status_bar_without_commitments_is_empty_and_does_not_fail() -> None:
    assert status_bar({"achieved": 0}).segments == []


@given(st.dictionaries(st.sampled_from(list(FILLS)), st.integers(0, 10**6)))
def test_any_counts_fit_in_the_bar(counts: dict[str, int]) -> None:
    bar = status_bar(counts, width=360)
    assert all(float(part.x) + float(part.width) <= 360.2 for part in bar.segments)


def test_no_data_is_hatched_and_never_filled_with_a_status_colour() -> None:
    svg = draw('{% status_bar counts id="s" width=700 %}', counts={"no_data": 3, "on_track": 1})
    assert 'fill="url(#s-h)"' in svg
    assert 'class="c-no_data"' not in svg


# -- the meter


@pytest.mark.parametrize(
    ("value", "goal", "width"),
    [(52, 84, "61.9"), (90, 84, "100"), (-1, 84, "0"), (None, 84, "0"), (0, 0, "100")],
)
def test_a_meter_stays_between_empty_and_full(value: int | None, goal: int, width: str) -> None:
    assert percentage(None if value is None else Decimal(value), Decimal(goal)) == width


# -- the burn-up


@pytest.mark.parametrize(
    ("figures", "steps"),
    [
        ([0, 52, 84], [0, 20, 40, 60, 80, 100]),
        ([12400, 12386, 12418], [12380, 12390, 12400, 12410, 12420]),
        ([0, 12418], [0, 5000, 10000, 15000]),
        ([5], [0, 1, 2, 3, 4, 5]),
        ([0], [0, 1]),
        ([-4, 6], [-4, -2, 0, 2, 4, 6]),
        ([2, 0], [0, 1, 2]),
    ],
)
def test_the_axis_has_a_handful_of_round_steps(figures: list[int], steps: list[int]) -> None:
    assert axis([Decimal(figure) for figure in figures]) == steps


@given(st.lists(FIGURES, min_size=1))
def test_the_axis_always_encloses_the_figures_in_few_steps(figures: list[Decimal]) -> None:
    steps = axis(figures)
    assert steps[0] <= min(figures)
    assert steps[-1] >= max(figures)
    assert 2 <= len(steps) <= 8


def test_a_missing_figure_breaks_the_line() -> None:
    chart = burnup(moments(1, 2, None, 4, 5))
    assert len(chart.lines) == 2
    assert chart.unreported == ["K2"]


def test_figures_with_two_definitions_are_never_one_line() -> None:
    before, after = (
        moments(1, 2),
        [Moment("a", Decimal(3), definition="b"), Moment("c", Decimal(4), definition="b")],
    )
    chart = burnup([*before, *after])
    assert len(chart.lines) == 2
    assert chart.definitions == 2
    assert all(len(line.split()) == 2 for line in chart.lines)


@pytest.mark.parametrize(
    ("direction", "value", "is_worse"),
    [
        ("at_least", 9, True),
        ("at_least", 11, False),
        ("at_most", 11, True),
        ("at_most", 9, False),
        ("exactly", 11, True),
    ],
)
def test_a_difference_with_the_plan_is_worse_depending_on_the_direction(
    direction: str, value: int, is_worse: bool
) -> None:
    chart = burnup(moments(0, value, plan=[0, 10]), goal=Decimal(20), direction=direction)
    assert chart.difference is not None
    assert chart.difference.is_worse is is_worse


def test_an_axis_that_does_not_start_at_zero_is_said_and_has_no_area() -> None:
    html = draw('{% burnup m title="Stand" unit="woningen" id="b" %}', m=moments(12386, 12418))
    assert "De schaal begint bij 12.380, niet bij 0." in html
    assert "c-area" not in html


SERIES = st.lists(
    st.builds(
        Moment,
        label=st.text("Kwart123 ", max_size=12),
        value=st.none() | FIGURES,
        plan=st.none() | FIGURES,
        definition=st.sampled_from(["", "x"]),
    ),
    max_size=30,
)


@hypothesis.settings(max_examples=50)
@given(SERIES, st.none() | FIGURES, st.sampled_from(["at_least", "at_most", "exactly"]))
def test_any_series_is_drawn_inside_its_frame(
    series: list[Moment], goal: Decimal | None, direction: str
) -> None:
    svg = draw(
        '{% burnup m title="T" unit="u" id="b" goal=goal direction=direction width=680 %}',
        m=series,
        goal=goal,
        direction=direction,
    )
    drawing = ElementTree.fromstring(svg[: svg.index("</svg>") + 6])
    for dot in drawing.iter("circle"):
        assert 0 <= float(dot.attrib["cx"]) <= 680
        assert 0 <= float(dot.attrib["cy"]) <= 300


# -- rules for every drawing

TAGS = {
    "status_bar": '{% status_bar counts id="a" %}',
    "status_strip": '{% status_strip counts id="a" %}',
    "meter": '{% meter 1234.5 5000 "at_risk" %}',
    "bullet": '{% bullet 1234 5000 "at_risk" unit="woningen" id="a" expected=2000 %}',
    "burnup": '{% burnup series title="T" unit="woningen" id="a" goal=12400 %}',
}


@pytest.mark.parametrize("name", TAGS)
def test_a_drawing_has_no_style_no_script_and_only_plain_numbers(name: str) -> None:
    counts = dict.fromkeys(Status.values, 1234)
    svg = draw(TAGS[name], counts=counts, series=moments(0, 6000, 12418, plan=[0, 5000, 13000]))
    assert "style=" not in svg
    assert "<script" not in svg
    places = re.findall(r' (?:x|y|cx|cy|width|height|viewBox)="([^"]*)"', svg)
    assert places
    assert all(
        re.fullmatch(r"[0-9.%-]+( [0-9.%-]+){0,3}", place) and place.count(".") <= 4 for place in places
    )
    assert all(float(number.rstrip("%")) < 1100 for place in places for number in place.split())


@pytest.mark.parametrize("name", ["status_bar", "bullet", "burnup"])
def test_a_drawing_with_a_message_says_it_in_its_title(name: str) -> None:
    svg = draw(TAGS[name], counts={"behind": 2, "no_data": 1}, series=moments(0, 6000, 12418))
    root = ElementTree.fromstring(svg[svg.index("<svg") : svg.index("</svg>") + 6])
    assert root.attrib["role"] == "img"
    assert root[0].tag == "title"
    assert root[0].attrib["id"] == root.attrib["aria-labelledby"]


# -- one status, one look everywhere


@pytest.mark.parametrize("code", Status.values)
def test_the_status_file_of_the_pdf_is_what_the_page_draws(code: str) -> None:
    assert STATUS_SHAPES[code] in (STATIC / "status" / f"{code}.svg").read_text()


@pytest.mark.parametrize("code", Status.values)
def test_the_fill_of_a_status_is_the_same_in_python_and_css(code: str) -> None:
    light = (STATIC / "tokens.css").read_text().split("@media")[0]
    assert f"--pa-status-{code}: {FILLS[code][0].lower()};" in light


@pytest.mark.parametrize("code", Status.values)
def test_the_badge_of_a_status_has_its_own_class_label_and_shape(code: str) -> None:
    badge = draw("{% status code %}", code=code)
    assert f"pa-status--{code}" in badge
    assert Status(code).label in badge
    assert f".pa-status--{code}" in (STATIC / "pa.css").read_text()
    assert f".status--{code}" in (STATIC / "rapport.css").read_text()


def test_no_two_statuses_have_the_same_shape() -> None:
    assert len(set(STATUS_SHAPES.values())) == len(Status) == len(STATUS_SHAPES)
