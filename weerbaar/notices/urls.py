"""Pages of the notices."""

from django.urls import path

from weerbaar.notices import views

urlpatterns = [
    path("meldingen-voor-u/", views.notices, name="notices"),
    path("meldingen-voor-u/gelezen/", views.read_all, name="notices-read"),
    path("meldingen-voor-u/<uuid:pk>/", views.read_one, name="notice-read"),
]
