"""All settings of the companion, in one place; docs/settings.md lists what may be changed.

Readers fail loudly: a setting that cannot be understood stops the start with one sentence.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from turntoward.web.keys import application_key, derive
from turntoward.web.mail import mail_server
from turntoward.web.named import address, database, flag, names, origins
from turntoward.web.places import data_folder

WEB = Path(__file__).parent


DATA = data_folder()
APPLICATION_KEY = application_key(DATA)

DEMO = flag("TURNTOWARD_DEMO")
#: The demo couple is invented and in a data folder of its own, so its passphrase is no secret.
DEMO_PASSPHRASE = "the invented couple"
#: Home use has one couple, begun with the link that the terminal prints. Hosted use has many.
OPEN_START = flag("TURNTOWARD_OPEN")
#: A practice hosts the companion: it has a page of its own, and takes consult requests.
PRACTICE = flag("TURNTOWARD_PRACTICE")
HTTPS = flag("TURNTOWARD_HTTPS")
#: Where the worker keeps its backups: empty for a folder in the data folder, "0" for nowhere.
BACKUPS = os.environ.get("TURNTOWARD_BACKUPS", "")
#: Where a phone on the same network reaches this machine; `serve` finds it out.
PHONE_ADDRESS = address("TURNTOWARD_ADDRESS")
#: Names of push services that are spoken to besides those of the browsers (`rituals.services`).
PUSH_SERVICES = names("TURNTOWARD_PUSH")
#: Reminders by e-mail are offered only where a mail server is named.
_mail = mail_server(os.environ.get("TURNTOWARD_MAIL", ""), os.environ.get("TURNTOWARD_SENDER", ""))
MAIL_SET_UP = _mail.host != ""
EMAIL_BACKEND, DEFAULT_FROM_EMAIL = _mail.backend, _mail.sender
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.name, _mail.password
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.tls_first, _mail.tls_then
#: A chat with media can be large; the text inside is capped apart, while it is read.
MAX_UPLOAD_BYTES = 400 * 1024 * 1024

SECRET_KEY = derive(APPLICATION_KEY, "django").hex()
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *names("TURNTOWARD_HOSTS")]
CSRF_TRUSTED_ORIGINS = origins("TURNTOWARD_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "turntoward.web.couples",
    "turntoward.web.readings",
    "turntoward.web.checkins",
    "turntoward.web.topics",
    "turntoward.web.weather",
    "turntoward.web.noticed",
    "turntoward.web.rituals",
    "turntoward.web.trials",
    "turntoward.web.moments",
    "turntoward.web.climate",
    "turntoward.web.shell",
    "turntoward.web.safety",
    "turntoward.web.care",
    "turntoward.web.handover",
    "turntoward.web.practice",
    "turntoward.web.yours",
    "turntoward.web.accounts",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    # Around all others, so that no answer goes out without its headers, not even a refusal.
    "turntoward.web.headers.private_pages",
    "django.middleware.security.SecurityMiddleware",
    "turntoward.web.shell.served.ServedFiles",
    "turntoward.web.shell.packed.packed_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "turntoward.web.couples.middleware.Vault",
    # Closed unless a view opens itself.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "turntoward.web.language.speak",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
#: Without a practice its pages do not exist.
ROOT_URLCONF = "turntoward.web.urls_hosted" if PRACTICE else "turntoward.web.urls"
ASGI_APPLICATION = "turntoward.web.asgi.application"
AUTH_USER_MODEL = "couples.Partner"
LOGIN_URL = "couples:enter"
LOGIN_REDIRECT_URL = "moments:today"
# Of allauth is used what holds passkeys and codes, and none of its pages (`web/accounts`). Its
# rate limits lock an account, its owner included: `couples.tries` slows instead.
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_ADAPTER = "turntoward.web.accounts.adapter.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
#: A phone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "turntoward.web.couples.context.companion",
                "turntoward.web.shell.context.app",
            ],
        },
    }
]

#: Leaves the database file readable for whoever holds it. Only where it is asked for.
PLAIN_DATABASE = flag("TURNTOWARD_PLAIN_DATABASE")
DATABASE_KEY = derive(APPLICATION_KEY, "database")
SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3" if PLAIN_DATABASE else "turntoward.web.sqlcipher",
    "NAME": DATA / "turntoward.sqlite3",
    "PASSWORD": DATABASE_KEY.hex(),
    "OPTIONS": {
        # Without IMMEDIATE two partners writing at once get "database is locked"; without FULL an
        # answer that was acknowledged can be lost with the power.
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
            "PRAGMA temp_store=MEMORY;"
        ),
    },
    # A page's thread keeps its connection (asgi): the file is not opened anew for each page.
    "CONN_MAX_AGE": None,
    # Tests use a file too: a database in memory knows neither WAL nor a second writer.
    "TEST": {"NAME": DATA / "test.sqlite3"},
}
DATABASES: dict[str, Any] = {"default": database("TURNTOWARD_DATABASE") or SQLITE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

STATIC_URL = "static/"
STATICFILES_DIRS = [
    WEB / "static",
    ("turntoward/charts", WEB.parent / "reading" / "assets"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "turntoward.web.shell.served.DigestStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# Cookies do not tell ports apart: the demo's have names of their own, so that looking around on
# the same machine signs nobody out. Over HTTPS nobody but this host can set them, and only there.
_cookies = ("__Host-" if HTTPS else "") + ("turntoward_demo_" if DEMO else "turntoward_")
SESSION_COOKIE_NAME = f"{_cookies}session"
CSRF_COOKIE_NAME = f"{_cookies}form"
VAULT_COOKIE_NAME = f"{_cookies}vault"
PLAIN_COOKIE_NAME = f"{_cookies}plain"
SEASON_COOKIE_NAME = f"{_cookies}season"
BROWSER_COOKIE_NAME = f"{_cookies}browser"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
# Only for a host with a name (`headers`). Whether that is preloaded is up to whoever runs it.
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SILENCED_SYSTEM_CHECKS = ["security.W021"]
# Not "no-referrer": browsers then send forms with "Origin: null", which the CSRF check refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if flag("TURNTOWARD_BEHIND_PROXY") else None
)
X_FRAME_OPTIONS = "DENY"
FILE_UPLOAD_HANDLERS = ["turntoward.web.readings.upload.SealedUploadHandler"]

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("de", "Deutsch"), ("es", "Español")]
LOCALE_PATHS = [WEB.parent / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_content": {"()": "turntoward.web.logs.WithoutContent"}},
    "formatters": {"plain": {"format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["without_content"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own handlers would show what ours takes out.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
    },
}
