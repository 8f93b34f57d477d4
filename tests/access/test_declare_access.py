"""Every address says who it is for."""

from django.core.checks import run_checks
from django.http import HttpResponse
from django.urls import path

from agreements.access.checks import every_url_declares_its_access, routes


def forgotten(request):
    return HttpResponse()


urlpatterns = [path("vergeten/", forgotten)]


def test_every_address_of_the_portal_declares_its_access():
    assert every_url_declares_its_access() == []
    assert len(list(routes())) > 40


def test_a_forgotten_declaration_stops_the_portal(settings):
    settings.ROOT_URLCONF = __name__
    errors = [error for error in run_checks() if error.id == "agreements.E001"]
    assert [error.msg for error in errors] == ["/vergeten/ does not declare who may use it."]
