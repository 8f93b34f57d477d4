"""The browser of the tests sees what goes wrong, whatever the test itself looks at."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from playwright.sync_api import Page

BROKEN = {
    "an inline style": ("<p style='color: red'>Rood</p>", "Content Security Policy"),
    "a script that fails": ("<script src='/script.js'></script>", "Er is iets stuk"),
    "a file that is not there": ("<img src='/weg.png' alt=''>", "404 for"),
    "another site": ("<img src='http://localhost:9/pixel.png' alt=''>", "asks http://localhost:9"),
}


def broken(request: HttpRequest, kind: str) -> HttpResponse:
    return HttpResponse(f"<!doctype html><title>Stuk</title>{BROKEN[kind][0]}")


def script(request: HttpRequest) -> HttpResponse:
    return HttpResponse("throw new Error('Er is iets stuk')", content_type="text/javascript")


def error(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Er ging iets mis.", status=500)


urlpatterns = [path("script.js", script), path("fout/", error), path("stuk/<kind>/", broken)]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("kind", BROKEN)
def test_a_page_that_is_broken_by(kind: str, page: Page, faults: list[str]) -> None:
    page.goto(f"/stuk/{kind}/", wait_until="networkidle")
    assert any(BROKEN[kind][1] in fault for fault in faults), faults
    faults.clear()


@pytest.mark.urls(__name__)
def test_a_server_error_is_seen(page: Page, faults: list[str]) -> None:
    page.goto("/fout/")
    assert len(faults) == 1
    faults.clear()


@pytest.mark.urls(__name__)
def test_without_javascript_no_script_runs(no_js_page: Page) -> None:
    no_js_page.goto("/stuk/a script that fails/")
