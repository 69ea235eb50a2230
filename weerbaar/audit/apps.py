"""The audit package as Django knows it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "weerbaar.audit"
    label = "audit"

    def ready(self) -> None:
        from weerbaar.audit import checks  # noqa: F401 - registering is all
