from django.urls import path

from agreements.documents import views

app_name = "documents"
urlpatterns = [
    path("bewijs/<int:pk>/<str:name>", views.evidence, name="evidence"),
    path("mandaten/<int:pk>/besluit/", views.add_decision, name="add_decision"),
]
