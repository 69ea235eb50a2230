"""The accounts package as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "weerbaar.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Signing in begins a session; what changes in an account is told."""
        from allauth.account import signals as account
        from allauth.mfa import signals as mfa
        from allauth.socialaccount import signals as social
        from django.contrib.auth import signals as auth

        from weerbaar.accounts import (
            oidc,
            second_factor,
            sessions,
            vault_session,
            watching,
        )

        auth.user_logged_in.connect(vault_session.begin, dispatch_uid="accounts.begin")
        for signal, receiver in (
            (mfa.authenticator_added, second_factor.note_set_up),
            (mfa.authenticator_added, watching.factor_added),
            (mfa.authenticator_reset, watching.codes_renewed),
            (mfa.authenticator_used, watching.factor_used),
            (mfa.authentication_failed, watching.factor_failed),
            (account.user_logged_in, watching.signed_in),
            (account.authentication_step_completed, sessions.renew),
            (social.social_account_added, oidc.note_bound),
        ):
            signal.connect(receiver, dispatch_uid=f"accounts.{receiver.__name__}")
