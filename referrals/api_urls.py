"""Endpoints of this package."""

from django.urls import path

from referrals.api import desk, handling

ONE = "referrals/<uuid:pk>"
PACKAGE = "desk/referrals/<uuid:pk>"

urlpatterns = [
    path("cases/<slug:reference>/referrals", handling.CaseReferrals.as_view()),
    path("cases/<slug:reference>/partners", handling.Partners.as_view()),
    path(ONE, handling.ReferralDetail.as_view()),
    path(f"{ONE}/_revise", handling.Revise.as_view()),
    path(f"{ONE}/consents", handling.Consents.as_view()),
    path(f"{ONE}/steps", handling.ReferralSteps.as_view()),
    path(f"{ONE}/answers/<uuid:answer>/_release", handling.ReleaseAnswer.as_view()),
    path("desk/referrals", desk.Packages.as_view()),
    path(PACKAGE, desk.Package.as_view()),
    path(f"{PACKAGE}/answers", desk.PackageAnswers.as_view()),
    path(f"{PACKAGE}/steps", desk.PackageSteps.as_view()),
]
