from django.urls import path

from agreements.signing import views

app_name = "signing"
ROUND = "jaarschijven/<int:year>/ondertekening/<int:number>/"
urlpatterns = [
    path("jaarschijven/<int:year>/ondertekening/nieuw/", views.open_round, name="open_round"),
    path("organisatie/<slug:key>/certificaat/", views.add_certificate, name="add_certificate"),
    path(
        "organisatie/<slug:key>/certificaat/verwijderen/",
        views.remove_certificate,
        name="remove_certificate",
    ),
    path(ROUND, views.signing_round, name="signing_round"),
    path(f"{ROUND}tekst.pdf", views.download_document, name="download_document"),
    path(f"{ROUND}ondertekend.pdf", views.download_signed, name="download_signed"),
    path(f"{ROUND}opnieuw/", views.retry_round, name="retry_round"),
    path(f"{ROUND}beeindigen/", views.end_round, name="end_round"),
    path(f"{ROUND}<slug:key>/tekenen/", views.sign, name="sign"),
    path(f"{ROUND}<slug:key>/niet-tekenen/", views.decline, name="decline"),
    path(f"{ROUND}<slug:key>/buiten-het-portaal/", views.note_outside, name="note_outside"),
    path(f"{ROUND}<slug:key>/buiten-het-portaal/bevestigen/", views.confirm_outside, name="confirm_outside"),
    path(f"{ROUND}<slug:key>/buiten-het-portaal/afkeuren/", views.reject_outside, name="reject_outside"),
    path(f"{ROUND}<slug:key>/tekent-niet/", views.note_decline, name="note_decline"),
    path(f"{ROUND}<slug:key>/overdragen/", views.delegate, name="delegate"),
    path(f"{ROUND}<slug:key>/verklaring/", views.add_afterword, name="add_afterword"),
]
