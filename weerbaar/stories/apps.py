"""The stories package as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "weerbaar.stories"
    label = "stories"

    def ready(self) -> None:
        """Say what of this room is sealed to a case, and told when it is taken out."""
        from cases.services.exporting import register_room
        from cases.services.resealing import SealedField, register
        from weerbaar.stories.models import Story
        from weerbaar.stories.services.exporting import tell

        register(
            SealedField(
                Story, "text", lambda row: row.place("text"), key="dialogue_key"
            ),
            SealedField(
                Story, "wish", lambda row: row.place("wish"), key="dialogue_key"
            ),
            SealedField(Story, "way", lambda row: row.place("way"), key="dialogue_key"),
        )
        register_room("stories", _("Practice story"), tell)
