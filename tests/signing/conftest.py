"""Rendering takes seconds, and the same text gives the same bytes: each text is rendered once for all tests."""

from collections.abc import Iterator
from typing import Any

import pytest

from agreements.pdf.render import RenderedPdf, render_pdf
from agreements.signing import document
from agreements.signing.models import SigningRound
from tests.pdf.conftest import broken_rules, run  # noqa: F401  veraPDF, and programs that read a PDF
from tests.signing.builders import an_open_round
from tests.world import World

RENDERED: dict[str, RenderedPdf] = {}


@pytest.fixture(autouse=True)
def rendered_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def render(html: str, **given: Any) -> RenderedPdf:
        if html not in RENDERED:
            RENDERED[html] = render_pdf(html, **given)
        return RENDERED[html]

    monkeypatch.setattr(document, "render_pdf", render)
    return


@pytest.fixture
def round_(world: World) -> SigningRound:
    """An open round of 2018."""
    return an_open_round(world)
