from django.urls import path

from agreements.process import views

app_name = "process"
urlpatterns = [
    path("jaarkalender/", views.calendar, name="calendar"),
    path("van-agenda-naar-afspraak/", views.lineage, name="lineage"),
    path("jaarschijven/<int:year>/voorbereiden/", views.prepare_year, name="prepare_year"),
    path("jaarschijven/<int:year>/planning/", views.set_deadlines, name="set_deadlines"),
    path("jaarschijven/<int:year>/fase/<slug:phase>/", views.change_phase, name="change_phase"),
    path(
        "jaarschijven/<int:year>/ondertekening/<int:number>/sluiten/",
        views.close_signing,
        name="close_signing",
    ),
]
