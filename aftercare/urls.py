"""Pages of this package."""

from django.urls import path

from aftercare import views

TAB = "zaken/<slug:reference>/nazorg/"

urlpatterns = [
    path(TAB, views.aftercare, name="case-aftercare"),
    path(f"{TAB}<uuid:pk>/", views.check_in, name="case-check-in"),
]
