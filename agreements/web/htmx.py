"""Answers that are a full page without JavaScript and a part of it with htmx."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from agreements.web.request import Request


def page_or_part(
    request: Request, template: str, context: dict[str, Any], *, part: str, status: int = 200
) -> HttpResponse:
    """Render `template`, or only its `{% partialdef part %}` when htmx asks for the element with that id.

    Vary is set on both, or the Back button would show a bare part.
    """
    name = f"{template}#{part}" if request.htmx and request.htmx.target == part else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def form_page(request: Request, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page with `context["form"]`, or its part `formulier`: 422 for wrong answers, 409 when somebody was first."""
    form = context["form"]
    status = 409 if form.has_conflict else 422 if form.errors else 200
    return page_or_part(request, template, context, part="formulier", status=status)


def after_post(request: Request, url: str) -> HttpResponse:
    """Answer a change that was made: on to `url`, with 303 or the header of htmx, so that reloading repeats nothing."""
    if request.htmx:
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url, status=303)


def reload_page() -> HttpResponse:
    """With htmx: have the browser ask the whole page again."""
    return HttpResponseClientRefresh()
