"""Signing in, the vault and one's own account; of allauth only the pages we use."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path
from django.views.generic import RedirectView

from weerbaar.accounts import views

urlpatterns = [
    path("inloggen/", account.login, name="account_login"),
    path("inloggen/code/", mfa.authenticate, name="mfa_authenticate"),
    path("uitloggen/", account.logout, name="account_logout"),
    path("kluis/", views.vault_open, name="vault-open"),
    path("kluis/herstellen/", views.vault_recover, name="vault-recover"),
    path("kluis/herstelcode/", views.recovery_code, name="recovery-code"),
    path("account/", views.security, name="account"),
    path(
        "account/beveiliging/",
        RedirectView.as_view(pattern_name="account"),
        name="mfa_index",
    ),
    path("account/tokens/", views.tokens, name="tokens"),
    path("account/tokens/<uuid:pk>/beeindigen/", views.end_token, name="token-end"),
    path(
        "account/wachtwoord/",
        account.password_change,
        name="account_change_password",
    ),
    path("account/bevestigen/", account.reauthenticate, name="account_reauthenticate"),
    path("account/bevestigen/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/tweede-stap/", totp.activate_totp, name="mfa_activate_totp"),
    # Nobody switches the second factor off; allauth leads here when it is on already.
    path(
        "account/tweede-stap/aan/",
        RedirectView.as_view(pattern_name="account"),
        name="mfa_deactivate_totp",
    ),
    path(
        "account/reservecodes/",
        codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/reservecodes/nieuw/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("wachtwoord-vergeten/", account.password_reset, name="account_reset_password"),
    path(
        "wachtwoord-vergeten/verstuurd/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "wachtwoord-instellen/klaar/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^wachtwoord-instellen/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
