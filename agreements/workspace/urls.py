from django.urls import path

from agreements.workspace import views

app_name = "workspace"
urlpatterns = [
    path("mijn-taken/", views.tasks, name="tasks"),
    path("mijn-taken/overzicht/", views.oversee, name="oversee"),
    path("mijn-taken/agenda/", views.calendar_feed, name="calendar_feed"),
    path("agenda-feed/<str:token>.ics", views.read_feed, name="read_feed"),
    path("meekijken/", views.desk, name="desk"),
    path("meekijken/lijst/", views.meeting_list, name="meeting_list"),
    path("meekijken/notities/<int:pk>/verwijderen/", views.remove_note, name="remove_note"),
    path("meekijken/notities/<str:code>/", views.add_note, name="add_note"),
    path("meekijken/links/nieuw/", views.share_desk, name="share_desk"),
    path("meekijken/links/<int:pk>/intrekken/", views.revoke_link, name="revoke_link"),
    path("meekijken/<slug:token>/", views.shared_desk, name="shared_desk"),
]
