"""The aftercare package as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AftercareConfig(AppConfig):
    name = "aftercare"
    label = "aftercare"

    def ready(self) -> None:
        """Say what of this room is sealed to a case, and told when it is taken out."""
        from aftercare.models import CheckIn
        from aftercare.services.exporting import tell
        from aftercare.services.timing import tell_timing
        from cases.services.exporting import register_room
        from cases.services.resealing import SealedField, register
        from cases.services.timing import register_timing

        register(
            SealedField(
                CheckIn,
                "answer_body",
                lambda row: row.answer_place,
                key="dialogue_key",
            ),
            SealedField(CheckIn, "note", lambda row: row.note_place),
        )
        register_room("aftercare", _("Aftercare"), tell)
        register_timing(tell_timing)
