"""The literal text of a commitment: a little Markdown, nothing dangerous, and plain text as it was typed."""

import json
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from agreements.web.markup import formatted, plain_words

LONGEST = 4000  # as many characters as the form takes
ADDRESS = "https://hilversum.example/visie"


def shown(text: str) -> str:
    """The HTML on one line, as a template gives it."""
    html = Template("{{ text|formatted }}").render(Context({"text": text}))
    return html.replace("\n", "")


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("Heideveld bouwt.", "<p>Heideveld bouwt.</p>"),
        ("Regel een.\nRegel twee.", "<p>Regel een.<br>Regel twee.</p>"),
        ("Alinea een.\n\nAlinea twee.", "<p>Alinea een.</p><p>Alinea twee.</p>"),
        ("**84** woningen", "<p><strong>84</strong> woningen</p>"),
        ("*ook* _zo_", "<p><em>ook</em> <em>zo</em></p>"),
        ("Dit:\n- bouwen\n- slopen", "<p>Dit:</p><ul><li>bouwen</li><li>slopen</li></ul>"),
        ("1. bouwen\n2. slopen", "<ol><li>bouwen</li><li>slopen</li></ol>"),
        ("- a\n  - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        (f"[visie]({ADDRESS})", f'<p><a href="{ADDRESS}" rel="noopener noreferrer">visie</a></p>'),
        (
            "[mail](mailto:wonen@hilversum.example)",
            '<p><a href="mailto:wonen@hilversum.example" rel="noopener noreferrer">mail</a></p>',
        ),
    ],
)
def test_the_subset_becomes_html(typed, html):
    assert shown(typed) == html


@pytest.mark.parametrize(
    "typed",
    [
        "2017. De gemeente wijst een locatie aan.",
        "3) De corporatie bouwt.",
        "Artikel 3, lid 2: 5*3*2 woningen, en_dan_dit.",
        "Woningen* met een ster.\\* En\\of.",
        "Een streepje - in een zin. 1.250 woningen.",
        "- - -",
        "* * *",
        "Bron: https://hilversum.example <https://hilversum.example>",
        "AT&T &amp; de rest",
    ],
)
def test_text_that_was_signed_without_a_thought_of_markdown_stays_as_it_was(typed):
    assert shown(typed) == f"<p>{typed.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</p>"


def test_numbers_in_a_list_are_never_changed():
    assert shown("1. een\n3. drie") == "<p>1. een<br>3. drie</p>"


@pytest.mark.parametrize(
    "typed",
    [
        "# Kop",
        f"![plaat]({ADDRESS})",
        "| a | b |",
        "```\nrm\n```",
        "`code`",
        "<b>vet</b>",
        "> citaat",
        "~~x~~",
    ],
)
def test_what_is_not_in_the_subset_is_plain_text(typed):
    page = shown(typed)
    assert set(re.findall(r"<(\w+)", page)) <= {"p", "br"}
    assert strip_tags(page.replace("<br>", "\n")).replace("&lt;", "<").replace("&gt;", ">") == typed


@pytest.mark.parametrize(
    "typed", ["- " * 30 + "diep", "\n".join("  " * n + "- x" for n in range(40)) + " diep"]
)
def test_nesting_that_is_too_deep_loses_no_words(typed):
    assert "diep" in shown(typed)
    assert "diep" in plain_words(typed)


def test_words_to_search_and_advise_on_have_no_markup():
    assert plain_words(f"- **Heideveld** bouwt\n- *veel*, zie [visie]({ADDRESS})") == (
        "Heideveld bouwt veel, zie visie"
    )


@given(st.text(st.sampled_from("ab *_-1.[]()!<&\n\\#`"), max_size=60))
def test_no_letter_is_lost_and_none_is_added(typed):
    letters = re.sub("[^ab]", "", typed)
    assert re.sub("[^ab]", "", plain_words(typed)) == letters
    # `br` is the only element with one of these letters; what is in entities has none of them but `amp`.
    text = strip_tags(formatted(typed)).replace("&amp;", "&")
    assert re.sub("[^ab]", "", text) == letters


HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=https://kwaad.example></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "</p></blockquote></div><script>alert(1)</script>",
    "<!-- --><script>alert(1)</script>",
    "<style>*{display:none}</style>",
    "<math><mtext><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](%6aavascript:alert(1))",
    "[x](vbscript:msgbox)",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](data:image/svg+xml;base64,PHN2Zz4=)",
    "[x](file:///etc/passwd)",
    "[x](//kwaad.example)",
    "[x](https:alert)",
    "[x](<javascript:alert(1)>)",
    '[x](https://a.example" onclick="alert(1))',
    "[x](https://a.example 'onmouseover=alert(1)')",
    "[<script>alert(1)</script>](https://a.example)",
    "![x](javascript:alert(1))",
    "[![x](javascript:alert(1))](javascript:alert(1))",
    "[x]: javascript:alert(1)\n[x]",
    "<javascript:alert(1)>",
    "**<script>alert(1)</script>**",
    "- <script>alert(1)</script>\n1. <img src=x onerror=alert(1)>",
    "{{ 7|add:7 }}{% load i18n %}",
    "*" * LONGEST,
    "_*" * (LONGEST // 2),
    "[" * LONGEST,
    "[a](" * (LONGEST // 4),
    "[" * (LONGEST // 2) + "]" * (LONGEST // 2),
    "[a](" + "(" * (LONGEST - 4),
    "![" * (LONGEST // 2),
    "- " * (LONGEST // 2),
    "1. " * (LONGEST // 3),
    "*a **a " * (LONGEST // 7),
    "<" * LONGEST,
    "**_" * (LONGEST // 3),
]
ALLOWED = {"p": set(), "br": set(), "strong": set(), "em": set(), "ul": set(), "ol": set(), "li": set()}
ALLOWED["a"] = {"href", "rel"}


class Elements(HTMLParser):
    """What a browser would make of a page: [(element, attributes)]."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_there_are_forty_hostile_texts():
    assert len(HOSTILE) >= 40
    assert all(len(typed) <= LONGEST for typed in HOSTILE)


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: typed[:30])
def test_hostile_text_makes_no_element_attribute_or_address_of_its_own(typed):
    for element, attributes in Elements(formatted(typed)).found:
        assert set(attributes) <= ALLOWED[element]
        assert (attributes.get("href") or ADDRESS).startswith(("https://", "http://", "mailto:"))


def test_hostile_text_is_done_in_a_bounded_time():
    """In a process of its own, so that one that never ends fails this test and stops no other."""
    program = (
        "import json, sys\n"
        "from agreements.web.markup import formatted, plain_words\n"
        "for typed in json.load(sys.stdin): formatted(typed); plain_words(typed)\n"
        "print('klaar')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps(HOSTILE),
        capture_output=True,
        text=True,
        timeout=60,
        cwd=settings.BASE_DIR,
        check=True,
    )
    assert done.stdout == "klaar\n"
