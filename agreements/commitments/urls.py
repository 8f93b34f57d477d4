from django.urls import path

from agreements.commitments import views

app_name = "commitments"
urlpatterns = [
    path("afspraken/<str:code>/bewerken/", views.edit_commitment, name="edit_commitment"),
    path("afspraken/<str:code>/wijzigen/", views.propose_amendment, name="propose_amendment"),
    path("afspraken/<str:code>/versies/", views.compare_versions, name="compare_versions"),
    path("wijzigingen/<int:pk>/", views.answer_amendment, name="answer_amendment"),
    path("wijzigingen/<int:pk>/intrekken/", views.withdraw_amendment, name="withdraw_amendment"),
]
