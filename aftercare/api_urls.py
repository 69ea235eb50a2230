"""Endpoints of this package."""

from django.urls import path

from aftercare.api import views

PLAN = "cases/<slug:reference>/aftercare"
CHECK_IN = "check-ins/<uuid:pk>"

urlpatterns = [
    path(PLAN, views.Aftercare.as_view()),
    path(f"{PLAN}/_respond", views.Respond.as_view()),
    path(f"{PLAN}/_conclude", views.Conclude.as_view()),
    path(f"{CHECK_IN}/_hold", views.Hold.as_view()),
    path(f"{CHECK_IN}/_miss", views.Miss.as_view()),
    path(f"{CHECK_IN}/_move", views.Move.as_view()),
    path(f"{CHECK_IN}/_cancel", views.Cancel.as_view()),
]
