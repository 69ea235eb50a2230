"""Endpoints of this package."""

from django.urls import path

from cases.api import views

PROMISE = "cases/<slug:reference>/commitments/<uuid:pk>"

urlpatterns = [
    path("cases", views.Cases.as_view(), name="api-cases"),
    path("cases/<slug:reference>", views.OneCase.as_view(), name="api-case"),
    path("cases/<slug:reference>/statements", views.Statements.as_view()),
    path("cases/<slug:reference>/messages", views.Messages.as_view()),
    path("cases/<slug:reference>/report", views.Report.as_view()),
    path("cases/<slug:reference>/steps", views.Steps.as_view()),
    path("cases/<slug:reference>/commitments", views.Commitments.as_view()),
    path(f"{PROMISE}/_keep", views.Keep.as_view()),
    path(f"{PROMISE}/_cancel", views.Cancel.as_view()),
    path(f"{PROMISE}/_miss", views.Miss.as_view()),
    path(f"{PROMISE}/_move", views.Move.as_view()),
    path("cases/<slug:reference>/timeline", views.Timeline.as_view()),
]
