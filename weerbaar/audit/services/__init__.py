"""The verbs of audit: record, and give a place."""

from weerbaar.audit.services.appending import TreeBroken, append_all, append_waiting
from weerbaar.audit.services.recording import FactNotAllowed, record

__all__ = [
    "FactNotAllowed",
    "TreeBroken",
    "append_all",
    "append_waiting",
    "record",
]
