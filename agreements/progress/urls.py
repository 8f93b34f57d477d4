from django.urls import path

from agreements.progress import views

app_name = "progress"
urlpatterns = [
    path("afspraken/<str:code>/voortgang/", views.submit_progress, name="submit_progress"),
    path("rondes/", views.rounds, name="rounds"),
    path("rondes/nieuw/", views.open_round, name="open_round"),
    path("rondes/<str:code>/opgave/", views.fill_sheet, name="fill_sheet"),
    path("rondes/<str:code>/sluiten/", views.close_round, name="close_round"),
    path("rondes/<str:code>/herinneren/", views.remind_parties, name="remind_parties"),
    path("rondes/<str:code>/oordelen-tot/", views.move_window, name="move_window"),
    path("oordelen/antwoord/<int:pk>/", views.answer_assessment, name="answer_assessment"),
    path("oordelen/<str:code>/", views.assess_round, name="assess_round"),
    path("oordelen/<str:code>/<str:commitment>/", views.assess_progress, name="assess_progress"),
    path("rondes/<str:code>/heropenen/", views.reopen_round, name="reopen_round"),
    path("organisatie/<slug:key>/akkoord/", views.approve_progress, name="approve_progress"),
    path("opgaven/<int:pk>/terugsturen/", views.send_back_draft, name="send_back_draft"),
    path("organisatie/<slug:key>/akkoord/instellen/", views.require_approval, name="require_approval"),
    path("voortgang/<int:pk>/terugvragen/", views.return_progress, name="return_progress"),
    path("teruggevraagd/<int:pk>/", views.answer_return, name="answer_return"),
]
