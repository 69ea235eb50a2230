"""The referrals package as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferralsConfig(AppConfig):
    name = "referrals"
    label = "referrals"

    def ready(self) -> None:
        """Say what of this room is sealed to a case, and told when it is taken out."""
        from cases.services.exporting import register_room
        from cases.services.resealing import SealedField, register
        from referrals.models import Consent, Referral
        from referrals.services.exporting import tell

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
        register_room("referrals", _("Referrals"), tell)
