"""The small part of Markdown that the literal text of a commitment may use, as safe HTML and as plain words.

Paragraphs, line breaks, **bold**, *italic*, lists with "-" or "1." and links to http(s) and mailto. Everything
else (headings, images, HTML, tables, code) stays as it was typed, so that text that was signed without a
thought of Markdown reads as before.
"""

import re
from collections.abc import Sequence
from typing import Any

import nh3
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import list_block as list_of_markdown
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

ELEMENTS = {"p", "br", "strong", "em", "ul", "ol", "li", "a"}
ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "*": set()}
SCHEMES = {"http", "https", "mailto"}
ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s/]", re.IGNORECASE)
# A list starts with a dash, star or plus, or with 1. "2017. " and "3) " begin a sentence; "- - -" is a line.
LIST_START = re.compile(r"(?:[-*+]|1\.)[ \t]+(?![-*+\s]+$)\S")
LIST_GOES_ON = re.compile(r"(?:[-*+]|[0-9]{1,9}\.)[ \t]+\S")
STARS_IN_A_WORD = re.compile(r"(?<=\w)\*+(?=\w)")
# Deeper than people write; WeasyPrint recurses, and the parser drops the rest of the text at its own limit of 20.
MOST_NESTED = 10


def formatted(text: str) -> SafeString:
    """The text as HTML: '**84** woningen' -> '<p><strong>84</strong> woningen</p>'."""
    tokens = MARKDOWN.parse(text)
    if not _reads_as_typed(tokens):
        return mark_safe(linebreaks(text, autoescape=True))
    html = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    return mark_safe(nh3.clean(html, tags=ELEMENTS, attributes=ATTRIBUTES, url_schemes=SCHEMES))


def plain_words(text: str) -> str:
    """The text without its markup, on one line; for searching and for advice."""
    tokens = MARKDOWN.parse(text)
    if not _reads_as_typed(tokens):
        return " ".join(text.split())
    lines = ("".join(_words(child) for child in token.children or []) for token in tokens)
    return " ".join(" ".join(lines).split())


def _words(token: Token) -> str:
    return " " if token.type in ("softbreak", "hardbreak") else token.content


def _reads_as_typed(tokens: Sequence[Token]) -> bool:
    """Whether nothing was dropped and each number in a list is the number that was typed."""
    depth, numbers = 0, [0]
    for token in (part for block in tokens for part in (block, *(block.children or []))):
        depth += token.nesting
        if depth > MOST_NESTED:
            return False
        if token.type == "ordered_list_open":
            numbers.append(0)
        elif token.type == "ordered_list_close":
            numbers.pop()
        elif token.type == "list_item_open" and token.info:
            numbers[-1] += 1
            if token.info != str(numbers[-1]):
                return False
    return True


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The rule of Markdown for lists, for what looks like one to people. `silent`: may it end a paragraph?"""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    looks = LIST_GOES_ON if silent else LIST_START
    return bool(looks.match(line)) and list_of_markdown(state, start, end, silent)


def _as_typed(state: StateInline, silent: bool) -> bool:
    """Text in which Markdown sees more than was meant: a picture, which would become a link, and 5*3*2."""
    if state.src.startswith(("![", "[!["), state.pos):
        length = 2 if state.src[state.pos] == "!" else 1
    elif stars := STARS_IN_A_WORD.match(state.src, state.pos):
        length = len(stars[0])
    else:
        return False
    if not silent:
        state.pending += state.src[state.pos : state.pos + length]
    state.pos += length
    return True


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"breaks": True})
    parser.enable(["newline", "emphasis", "link", "list"])
    parser.block.ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.inline.ruler.before("emphasis", "as_typed", _as_typed)
    any_parser: Any = parser
    any_parser.validateLink = lambda address: bool(ADDRESS.match(address))
    parser.render("-")  # it gathers its rules at the first text; two threads at once would get half of them
    return parser


MARKDOWN = _parser()
