from django.urls import path

from agreements.progress import views

app_name = "progress"
urlpatterns = [path("afspraken/<str:code>/voortgang/", views.submit_progress, name="submit_progress")]
