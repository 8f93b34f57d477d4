from django.urls import path

from agreements.documents import views

app_name = "documents"
urlpatterns = [path("bewijs/<int:pk>/<str:name>", views.evidence, name="evidence")]
