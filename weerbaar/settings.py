"""All settings of Weerbaar, from the environment; a missing secret fails loudly."""

import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parent.parent


def env(name: str, default: str | None = None) -> str:
    """A setting, or the content of the file that NAME_FILE points at."""
    if file := os.environ.get(f"{name}_FILE"):
        return Path(file).read_text(encoding="utf-8").strip()
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE in the environment.")
    return value


def env_list(name: str, default: str | None = "") -> list[str]:
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


# --- where we run -------------------------------------------------------------------

ENVIRONMENT = env("WEERBAAR_ENV", "production")
if ENVIRONMENT not in {"production", "development", "demo", "test"}:
    raise ImproperlyConfigured("WEERBAAR_ENV is production, development, demo or test.")
PRODUCTION = ENVIRONMENT == "production"
# The demo has sign-in buttons with known secrets: never beside real data.
DEMO = ENVIRONMENT in {"demo", "development"}
DEBUG = False
DEMO_PAGES = DEMO or ENVIRONMENT == "test"
if PRODUCTION and os.environ.get("WEERBAAR_DEMO_SIGN_IN"):
    raise ImproperlyConfigured("The demo sign-in does not exist in production.")


def elsewhere(default: str) -> str | None:
    """The value outside production, where a setting has to be given."""
    return None if PRODUCTION else default


STATE = Path(env("WEERBAAR_STATE", elsewhere(str(ROOT / ".run" / "state"))))
SECRET_KEY = env("SECRET_KEY")
# Kept outside the database: without it a dump's receipts cannot even be guessed at.
RECEIPT_PEPPER = env("RECEIPT_PEPPER").encode()
if PRODUCTION and min(len(SECRET_KEY), len(RECEIPT_PEPPER)) < 32:
    raise ImproperlyConfigured("SECRET_KEY and RECEIPT_PEPPER have 32 signs or more.")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", elsewhere("127.0.0.1,localhost,testserver"))
SITE_ADDRESS = env("SITE_ADDRESS", elsewhere("http://127.0.0.1:8000")).rstrip("/")
if PRODUCTION and not SITE_ADDRESS.startswith("https://"):
    raise ImproperlyConfigured("SITE_ADDRESS begins with https://.")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")

# --- what it is made of -------------------------------------------------------------

INSTALLED_APPS = [
    "weerbaar.vault",
    "weerbaar.accounts",
    "weerbaar.audit",
    "weerbaar.outbox",
    "weerbaar.contributions",
    "weerbaar.web",
    "cases",
    "referrals",
    "aftercare",
    "weerbaar.stories",
    "intake",
    "weerbaar.notices",
    "weerbaar.network",
    "weerbaar.custody",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "rest_framework",
    "drf_spectacular",
]
if DEMO_PAGES:
    INSTALLED_APPS.append("weerbaar.demo")
MIDDLEWARE = [
    "weerbaar.web.middleware.ApiVersionMiddleware",
    "weerbaar.web.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "weerbaar.web.middleware.RefusalMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "weerbaar.accounts.middleware.VaultMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "weerbaar.urls"
WSGI_APPLICATION = "weerbaar.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "weerbaar.web.context.shell",
            ],
            "builtins": ["weerbaar.web.templatetags.weerbaar"],
        },
    }
]
FORM_RENDERER = "weerbaar.web.forms.Renderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- database and background work ----------------------------------------------------


def database(**wanted: str) -> dict[str, Any]:
    """A PostgreSQL connection; what is not given is as libpq has it.

    Production speaks to another machine over TLS alone, and checks who it is.
    """
    here = wanted["HOST"].startswith("/") or wanted["HOST"] in {"", "localhost"}
    tls = {"sslmode": "verify-full"} if PRODUCTION and not here else {}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **wanted,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 3, **tls},
        "TEST": {"NAME": f"test_{wanted['NAME']}"},
    }


DATABASES = {
    "default": database(
        NAME=env("PGDATABASE", "weerbaar"),
        USER=env("PGUSER", "weerbaar_app"),
        PASSWORD=env("PGPASSWORD", ""),
        HOST=env("PGHOST", ""),
        PORT=env("PGPORT", ""),
    ),
    # The erasure keys, apart: their backups are kept for days (docs/retention.md).
    "erasure": database(
        NAME=env("ERASURE_PGDATABASE", elsewhere("weerbaar_erasure")),
        USER=env("ERASURE_PGUSER", env("PGUSER", "weerbaar_app")),
        PASSWORD=env("ERASURE_PGPASSWORD", env("PGPASSWORD", "")),
        HOST=env("ERASURE_PGHOST", env("PGHOST", "")),
        PORT=env("ERASURE_PGPORT", env("PGPORT", "")),
    ),
}
if (
    PRODUCTION
    and len({(d["HOST"], d["PORT"], d["NAME"]) for d in DATABASES.values()}) < 2
):
    raise ImproperlyConfigured(
        "ERASURE_PGDATABASE names another database than PGDATABASE does: one whose "
        "backups are thrown away after two weeks."
    )
DATABASE_ROUTERS = ["weerbaar.vault.databases.Router"]
# Counters for rate limits only; never a word of anybody.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
CELERY_BROKER_URL = env("BROKER_URL", elsewhere("memory://"))
if PRODUCTION and CELERY_BROKER_URL.startswith("memory"):
    raise ImproperlyConfigured("BROKER_URL names a broker outside this process.")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Amsterdam"
if "redis" in CELERY_BROKER_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 600,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 1,
        "socket_timeout": 5,
    }
CELERY_BEAT_SCHEDULE = {
    "relay-outbox": {"task": "outbox.relay", "schedule": 1.0},
    "resend-outbox": {"task": "outbox.resend", "schedule": 60.0},
    "append-history": {"task": "audit.append", "schedule": 5.0},
    # It looks more often than it signs, which is once an hour.
    "sign-history": {"task": "audit.sign", "schedule": 300.0},
    "remind-commitments": {"task": "cases.remind", "schedule": 3600.0},
    "end-terms": {"task": "cases.end_terms", "schedule": 3600.0},
    "expire-deputies": {"task": "cases.expire_deputies", "schedule": 3600.0},
    "expire-approvals": {"task": "cases.expire_approvals", "schedule": 300.0},
    "expire-ceremonies": {"task": "custody.expire", "schedule": 300.0},
    "expire-drafts": {"task": "intake.expire", "schedule": 300.0},
    "begin-figure-years": {"task": "network.begin_years", "schedule": 3600.0},
    "count-figures": {"task": "network.count_due", "schedule": 3600.0},
    "shuffle-figures": {"task": "network.reseal", "schedule": 3600.0},
    "end-figure-years": {"task": "network.destroy_keys", "schedule": 3600.0},
}

# --- people, sessions, second factor --------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["weerbaar.accounts.adapter.PasswordBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "weerbaar.accounts.passwords.NotAboutYou"},
    {"NAME": "weerbaar.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "weerbaar.accounts.passwords.NotCommon"},
    {"NAME": "weerbaar.accounts.passwords.NotOfThisHouse"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "vault-open"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "weerbaar.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Weerbaar: "
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {"open_vault": "10/5m/user"}
ACCOUNT_FORMS = {
    name: f"weerbaar.accounts.forms.{form}"
    for name, form in (
        ("login", "LoginForm"),
        ("change_password", "ChangePasswordForm"),
        ("reset_password", "ResetPasswordForm"),
        ("reset_password_from_key", "ResetPasswordKeyForm"),
        ("reauthenticate", "ReauthenticateForm"),
    )
}
MFA_FORMS = {
    name: f"weerbaar.accounts.factor_forms.{form}"
    for name, form in (
        ("authenticate", "AuthenticateForm"),
        ("reauthenticate", "MfaReauthenticateForm"),
        ("activate_totp", "ActivateTOTPForm"),
        ("generate_recovery_codes", "GenerateRecoveryCodesForm"),
        ("authenticate_webauthn", "PasskeyForm"),
        ("reauthenticate_webauthn", "ConfirmPasskeyForm"),
    )
}
# An address is proved by the link that was sent there; allauth has no part in it.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Behind the web server of production the visitor's address is its last word.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if PRODUCTION else 0
if ENVIRONMENT == "test":
    # The same algorithm, costing nearly nothing.
    VAULT_ARGON2_PASSWORD = {"t": 1, "m": 8, "p": 1}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Finger, face or PIN: a found telephone or key alone is nothing.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Weerbaar"
MFA_TOTP_TOLERANCE = 1
MFA_ADAPTER = "weerbaar.accounts.adapter.MfaAdapter"

# The organisation's own accounts (OpenID Connect): off without an address.
OIDC_SERVER = env("OIDC_SERVER", "")
OIDC_NAME = env("OIDC_NAME", "")
if PRODUCTION and OIDC_SERVER and not OIDC_SERVER.startswith("https://"):
    raise ImproperlyConfigured("OIDC_SERVER begins with https://.")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "weerbaar.accounts.oidc.Provider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "organisation",
                "name": OIDC_NAME,
                "client_id": env("OIDC_CLIENT_ID", None if OIDC_SERVER else ""),
                "secret": env("OIDC_CLIENT_SECRET", None if OIDC_SERVER else ""),
                "settings": {"server_url": OIDC_SERVER},
            }
        ],
    }
}
SOCIALACCOUNT_ADAPTER = "weerbaar.accounts.oidc.OidcAdapter"
# A link in place of a form: our own policy lets no form lead elsewhere.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
# The weaker mode: whose vaults a key of the server opens, by short name.
SERVER_KEY = env("SERVER_KEY", "")
SERVER_KEY_ORGANISATIONS = env_list("SERVER_KEY_ORGANISATIONS")
if SERVER_KEY_ORGANISATIONS and len(SERVER_KEY) < 32:
    raise ImproperlyConfigured("SERVER_KEY has 32 signs or more.")

# Over plain http (demo and tests on this machine) browsers refuse the __Host- prefix.
COOKIE_PREFIX = "__Host-" if PRODUCTION else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessie"
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_IDLE_SECONDS = 15 * 60
# What matters most asks for a second factor that was given not longer ago than this.
STEP_UP_SECONDS = 5 * 60
# A request that takes two people: how long it waits, and how long a yes holds.
APPROVAL_ANSWER_SECONDS = 7 * 24 * 3600
APPROVAL_HOLDS_SECONDS = 24 * 3600
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}controle"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "weerbaar.web.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
VAULT_COOKIE_NAME = f"{COOKIE_PREFIX}kluis"
DEVICE_COOKIE_NAME = f"{COOKIE_PREFIX}apparaat"
DRAFT_COOKIE_NAME = f"{COOKIE_PREFIX}concept"
CEREMONY_COOKIE_NAME = f"{COOKIE_PREFIX}hoofdsleutel"
MAILBOX_COOKIE_NAME = f"{COOKIE_PREFIX}melding"
DRAFT_IDLE_SECONDS = 60 * 60

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = False
SILENCED_SYSTEM_CHECKS = [
    # X-Frame-Options is in the header set of weerbaar.web.middleware.
    "security.W002",
    # A place in the browsers' own list is for the owner of the whole domain to ask.
    "security.W021",
]
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
# The only one: it seals while a file comes in, and only where a page takes files.
FILE_UPLOAD_HANDLERS = ["weerbaar.vault.upload.SealingUploadHandler"]

# --- language, time, mail, static ----------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "weerbaar" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", str(ROOT / "staticfiles")))
STORAGES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# Sealed files: in a folder, or in a bucket of an S3-compatible store.
EVIDENCE_BUCKET = env("EVIDENCE_BUCKET", "")
EVIDENCE_STORE = {
    "endpoint_url": env("EVIDENCE_ENDPOINT", ""),
    "access_key": env("EVIDENCE_ACCESS_KEY", ""),
    "secret_key": env("EVIDENCE_SECRET_KEY", ""),
    "region_name": env("EVIDENCE_REGION", "eu-central-1"),
}
if EVIDENCE_BUCKET and not all(EVIDENCE_STORE.values()):
    raise ImproperlyConfigured("EVIDENCE_BUCKET needs an endpoint and both keys.")
if EVIDENCE_BUCKET:
    from botocore.config import Config

    STORAGES["evidence"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            **EVIDENCE_STORE,
            "bucket_name": EVIDENCE_BUCKET,
            "file_overwrite": False,
            # What is read back waits on disk beyond this, sealed as it is.
            "max_memory_size": 2_000_000,
            # What every compatible store knows; checksums are in the seal already.
            "client_config": Config(
                s3={"addressing_style": "path"},
                signature_version="s3v4",
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                connect_timeout=5,
                read_timeout=30,
                retries={"total_max_attempts": 2},
            ),
        },
    }
else:
    STORAGES["evidence"] = {
        "BACKEND": "weerbaar.vault.storage.SealedFolder",
        "OPTIONS": {"location": env("EVIDENCE_FOLDER", str(STATE / "evidence"))},
    }
# What fits: bytes of one file, files of a case, and bytes of a case as they lie there:
# a gigabyte and its padding.
EVIDENCE_FILE_SIZE = int(env("EVIDENCE_FILE_SIZE", "50000000"))
EVIDENCE_FILES = int(env("EVIDENCE_FILES", "20"))
EVIDENCE_CASE_SIZE = int(env("EVIDENCE_CASE_SIZE", "1120000000"))
# Endings of what may be added, out of weerbaar.files.kinds; judged by content.
EVIDENCE_TYPES = env_list(
    "EVIDENCE_TYPES",
    "jpg,png,gif,webp,pdf,docx,xlsx,pptx,odt,ods,odp,eml,txt,"
    "mp3,m4a,ogg,wav,amr,mp4,mov,webm,3gp",
)
# The malware scanner: host:port or the path of its socket; empty is none.
CLAMD = env("CLAMD", "")
WHITENOISE_USE_FINDERS = not PRODUCTION
DEFAULT_FROM_EMAIL = env(
    "MAIL_FROM", elsewhere("Weerbaar <geen-antwoord@weerbaar.example>")
)
if PRODUCTION:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = env("MAIL_HOST", "localhost")
    EMAIL_PORT = int(env("MAIL_PORT", "25"))
    EMAIL_HOST_USER = env("MAIL_USER", "")
    EMAIL_HOST_PASSWORD = env("MAIL_PASSWORD", "")
    EMAIL_USE_TLS = env("MAIL_TLS", "1") == "1"
    EMAIL_TIMEOUT = 10
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(STATE / "mail")

# --- our own -------------------------------------------------------------------------

EXIT_URL = env("EXIT_URL", "https://www.buienradar.nl/")
SUPPORT_LINE = {"name": "Ondersteuningsteam Weerbaar Bestuur", "phone": "070-373 83 14"}
# What the network can spend in a year, in whole euros (letter of 4 July 2017).
NETWORK_BUDGET = int(env("NETWORK_BUDGET", "600000"))
# Fewer practice stories than this are not taken out of the letterbox together.
STORIES_TOGETHER = int(env("STORIES_TOGETHER", "3"))
SECURITY_CONTACT = env(
    "SECURITY_CONTACT", elsewhere("mailto:security@weerbaar.example")
)
# Which root stands above an organisation's people: pinned outside the database.
ORGANISATION_ROOTS = Path(env("ORGANISATION_ROOTS", str(STATE / "roots.toml")))
# 1: anybody may take published figures along, without signing in; never a draft.
PUBLIC_FIGURES = env("PUBLIC_FIGURES", "0") == "1"
# The network's Secrets live in files that only its worker can read, one for each year.
NETWORK_KEYS = Path(env("NETWORK_KEYS", str(STATE / "network")))
# For how many days after the definitive figures the Secret of a year is still kept.
FIGURES_GRACE_DAYS = int(env("FIGURES_GRACE_DAYS", "14"))
# So does the Secret that signs the history, with what it signed last.
AUDIT_KEYS = Path(env("AUDIT_KEYS", str(STATE / "audit")))
# Two people outside, to whom every checkpoint of the history is mailed.
AUDIT_WITNESSES = env_list("AUDIT_WITNESSES")
# By what `manage.py verify_audit` checks signatures: as `audit_key` printed it.
AUDIT_VERIFIER = env("AUDIT_VERIFIER", "")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["weerbaar.accounts.api.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["weerbaar.web.shapes.Json"],
    "DEFAULT_PAGINATION_CLASS": "weerbaar.web.api.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "weerbaar.web.problems.problem",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
API_VERSION = "1.0.0"
SPECTACULAR_SETTINGS = {
    "TITLE": "Weerbaar",
    "DESCRIPTION": "Vertrouwelijk melden, behandelen, doorverwijzen en nazorg.",
    "VERSION": API_VERSION,
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SCHEMA_PATH_PREFIX_TRIM": True,
    "SERVERS": [{"url": "https://weerbaar.example/api/v1"}],
    "CONTACT": {
        "name": "Beheer van Weerbaar",
        "email": "beheer@weerbaar.example",
        "url": "https://weerbaar.example/beheer",
    },
    "LICENSE": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    "POSTPROCESSING_HOOKS": ["weerbaar.web.openapi.complete"],
    "COMPONENT_SPLIT_REQUEST": True,
    "COMPONENT_SPLIT_PATCH": False,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # With the moment and its zone; never with the words of an exception (SEC-5).
    "formatters": {
        "line": {
            "()": "weerbaar.web.logs.Wordless",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Django's own handler would mail a fault with everything that was posted (SEC-5).
    # gunicorn tells what fails outside a view, such as halfway through a download.
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "gunicorn.error": {"handlers": ["stderr"], "propagate": False},
    },
}
