"""Endpoints of this package."""

from django.urls import path

from weerbaar.network.api import views

ONE = "releases/<uuid:pk>"

urlpatterns = [
    path("releases", views.Releases.as_view()),
    path(ONE, views.OneRelease.as_view()),
    path(f"{ONE}/tables/<slug:code>", views.OneTable.as_view()),
    path(
        f"{ONE}/tables/<slug:code>/files/<slug:name>",
        views.OneFile.as_view(),
    ),
    path(f"{ONE}/steps", views.ReleaseSteps.as_view()),
    path("themes", views.Themes.as_view()),
]
