from django.urls import path

from agreements.workspace import views

app_name = "workspace"
urlpatterns = [
    path("mijn-taken/", views.tasks, name="tasks"),
    path("mijn-taken/agenda/", views.calendar_feed, name="calendar_feed"),
    path("agenda-feed/<str:token>.ics", views.read_feed, name="read_feed"),
]
