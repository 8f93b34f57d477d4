from django.urls import path

from agreements.reports import views

app_name = "reports"
urlpatterns = [
    path("controleren/", views.check_report, name="check_report"),
    path("rapportages/", views.reports, name="reports"),
    path("rapportages/nieuw/", views.create_report, name="create_report"),
    path("rapportages/verschil/", views.compare_reports, name="compare_reports"),
    path("rapportages/feed.atom", views.feed, name="feed"),
    path("rapportages/rapportage.schema.json", views.schema, name="schema"),
    path("rapportages/<str:number>.pdf", views.download_report, name="download_report"),
    *(
        path(f"rapportages/<str:number>.{kind}", views.download_data, {"kind": kind}, name=f"download_{kind}")
        for kind in views.DATA
    ),
    path("rapportages/<str:number>/", views.report, name="report"),
    path("rapportages/<str:number>/opnieuw/", views.retry_report, name="retry_report"),
    path("rapportages/<str:number>/stoppen/", views.cancel_report, name="cancel_report"),
    path("rapportages/<str:number>/voorleggen/", views.share_report, name="share_report"),
    path("rapportages/<str:number>/reactie/", views.comment_on_report, name="comment_on_report"),
    path("rapportages/<str:number>/publiceren/", views.publish_report, name="publish_report"),
    path("rapportages/<str:number>/handtekening-vragen/", views.ask_signature, name="ask_signature"),
    path("rapportages/<str:number>/zonder-handtekening/", views.drop_signature, name="drop_signature"),
    path("rapportages/<str:number>/tekenen/", views.sign_report, name="sign_report"),
    path("rapportages/<str:number>/intrekken/", views.withdraw_report, name="withdraw_report"),
    path("rapportages/<str:number>/verbeteren/", views.correct_report, name="correct_report"),
]
