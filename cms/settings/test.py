"""For pytest: fast password hashing, plain static files, mails and media kept in memory."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from .base import *  # noqa: F403
from .base import CACHES, STORAGES

WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
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
# A busy machine that tests on Redis is not one whose Redis is away: a miss would be counted.
if options := CACHES["default"].get("OPTIONS"):
    options |= {"socket_connect_timeout": 10, "socket_timeout": 10}
    # Test processes that run side by side each have a Redis database, from that of the URL on: to
    # clear a cache empties the whole database, whatever the prefix.
    first = int(urlsplit(CACHES["default"]["LOCATION"]).path.strip("/") or 0)
    CACHES["default"]["LOCATION"] += f"?db={first + WORKER}"
DEMO_LOGINS = True
