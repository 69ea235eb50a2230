"""The notices package as Django knows it."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "weerbaar.notices"
    label = "notices"

    def ready(self) -> None:
        """Hear of every event, and count for the bell of the shell."""
        from weerbaar.audit.signals import recorded
        from weerbaar.notices.services import tell, unread_count
        from weerbaar.web.context import count_notices_with

        recorded.connect(tell, dispatch_uid="notices.tell")
        count_notices_with(unread_count)
