"""The shapes of what the reporter's endpoints answer, for the OpenAPI document."""

from intake.api.outputs.mailbox import (
    ConsentOutput,
    MailboxOutput,
    OwnReportOutput,
    SentFileOutput,
)
from intake.api.outputs.reporting import (
    CodeOutput,
    OrganisationOutput,
    ReceiptOutput,
    ReceiverOutput,
)

__all__ = [
    "CodeOutput",
    "ConsentOutput",
    "MailboxOutput",
    "OrganisationOutput",
    "OwnReportOutput",
    "ReceiptOutput",
    "ReceiverOutput",
    "SentFileOutput",
]
