"""The aftercare package as Django knows it."""

from django.apps import AppConfig


class AftercareConfig(AppConfig):
    name = "aftercare"
    label = "aftercare"

    def ready(self) -> None:
        """Say which fields of this room are sealed to a case."""
        from aftercare.models import CheckIn
        from cases.services.resealing import SealedField, register

        register(
            SealedField(
                CheckIn,
                "answer_body",
                lambda row: row.answer_place,
                key="dialogue_key",
            ),
            SealedField(CheckIn, "note", lambda row: row.note_place),
        )
