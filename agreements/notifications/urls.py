from django.urls import path

from agreements.notifications import views

app_name = "notifications"
urlpatterns = [
    path("mail-bij-rapportages/", views.subscribe, name="subscribe"),
    path(
        "mail-bij-rapportages/bevestigen/<str:token>/",
        views.confirm_subscription,
        name="confirm_subscription",
    ),
    path("mail-bij-rapportages/afmelden/<str:token>/", views.end_subscription, name="end_subscription"),
    path("berichten/", views.notifications, name="notifications"),
    path("berichten/instellingen/", views.set_preferences, name="set_preferences"),
    path("berichten/afmelden/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("berichten/post/", views.read_post, name="read_post"),
    path("berichten/post/<int:pk>/", views.read_mail, name="read_mail"),
    path("berichten/post/<int:pk>/opnieuw/", views.retry_mail, name="retry_mail"),
]
