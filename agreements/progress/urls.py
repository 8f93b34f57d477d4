from django.urls import path

from agreements.progress import views

app_name = "progress"
urlpatterns = [
    path("afspraken/<str:code>/voortgang/", views.submit_progress, name="submit_progress"),
    path("rondes/", views.rounds, name="rounds"),
    path("rondes/nieuw/", views.open_round, name="open_round"),
    path("rondes/<str:code>/sluiten/", views.close_round, name="close_round"),
]
