from django.urls import path

from agreements.accounts import views

app_name = "accounts"
urlpatterns = [
    path("account/", views.account, name="account"),
]
