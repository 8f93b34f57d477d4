"""The pages for when something is not possible. Each says what happened and what to do next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

SENTENCES = {
    400: ("Deze aanvraag klopt niet", "Ga terug en probeer het opnieuw."),
    403: ("Dit mag u nu niet doen", "Uw account mag dit niet. Moet u dit wel kunnen? Bel 14 035."),
    404: (
        "Deze pagina bestaat niet",
        "Misschien is het adres verkeerd getypt, of is de pagina niet openbaar.",
    ),
    413: (
        "U stuurt te veel tegelijk",
        "Ga terug met de terugknop. Uw tekst staat er dan nog. Maak de tekst korter of kies een kleiner bestand.",
    ),
    419: (
        "De pagina stond te lang open",
        "Ga terug met de terugknop. Uw tekst staat er dan nog. Laad de pagina opnieuw en verstuur nog een keer.",
    ),
}


def page(request: HttpRequest, status: int, *, shown_as: int | None = None, reason: str = "") -> HttpResponse:
    """The error page for `status`; `shown_as` picks another text, `reason` replaces its second sentence."""
    heading, message = SENTENCES[shown_as or status]
    context = {"status": status, "heading": heading, "message": reason or message}
    return render(request, "web/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400; too much text at once is Django's RequestDataTooBig and gets its own sentence."""
    too_big = type(exception).__name__ in ("RequestDataTooBig", "TooManyFieldsSent", "TooManyFilesSent")
    return page(request, 413) if too_big else page(request, 400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403 with the Dutch reason of the rule that refused."""
    return page(request, 403, reason=getattr(exception, "reason", ""))


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: for what does not exist and, the same, for what this person may not see."""
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without database or context processors: those may be what is broken."""
    return HttpResponse(loader.render_to_string("web/500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's secret no longer fits the browser's cookie."""
    return page(request, 403, shown_as=419)
