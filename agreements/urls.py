"""Each slice owns its addresses; this file only gathers them."""

from django.urls import include, path

SLICES = (
    "web",
    "accounts",
    "parties",
    "documents",
    "commitments",
    "agenda",
    "progress",
    "stock",
    "signing",
    "process",
    "reports",
    "public",
    "workspace",
    "notifications",
)
urlpatterns = [path("", include(f"agreements.{name}.urls")) for name in SLICES]
