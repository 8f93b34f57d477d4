"""The settings under which the anchor runs: plain Django admin on the portal's own tables and database.

What a developer makes in an hour with `startproject`: its middleware, its templates, its login. Nothing of
the portal's own (refusals, log, security policy) slows it down. Never used by the portal itself.
"""

from hilversum_afspraken.settings import *  # noqa: F403
from hilversum_afspraken.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]
ROOT_URLCONF = "bench.urls"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # allauth, whose tables the portal uses, refuses to start without
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
SILENCED_SYSTEM_CHECKS = ["agreements.E001"]  # views of the admin declare no access in the portal's way
