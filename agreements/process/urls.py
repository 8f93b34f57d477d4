from django.urls import include, path

from agreements.process import views

app_name = "process"
one_proposal = [
    path("", views.proposal, name="proposal"),
    path("bewerken/", views.edit_proposal, name="edit_proposal"),
    path("intrekken/", views.withdraw_proposal, name="withdraw_proposal"),
    path("overnemen/", views.take_up_proposal, name="take_up_proposal"),
    path("samenvoegen/", views.merge_proposal, name="merge_proposal"),
    path("afwijzen/", views.decline_proposal, name="decline_proposal"),
]
urlpatterns = [
    path("jaarkalender/", views.calendar, name="calendar"),
    path("van-agenda-naar-afspraak/", views.lineage, name="lineage"),
    path("jaarschijven/<int:year>/voorbereiden/", views.prepare_year, name="prepare_year"),
    path("jaarschijven/<int:year>/planning/", views.set_deadlines, name="set_deadlines"),
    path("jaarschijven/<int:year>/fase/<slug:phase>/", views.change_phase, name="change_phase"),
    path("jaarschijven/<int:year>/voorstellen/", views.proposals, name="proposals"),
    path("jaarschijven/<int:year>/voorstellen/nieuw/", views.make_proposal, name="make_proposal"),
    path("jaarschijven/<int:year>/voorstellen/<int:number>/", include(one_proposal)),
    path("jaarschijven/<int:year>/opmerkingen/", views.comments, name="comments"),
    path("afspraken/<str:code>/opmerkingen/nieuw/", views.add_comment, name="add_comment"),
    path("afspraken/<str:code>/opmerkingen/<int:number>/", views.answer_comment, name="answer_comment"),
    path(
        "jaarschijven/<int:year>/ondertekening/<int:number>/sluiten/",
        views.close_signing,
        name="close_signing",
    ),
]
