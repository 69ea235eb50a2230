"""Endpoints of the reporter's door."""

from django.urls import path

from intake.api import evidence, mailbox, reporting

urlpatterns = [
    path("reports", reporting.Reports.as_view(), name="api-reports"),
    path("organisations", reporting.Organisations.as_view(), name="api-organisations"),
    path(
        "organisations/<uuid:pk>/receivers",
        reporting.Receivers.as_view(),
        name="api-receivers",
    ),
    path("code-lists/<slug:name>", reporting.CodeLists.as_view(), name="api-code-list"),
    path("mailbox", mailbox.Mailbox.as_view(), name="api-mailbox"),
    path("mailbox/report", mailbox.OwnReport.as_view(), name="api-mailbox-report"),
    path("mailbox/messages", mailbox.Messages.as_view(), name="api-mailbox-messages"),
    path("mailbox/files", evidence.Files.as_view(), name="api-mailbox-files"),
    path(
        "mailbox/files/<uuid:pk>/content",
        evidence.Content.as_view(),
        name="api-mailbox-file",
    ),
    path("mailbox/wishes", mailbox.Wishes.as_view(), name="api-mailbox-wishes"),
    path(
        "mailbox/counting-choices",
        mailbox.CountingChoices.as_view(),
        name="api-mailbox-counting",
    ),
    path(
        "mailbox/exclusions",
        mailbox.Exclusions.as_view(),
        name="api-mailbox-exclusions",
    ),
    path(
        "mailbox/aftercare-responses",
        mailbox.AftercareResponses.as_view(),
        name="api-mailbox-aftercare",
    ),
    path(
        "mailbox/check-ins/<uuid:pk>/answers",
        mailbox.CheckInAnswers.as_view(),
        name="api-mailbox-answers",
    ),
    path(
        "mailbox/consents/<uuid:pk>",
        mailbox.Consents.as_view(),
        name="api-mailbox-consent",
    ),
    path("mailbox/_withdraw", mailbox.Withdraw.as_view(), name="api-mailbox-withdraw"),
    path("mailbox/_close", mailbox.Close.as_view(), name="api-mailbox-close"),
]
