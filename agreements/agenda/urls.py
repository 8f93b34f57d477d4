from django.urls import path

from agreements.agenda import views

app_name = "agenda"
urlpatterns = [
    path("agenda/", views.agenda_items, name="agenda_items"),
    path("agenda/<str:code>/", views.agenda_item, name="agenda_item"),
    path("agenda/<str:code>/besluit/<int:year>/", views.decide_fate, name="decide_fate"),
]
