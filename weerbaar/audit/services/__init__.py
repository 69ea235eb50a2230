"""The verbs of audit: record, give a place, sign, and check."""

from weerbaar.audit.services.appending import TreeBroken, append_all, append_waiting
from weerbaar.audit.services.checkpointing import (
    HistoryRewritten,
    mail_witness,
    newest_checkpoint,
    sign,
)
from weerbaar.audit.services.recording import (
    FactNotAllowed,
    record,
    record_grants,
    record_revocations,
)
from weerbaar.audit.services.verifying import Report, verify

__all__ = [
    "FactNotAllowed",
    "HistoryRewritten",
    "Report",
    "TreeBroken",
    "append_all",
    "append_waiting",
    "mail_witness",
    "newest_checkpoint",
    "record",
    "record_grants",
    "record_revocations",
    "sign",
    "verify",
]
