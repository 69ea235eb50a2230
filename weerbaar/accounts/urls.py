"""Signing in, the vault and one's own account; of allauth only the pages we use."""

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as codes
from django.urls import path, re_path
from django.views.generic import RedirectView

from weerbaar.accounts import (
    elsewhere_views,
    factor_views,
    oidc,
    session_views,
    views,
)

urlpatterns = [
    path("inloggen/", account.login, name="account_login"),
    path("inloggen/code/", factor_views.SecondStep.as_view(), name="mfa_authenticate"),
    path("inloggen/organisatie/", oidc.start, name="oidc-login"),
    path(
        "inloggen/organisatie/terug/",
        oidc.callback,
        # Under the name and with the argument by which allauth asks for it.
        {"provider_id": oidc.PROVIDER},
        name="openid_connect_callback",
    ),
    path("account/organisatie/", elsewhere_views.connect, name="oidc-connect"),
    path("kluis/wachtzin/", elsewhere_views.passphrase, name="vault-passphrase"),
    path("kluis/server/", elsewhere_views.weaker, name="vault-server"),
    # Where allauth leads who has no password here.
    path(
        "account/wachtwoord/geen/",
        RedirectView.as_view(pattern_name="vault-passphrase"),
        name="account_set_password",
    ),
    path("uitloggen/", account.logout, name="account_logout"),
    path("kluis/", views.vault_open, name="vault-open"),
    path("kluis/herstellen/", views.vault_recover, name="vault-recover"),
    path("kluis/herstelcode/", views.recovery_code, name="recovery-code"),
    path("account/", views.security, name="account"),
    path(
        "account/beveiliging/",
        RedirectView.as_view(pattern_name="factors"),
        name="mfa_index",
    ),
    path("account/inlogmiddelen/", factor_views.factors, name="factors"),
    path(
        "account/inlogmiddelen/passkey/", factor_views.passkey_add, name="passkey-add"
    ),
    path(
        "account/inlogmiddelen/<int:pk>/kluis/",
        factor_views.passkey_vault,
        name="passkey-vault",
    ),
    path(
        "account/inlogmiddelen/<int:pk>/naam/",
        factor_views.passkey_rename,
        name="passkey-rename",
    ),
    path(
        "account/inlogmiddelen/<int:pk>/verwijderen/",
        factor_views.factor_remove,
        name="factor-remove",
    ),
    path("account/sessies/", session_views.sessions, name="sessions"),
    path(
        "account/sessies/andere/", session_views.end_other_sessions, name="sessions-end"
    ),
    path("account/sessies/<uuid:pk>/", session_views.end_session, name="session-end"),
    path("account/tokens/", views.tokens, name="tokens"),
    path("account/tokens/<uuid:pk>/beeindigen/", views.end_token, name="token-end"),
    path(
        "account/wachtwoord/",
        account.password_change,
        name="account_change_password",
    ),
    path("account/bevestigen/", account.reauthenticate, name="account_reauthenticate"),
    path(
        "account/bevestigen/code/",
        factor_views.Confirm.as_view(),
        name="mfa_reauthenticate",
    ),
    path("account/tweede-stap/", factor_views.set_up_app, name="mfa_activate_totp"),
    # Where allauth asks for a passkey: the page above asks for code and passkey.
    path(
        "account/bevestigen/passkey/",
        RedirectView.as_view(pattern_name="mfa_reauthenticate", query_string=True),
        name="mfa_reauthenticate_webauthn",
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
