from django.urls import path

from agreements.commitments import views

app_name = "commitments"
urlpatterns = [
    path("jaarschijven/<int:year>/nieuwe-afspraak/", views.draft_commitment, name="draft_commitment"),
    path("afspraken/<str:code>/bewerken/", views.edit_commitment, name="edit_commitment"),
]
