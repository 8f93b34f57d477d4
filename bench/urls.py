"""Addresses of the anchor."""

from django.urls import path

from bench.admin_site import site

urlpatterns = [path("admin/", site.urls)]
