"""All addresses of the portal; the slices own theirs (agreements/urls.py)."""

from django.urls import include, path

from agreements.web import errors

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("agreements.urls")),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
