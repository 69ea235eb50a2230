"""The intake package as Django knows it."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "intake"
    label = "intake"

    def ready(self) -> None:
        """Whoever leaves the site leaves no draft and no opened mailbox behind."""
        from intake.views.cookies import forget
        from weerbaar.web.views import when_leaving

        when_leaving(forget)
