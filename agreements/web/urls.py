from django.urls import path

from agreements.web import health, views

app_name = "web"
urlpatterns = [
    path("gezond/", health.health, name="health"),
    path("onderdelen/", views.components, name="components"),
]
