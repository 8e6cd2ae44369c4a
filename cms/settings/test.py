"""For pytest: fast password hashing, plain static files, mails and media kept in memory."""

from __future__ import annotations

from .base import *  # noqa: F403
from .base import CACHES, STORAGES

SECRET_KEY = "tests-only-" + "0" * 50
ALLOWED_HOSTS = ["*"]
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["default"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
CACHES["default"]["KEY_PREFIX"] = "dateline-tests"
DEMO_LOGINS = True
