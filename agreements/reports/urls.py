from django.urls import path

from agreements.reports import views

app_name = "reports"
urlpatterns = [
    path("rapportages/", views.reports, name="reports"),
    path("rapportages/nieuw/", views.create_report, name="create_report"),
    path("rapportages/<str:number>.pdf", views.download_report, name="download_report"),
    path("rapportages/<str:number>/", views.report, name="report"),
    path("rapportages/<str:number>/opnieuw/", views.retry_report, name="retry_report"),
    path("rapportages/<str:number>/publiceren/", views.publish_report, name="publish_report"),
]
