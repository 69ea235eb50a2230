"""The referrals package as Django knows it."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"
    label = "referrals"

    def ready(self) -> None:
        """Say which fields of this room are sealed to a case."""
        from cases.services.resealing import SealedField, register
        from referrals.models import Consent, Referral

        register(
            SealedField(
                Referral, "preview", lambda row: row.preview_place, key="dialogue_key"
            ),
            SealedField(
                Consent,
                "text",
                lambda row: row.place,
                of_case="referral__case",
                key="dialogue_key",
            ),
        )
