"""The documents are true: what they list is what the code has, and what they point to exists."""

import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands

from agreements.exchange import loading
from agreements.templatetags import charts, labels, numbers, pages

ROOT = Path(settings.BASE_DIR)
SETTING = re.compile(r"""(?:env(?:\.\w+)?\(|environ(?:\.get\(|\[))\s*"((?:PORTAAL_|DATABASE_)\w+)""")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
# In two parts, so that this file does not hold what it looks for.
REGISTRIES = [
    "pypi" + r"\.org",
    "python" + "hosted",
    "npm" + r"js\.",
    "yarn" + "pkg",
    r"https?://" + "registry",
]
MACHINES = [r"(?<![\w.)])/" + "work/", "/tmp" + "/h/", "/home" + "/[a-z]", "/root" + "/"]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def first_column(name: str) -> set[str]:
    """What stands in backticks in the first column of the tables of a document."""
    return set(re.findall(r"^\| `([^`]+)` \|", read(name), re.MULTILINE))


def tracked() -> list[Path]:
    """The files in git that still exist here."""
    command = [
        "git",
        "-c",
        f"safe.directory={ROOT}",
        "ls-files",
        "-z",
    ]  # also when somebody else owns the folder
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    return [path for name in listed.decode().split("\0") if (path := ROOT / name).is_file()]


def holds(path: Path, patterns: list[str]) -> list[str]:
    """Where a text file holds one of these patterns: ["README.md: what was found"]."""
    content = path.read_bytes()
    if b"\0" in content:
        return []
    found = re.findall("|".join(patterns), content.decode(errors="replace"))
    return [f"{path.relative_to(ROOT)}: {one}" for one in found]


def test_the_readme_lists_exactly_the_settings_that_are_read():
    sources = "\n".join(path.read_text() for path in (ROOT / "hilversum_afspraken").glob("*.py"))
    read_settings = set(SETTING.findall(sources))
    assert len(read_settings) > 15
    assert first_column("README.md") == read_settings


def test_the_readme_lists_the_demo_accounts_and_their_password():
    accounts = re.findall(r'^email = "(.+)"$', read("fixtures/voorbeeld.toml"), re.MULTILINE)
    assert re.findall(r"^\| (\S+@\S+) \|", read("README.md"), re.MULTILINE) == accounts
    assert f"`{loading.DEMO_PASSWORD}`" in read("README.md")


def test_every_model_is_in_the_word_list():
    names = {model.__name__ for model in apps.get_app_config("agreements").get_models()}
    words = set(re.findall(r"`(\w+)`", read("docs/woordenlijst.md")))
    assert names - words == set()


def test_every_template_tag_and_filter_is_explained():
    libraries = [module.register for module in (labels, numbers, charts, pages)]
    registered = {name for library in libraries for name in (*library.tags, *library.filters)}
    assert first_column("docs/onderdelen.md") == registered


def test_every_slice_is_in_the_architecture():
    folders = {path.parent.name for path in (ROOT / "agreements").glob("*/__init__.py")}
    words = set(re.findall(r"`(\w+)/?`", read("docs/architecture.md")))
    assert folders - words - {"migrations", "templatetags", "management"} == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_and_commands_in_a_document_exist(path: Path):
    text = path.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    assert [link for link in links if not (path.parent / link).exists()] == []
    commands = set(re.findall(r"manage\.py ([a-z_]+)", text))
    assert commands - set(get_commands()) == set()


def test_pictures_are_small():
    pictures = list((ROOT / "docs" / "beeld").glob("*.png"))
    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size > 200_000] == []


def test_no_file_names_a_registry():
    found = [line for path in tracked() for line in holds(path, REGISTRIES)]
    assert found == []


def test_no_file_names_a_place_on_the_machine_of_its_maker():
    found = [line for path in tracked() for line in holds(path, MACHINES)]
    assert found == []
