"""Rules of the house that no linter knows. All read files only."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = sorted(
    path for part in ("agreements", "hilversum_afspraken", "bench") for path in (ROOT / part).rglob("*.py")
)
VIEWS = [path for path in CODE if "views" in path.relative_to(ROOT).parts or path.name == "views.py"]
VAGUE = {"utils", "util", "helpers", "common", "misc", "services", "managers", "signals"}
MOST_LINES = 300
MOST_IN_A_VIEW = 30
BUILT = re.compile(
    r"-(\d|achieved|on_track|at_risk|behind|not_started|no_data|missed|dropped|klaar|nu|ja|nee)$"
)
pytestmark = pytest.mark.one_database


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef))


def shown() -> str:
    """All that can put a class on a page."""
    code = [path for path in CODE if path.suffix == ".py"]
    pages = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    return "\n".join(path.read_text() for path in [*code, *pages, *(ROOT / "static" / "pa").glob("*.js")])


def test_a_view_catches_nothing() -> None:
    assert len(VIEWS) > 30
    catching = [
        path for path in VIEWS for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Try)
    ]
    assert catching == []


def test_the_template_of_a_form_has_the_part_that_htmx_asks_for() -> None:
    named = {
        name for path in VIEWS for name in re.findall(r'form_page\(\s*request, "([^"]+)"', path.read_text())
    }
    assert len(named) > 30
    pages = {name: (ROOT / "templates" / name).read_text() for name in named}
    assert [name for name, page in pages.items() if "{% partialdef formulier inline %}" not in page] == []


def test_a_view_fits_on_a_screen() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{found.name}": found.end_lineno - found.lineno + 1
        for path in VIEWS
        for found in functions(path)
    }
    assert {name: lines for name, lines in long.items() if lines > MOST_IN_A_VIEW} == {}


def test_no_module_grows_beyond_three_hundred_lines() -> None:
    lines = {
        str(path.relative_to(ROOT)): path.read_text().count("\n")
        for path in CODE
        if "migrations" not in path.parts
    }
    assert {name: number for name, number in lines.items() if number > MOST_LINES} == {}


def test_a_module_is_named_after_what_it_is_about() -> None:
    assert [path for path in CODE if path.stem in VAGUE or path.parent.name in VAGUE] == []


def test_every_style_and_every_token_is_used() -> None:
    style, tokens = ((ROOT / "static" / "pa" / name).read_text() for name in ("pa.css", "tokens.css"))
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    words = set(re.findall(r"[\w-]+", shown()))
    classes = set(re.findall(r"\.(pa-[\w-]+)", style))
    assert len(classes) > 100
    assert {name for name in classes if name not in words and not BUILT.search(name)} == set()
    assert (
        set(re.findall(r"(--[\w-]+):", tokens)) - set(re.findall(r"var\((--[\w-]+)", style + tokens)) == set()
    )
