"""Settings, all from environment variables with the prefix PORTAAL_. The README lists them.

PORTAAL_OMGEVING is `demo`, `test` or `productie`. Only `productie` demands secrets; only the other
two accept PORTAAL_VANDAAG, the day on which the demo lives.
"""

import re
from datetime import date
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from hilversum_afspraken.logging import LOGGING  # noqa: F401

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

ENVIRONMENT = env("PORTAAL_OMGEVING", default="demo")
IS_PRODUCTION = ENVIRONMENT == "productie"
IS_DEMO = ENVIRONMENT == "demo"
IS_TEST = ENVIRONMENT == "test"
VAR = Path(env("PORTAAL_VAR", default=str(BASE_DIR / "var")))

DEBUG = False
SECRET_KEY = env("PORTAAL_SECRET_KEY") if IS_PRODUCTION else "only-on-this-machine-" + "0123456789" * 5
ONLY_HERE = "b25seS1vbi10aGlzLW1hY2hpbmUtMDEyMzQ1Njc4OTA="  # like the key above: a secret to no one
if not SECRET_KEY:
    raise ImproperlyConfigured("Production needs a long random PORTAAL_SECRET_KEY.")
ALLOWED_HOSTS = env.list(
    "PORTAAL_HOSTS", default=[] if IS_PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
)
PUBLIC_URL = env("PORTAAL_URL", default="http://127.0.0.1:8000").rstrip("/")
HTTPS = env.bool("PORTAAL_HTTPS", default=IS_PRODUCTION)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if HTTPS else []

# The demo lives on this day (product.md). Everything with a legal meaning keeps the real clock.
_today = env("PORTAAL_VANDAAG", default="" if IS_PRODUCTION else "2017-11-15")
TODAY = date.fromisoformat(_today) if _today else None
if TODAY and IS_PRODUCTION:
    raise ImproperlyConfigured("PORTAAL_VANDAAG is for the demo. In production the calendar is real.")

INSTALLED_APPS = [
    "agreements.apps.AgreementsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "template_partials",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "agreements.web.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "agreements.web.middleware.Refusals",
]
ROOT_URLCONF = "hilversum_afspraken.urls"
WSGI_APPLICATION = "hilversum_afspraken.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "agreements.web.context.page",
            ],
            "builtins": [
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                *(f"agreements.templatetags.{name}" for name in ("labels", "numbers", "charts", "pages")),
            ],
        },
    }
]

# reliability.md 0.2: with Django's defaults SQLite answers "database is locked" to 430 of 500 writers.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA recursive_triggers=ON; PRAGMA journal_size_limit=67108864;"
    ),
}
_database = env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'portaal.sqlite3'}")
if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = SQLITE_OPTIONS
    _database["CONN_MAX_AGE"] = 0 if IS_TEST else 60  # opening the file and its PRAGMAs cost 1.4 ms a request
else:
    _database["CONN_MAX_AGE"] = 0
    if not IS_TEST:
        _pool = {"min_size": 1, "max_size": env.int("PORTAAL_DB_POOL", default=8), "timeout": 10}
        _database.setdefault("OPTIONS", {})["pool"] = _pool
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if IS_TEST
        else "django_tasks_db.DatabaseBackend"
    }
}
# One cache for all workers: a cache per process lets a guesser have the limit once per worker (stack.md 3).
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if IS_TEST
    else env.cache_url("PORTAAL_CACHE", default="dbcache://portaal_cache"),
    "counters": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "counters"},
}

# accounts (agreements/accounts)
AUTH_USER_MODEL = "agreements.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
    if IS_TEST
    else "django.contrib.auth.hashers.Argon2PasswordHasher"
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace:tasks"
ACCOUNT_LOGOUT_REDIRECT_URL = "public:overview"
ACCOUNT_ADAPTER = "agreements.accounts.adapter.InvitedOnly"
ACCOUNT_FORMS = {
    "login": "agreements.accounts.forms.LogIn",
    "reset_password": "agreements.accounts.forms.AskNewPassword",
    "reset_password_from_key": "agreements.accounts.forms.ChooseNewPassword",
    "change_password": "agreements.accounts.forms.ChangePassword",
    "set_password": "agreements.accounts.forms.ChooseFirstPassword",
    "add_email": "agreements.accounts.forms.ChangeEmail",
    "reauthenticate": "agreements.accounts.forms.ConfirmWithPassword",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "agreements.accounts.adapter.display_name"
ACCOUNT_EMAIL_VERIFICATION = "none"  # the address was verified by whoever gave the account
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Prestatieafspraken Hilversum: "
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_SESSION_REMEMBER = False
USERSESSIONS_TRACK_ACTIVITY = False  # GET writes nothing
MFA_ADAPTER = "agreements.accounts.second_factor.SecondFactor"
MFA_FORMS = {
    "authenticate": "agreements.accounts.forms.LogInWithCode",
    "reauthenticate": "agreements.accounts.forms.ConfirmWithCode",
    "activate_totp": "agreements.accounts.forms.SetUpApp",
    "add_webauthn": "agreements.accounts.forms.AddPasskey",
    "edit_webauthn": "agreements.accounts.forms.RenamePasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_PRODUCTION
# Nobody signs up alone; with False no one with a second step can change address.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1  # a code typed in its last seconds still counts (RFC 6238, 5.2: at most one step)
MFA_TOTP_ISSUER = "Prestatieafspraken Hilversum"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PORTAAL_PROXIES", default=0)

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_THOUSAND_SEPARATOR = False  # True writes the year as 2.017 and breaks viewBox and URLs

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR / "static"
WHITENOISE_USE_FINDERS = IS_TEST
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "bestanden"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if IS_TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Up to here a form that is too long comes back with its text still in it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 900  # a sheet of 40 commitments sends some 350

# documents and PDF
STORE = VAR / "bestanden"
UPLOAD_MAX_BYTES = 10_000_000
CLAMAV = env("PORTAAL_CLAMAV", default="")
if CLAMAV and not CLAMAV.startswith(("unix:///", "tcp://")):
    raise ImproperlyConfigured(
        "PORTAAL_CLAMAV is unix:///run/clamav/clamd.ctl or tcp://host:3310, or is left out."
    )
PDF_TIMEOUT = env.int("PORTAAL_PDF_SECONDEN", default=300)
PDF_MEMORY_MB = env.int("PORTAAL_PDF_MB", default=2000)
SEAL_P12 = Path(env("PORTAAL_ZEGEL_P12", default=str(VAR / "sleutels" / "zegel.p12")))
SEAL_P12_PASSWORD = env("PORTAAL_ZEGEL_WACHTWOORD", default="")
ISSUER_P12 = Path(env("PORTAAL_UITGEVER_P12", default=str(VAR / "sleutels" / "uitgever.p12")))
ISSUER_P12_PASSWORD = env("PORTAAL_UITGEVER_WACHTWOORD", default="")
TIMESTAMP_URL = env("PORTAAL_TIJDSTEMPEL", default="")
TIMESTAMP_SECONDS = 10
# The first secret (Fernet) encrypts the keys that parties upload; older ones still open what they encrypted.
KEY_SECRETS = env.list("PORTAAL_SLEUTELGEHEIM", default=[] if IS_PRODUCTION else [ONLY_HERE])
if not all(re.fullmatch(r"[\w-]{43}=", secret) for secret in KEY_SECRETS):
    raise ImproperlyConfigured("PORTAAL_SLEUTELGEHEIM holds Fernet keys (README says how to make one).")
PARTY_TRUST = [Path(path) for path in env.list("PORTAAL_PARTIJ_VERTROUWD", default=[])]
PARTY_MODULES = Path(env("PORTAAL_PKCS11")) if env("PORTAAL_PKCS11", default="") else None
TIMESTAMP_TRUST = [Path(path) for path in env.list("PORTAAL_TIJDSTEMPEL_VERTROUWD", default=[])]
if TIMESTAMP_URL and not TIMESTAMP_TRUST:
    raise ImproperlyConfigured(
        "PORTAAL_TIJDSTEMPEL needs PORTAAL_TIJDSTEMPEL_VERTROUWD: whose stamps to believe."
    )
REVOCATIONS = VAR / "intrekkingen"  # lists of withdrawn certificates that were fetched
# Certificates say where to ask about them. Inside our own network only these addresses are asked.
REVOCATION_NETWORKS = env.list("PORTAAL_INTREKKING_INTERN", default=[])
SEAL_TRUST = [Path(path) for path in env.list("PORTAAL_ZEGEL_VERTROUWD", default=[])]

# headers and cookies, beside what Django does by itself: nosniff, no frames, same-origin, HttpOnly, SameSite=Lax
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")
}
CSRF_FAILURE_VIEW = "agreements.web.errors.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

# mail: pages put it in a queue (EMAIL_BACKEND), the worker sends it (MAIL_BACKEND; "": nothing is sent, as in the demo)
if IS_PRODUCTION and "PORTAAL_MAIL" not in env.ENVIRON:
    raise ImproperlyConfigured("Production needs PORTAAL_MAIL: without it nobody gets a link to log in.")
_mail = env.email_url("PORTAAL_MAIL") if "PORTAAL_MAIL" in env.ENVIRON else {"EMAIL_BACKEND": ""}
MAIL_BACKEND = "" if IS_TEST else _mail["EMAIL_BACKEND"]
EMAIL_BACKEND = "agreements.notifications.backend.MailQueue"
EMAIL_HOST = _mail.get("EMAIL_HOST", "")
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("PORTAAL_AFZENDER", default="portaal@hilversum.example")
