"""Endpoints of this package."""

from django.urls import path

from weerbaar.network.api import agenda, stories, views

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
    path("themes", agenda.Themes.as_view()),
    path("themes/<uuid:pk>", agenda.OneTheme.as_view()),
    path("themes/<uuid:pk>/_support", agenda.Support.as_view()),
    path("themes/<uuid:pk>/_unsupport", agenda.Unsupport.as_view()),
    path("themes/<uuid:pk>/steps", agenda.ThemeSteps.as_view()),
    path("themes/<uuid:pk>/activities", agenda.Activities.as_view()),
    path("activities/<uuid:pk>/_finish", agenda.Result.as_view()),
    path("activities/<uuid:pk>/_cancel", agenda.Cancelled.as_view()),
    path("stories", stories.Stories.as_view()),
    path("stories/<uuid:pk>", stories.OneStory.as_view()),
    path("stories/<uuid:pk>/_withdraw", stories.TakeOff.as_view()),
    path("editions", stories.Editions.as_view()),
    path("editions/_receive", stories.Received.as_view()),
    path("editions/<uuid:pk>", stories.OneEdition.as_view()),
    path("editions/<uuid:pk>/steps", stories.EditionSteps.as_view()),
]
