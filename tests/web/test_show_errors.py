"""The pages for when something is not possible, and the bar that says that this is an example."""

from datetime import date

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from agreements.access.declare import public
from agreements.access.refusals import Refused
from agreements.web import errors


@public
def refused(request: HttpRequest) -> HttpResponse:
    raise Refused("Alleen een ondertekenaar kan dit doen.")


@public
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken")


urlpatterns = [
    path("geweigerd/", refused),
    path("stuk/", broken),
    path("", include("hilversum_afspraken.urls")),
]
handler400, handler404, handler500 = errors.bad_request, errors.not_found, errors.server_error
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def visitor() -> Client:
    """Someone who sees the page of a server error, not its traceback."""
    return Client(raise_request_exception=False)


def test_an_address_that_does_not_exist_leads_back(visitor: Client) -> None:
    answer = visitor.get("/bestaat-niet/")
    assert answer.status_code == 404
    assert "<h1>Deze pagina bestaat niet</h1>" in answer.text
    assert "Zoek een afspraak" in answer.text


def test_a_refusal_is_shown_with_its_reason(visitor: Client) -> None:
    answer = visitor.get("/geweigerd/")
    assert answer.status_code == 403
    assert "Alleen een ondertekenaar kan dit doen." in answer.text


def test_a_refused_visitor_is_shown_where_to_log_in(visitor: Client) -> None:
    assert "Inloggen voor partijen" in visitor.get("/geweigerd/").text.split("<main")[1]


def test_too_much_text_at_once_is_explained(visitor: Client, settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    answer = visitor.post("/account/login/", {"login": "x" * 100})
    assert answer.status_code == 413
    assert "U stuurt te veel tegelijk" in answer.text


def test_a_form_that_stood_open_too_long_is_explained() -> None:
    answer = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "x"})
    assert answer.status_code == 403
    assert "De pagina stond te lang open" in answer.text


def test_our_own_mistake_is_admitted_without_details(visitor: Client) -> None:
    answer = visitor.get("/stuk/")
    assert answer.status_code == 500
    assert "Er ging iets mis bij ons" in answer.text
    assert "RuntimeError" not in answer.text


def test_the_demo_says_on_every_page_that_it_is_an_example(visitor: Client, settings) -> None:
    settings.IS_DEMO, settings.TODAY = True, date(2017, 11, 15)
    page = visitor.get("/onderdelen/").text
    assert "Dit is een voorbeeld." in page
    assert "De kalender staat op woensdag 15\N{NO-BREAK SPACE}november 2017." in page


def test_production_does_not_say_so(visitor: Client, settings) -> None:
    settings.IS_DEMO = False
    assert "pa-voorbeeld" not in visitor.get("/onderdelen/").text
