from django.urls import path

from agreements.parties import views

app_name = "parties"
urlpatterns = [
    path("mandaten/", views.mandates, name="mandates"),
    path("mandaten/nieuw/<slug:key>/", views.grant_mandate, name="grant_mandate"),
    path("mandaten/<int:pk>/beeindigen/", views.end_mandate, name="end_mandate"),
]
