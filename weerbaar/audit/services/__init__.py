"""The verbs of audit."""

from weerbaar.audit.services.recording import FactNotAllowed, record

__all__ = ["FactNotAllowed", "record"]
