from django.urls import path

from agreements.commitments import views

app_name = "commitments"
urlpatterns = [
    path("jaarschijven/<int:year>/nieuwe-afspraak/", views.draft_commitment, name="draft_commitment"),
    path("jaarschijven/<int:year>/overnemen/", views.copy_commitments, name="copy_commitments"),
    path("jaarschijven/<int:year>/volgorde/", views.move_commitment, name="move_commitment"),
    path("afspraken/<str:code>/bewerken/", views.edit_commitment, name="edit_commitment"),
    path("afspraken/<str:code>/intrekken/", views.withdraw_commitment, name="withdraw_commitment"),
    path("indicatoren/", views.indicators, name="indicators"),
    path("indicatoren/nieuw/", views.define_indicator, name="define_indicator"),
    path("afspraken/<str:code>/wijzigen/", views.propose_amendment, name="propose_amendment"),
    path("afspraken/<str:code>/versies/", views.compare_versions, name="compare_versions"),
    path("wijzigingen/<int:pk>/", views.answer_amendment, name="answer_amendment"),
    path("wijzigingen/<int:pk>/intrekken/", views.withdraw_amendment, name="withdraw_amendment"),
]
