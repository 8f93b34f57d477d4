from django.urls import path

from agreements.process import views

app_name = "process"
urlpatterns = [
    path("jaarschijven/<int:year>/fase/<slug:phase>/", views.change_phase, name="change_phase"),
]
