"""The accounts package as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "weerbaar.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """The absolute end of a session is set when somebody signs in."""
        from allauth.mfa.signals import authenticator_added
        from django.contrib.auth.signals import user_logged_in

        from weerbaar.accounts.second_factor import note_set_up
        from weerbaar.accounts.vault_session import begin

        user_logged_in.connect(begin, dispatch_uid="accounts.session_end")
        authenticator_added.connect(note_set_up, dispatch_uid="accounts.factor_set_up")
