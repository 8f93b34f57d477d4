from django.urls import path

from agreements.stock import views

app_name = "stock"
urlpatterns = [
    path("voorraad/", views.ledger, name="ledger"),
    path("voorraad/<slug:key>/", views.corporation, name="corporation"),
    path("voorraad/<slug:key>/opgeven/<int:year>/", views.submit_statement, name="submit_statement"),
]
