"""Endpoints of this package."""

from django.urls import path

from cases.api import (
    approving,
    evidence,
    overview,
    people,
    promising,
    stepping,
    talking,
    worklist,
)

CASE = "cases/<slug:reference>"
FILE = f"{CASE}/files/<uuid:pk>"
APPROVAL = f"{CASE}/approvals/<uuid:pk>"
PROMISE = f"{CASE}/commitments/<uuid:pk>"

urlpatterns = [
    path("cases", worklist.Cases.as_view(), name="api-cases"),
    path(CASE, overview.OneCase.as_view(), name="api-case"),
    path(f"{CASE}/report", overview.Report.as_view()),
    path(f"{CASE}/safe-contact", overview.SafeContact.as_view()),
    path(f"{CASE}/identity-openings", overview.IdentityOpenings.as_view()),
    path(f"{CASE}/timeline", overview.Timeline.as_view()),
    path(f"{CASE}/statements", talking.Statements.as_view()),
    path(f"{CASE}/notes", talking.Notes.as_view()),
    path(f"{CASE}/messages", talking.Messages.as_view()),
    path(f"{CASE}/files", evidence.Files.as_view()),
    path(f"{FILE}", evidence.OneFile.as_view()),
    path(f"{FILE}/content", evidence.Content.as_view()),
    path(f"{FILE}/original", evidence.Original.as_view()),
    path(f"{CASE}/steps", stepping.Steps.as_view()),
    path(f"{CASE}/colleagues", people.Colleagues.as_view()),
    path(f"{CASE}/_assign", people.Assign.as_view()),
    path(f"{CASE}/_transfer", people.HandOver.as_view()),
    path(f"{CASE}/_deputise", people.Deputise.as_view()),
    path(f"{CASE}/_relieve", people.EndDeputy.as_view()),
    path(f"{CASE}/_recuse", approving.Recuse.as_view()),
    path(f"{CASE}/approvals", approving.CaseApprovals.as_view()),
    path(f"{APPROVAL}/_withdraw", approving.WithdrawApproval.as_view()),
    path(f"{APPROVAL}/_destroy", approving.DestroyEarly.as_view()),
    path("approvals", approving.Waiting.as_view()),
    path("approvals/<uuid:pk>/_answer", approving.Answer.as_view()),
    path(f"{CASE}/commitments", promising.Commitments.as_view()),
    path(f"{PROMISE}/_keep", promising.Keep.as_view()),
    path(f"{PROMISE}/_cancel", promising.Cancel.as_view()),
    path(f"{PROMISE}/_miss", promising.Miss.as_view()),
    path(f"{PROMISE}/_move", promising.Move.as_view()),
]
