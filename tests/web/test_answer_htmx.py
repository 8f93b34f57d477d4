"""A full page without htmx, a part with it, a form with its status, and 303 or HX-Redirect after a change."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.urls import path

from agreements.web import htmx
from agreements.web.forms import PortalForm

PAGE = "<html>Kop {% partialdef answer inline %}<p id='answer'>Deel</p>{% endpartialdef %}</html>"


class Once(PortalForm):
    a = forms.IntegerField()

    def clean_a(self) -> int:
        if self.cleaned_data["a"] == 2:
            raise ValidationError("Een collega was eerst.", code="conflict")
        return self.cleaned_data["a"]


def show(request: HttpRequest) -> HttpResponse:
    return htmx.page_or_part(request, "test_answer_htmx.html", {}, part="answer", status=422)


def change(request: HttpRequest) -> HttpResponse:
    return htmx.after_post(request, "/klaar/")


def ask(request: HttpRequest) -> HttpResponse:
    form = Once(request.GET or None)
    return htmx.form_page(request, "test_answer_htmx.html", {"form": form})


urlpatterns = [path("toon/", show), path("wijzig/", change), path("vraag/", ask)]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def page(monkeypatch: pytest.MonkeyPatch, tmp_path, settings) -> None:
    """The page above as a file in a template folder of its own."""
    (tmp_path / "test_answer_htmx.html").write_text(PAGE)
    loader = engines["django"].engine.template_loaders[0].loaders[0].loaders[0]
    monkeypatch.setattr(loader, "dirs", [tmp_path])
    engines["django"].engine.template_loaders[0].reset()


def test_without_htmx_the_whole_page_comes(client: Client) -> None:
    answer = client.get("/toon/")
    assert answer.status_code == 422
    assert "Kop" in answer.text


def test_htmx_gets_the_part_it_asks_for(client: Client) -> None:
    answer = client.get("/toon/", headers={"HX-Request": "true", "HX-Target": "answer"})
    assert answer.status_code == 422
    assert answer.text.strip() == "<p id='answer'>Deel</p>"


def test_htmx_gets_the_whole_page_when_it_asks_for_something_else(client: Client) -> None:
    assert "Kop" in client.get("/toon/", headers={"HX-Request": "true", "HX-Target": "body"}).text


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Target": "answer"}])
def test_both_answers_say_on_what_they_depend(client: Client, headers: dict[str, str]) -> None:
    vary = client.get("/toon/", headers=headers)["Vary"]
    assert "HX-Request" in vary
    assert "HX-Target" in vary


def test_after_a_change_a_form_is_sent_on_with_303(client: Client) -> None:
    answer = client.post("/wijzig/")
    assert (answer.status_code, answer["Location"]) == (303, "/klaar/")


def test_after_a_change_htmx_is_sent_on_by_header(client: Client) -> None:
    answer = client.post("/wijzig/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/klaar/")


def test_a_form_is_answered_with_what_became_of_it(client: Client) -> None:
    asked = {query: client.get(f"/vraag/{query}").status_code for query in ("", "?a=1", "?a=x", "?a=2")}
    assert asked == {"": 200, "?a=1": 200, "?a=x": 422, "?a=2": 409}
