from django.urls import path

from agreements.progress import views

app_name = "progress"
urlpatterns = [
    path("afspraken/<str:code>/voortgang/", views.submit_progress, name="submit_progress"),
    path("rondes/", views.rounds, name="rounds"),
    path("rondes/nieuw/", views.open_round, name="open_round"),
    path("rondes/<str:code>/sluiten/", views.close_round, name="close_round"),
    path("oordelen/antwoord/<int:pk>/", views.answer_assessment, name="answer_assessment"),
    path("oordelen/<str:code>/", views.assess_round, name="assess_round"),
    path("oordelen/<str:code>/<str:commitment>/", views.assess_progress, name="assess_progress"),
]
