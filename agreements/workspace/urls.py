from django.urls import path

from agreements.workspace import views

app_name = "workspace"
urlpatterns = [path("mijn-taken/", views.tasks, name="tasks")]
