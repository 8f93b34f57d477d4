from django.urls import path

from agreements.public import views

app_name = "public"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("afspraken/", views.commitments, name="commitments"),
    path("afspraken/<str:code>/", views.commitment, name="commitment"),
    path("jaarschijven/", views.year_slices, name="year_slices"),
    path("jaarschijven/<int:year>/", views.year_slice, name="year_slice"),
    path("partijen/", views.parties, name="parties"),
    path("partijen/<slug:key>/", views.party, name="party"),
    path("themas/<slug:code>/", views.theme, name="theme"),
    path("uitleg/", views.explanation, name="explanation"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
]
