"""The pages of the shell, in both languages."""

from django.urls import path

from weerbaar.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("veilig-gebruik/", views.safe_use, name="safe-use"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("verlopen/", views.expired, name="expired"),
]
