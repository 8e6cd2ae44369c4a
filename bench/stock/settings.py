"""What `wagtail start` writes, without what this comparison has no use for.

Connections and SQLite are tuned as in the other project: the comparison is not about them.
"""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url

DATA_DIR = Path(os.environ["DATA_DIR"])
SECRET_KEY = "not-a-secret-" + "0" * 50
ALLOWED_HOSTS = ["localhost"]
WAGTAIL_APPS = ("api.v2", "contrib.redirects", "embeds", "sites", "users", "snippets", "documents")
DJANGO_APPS = ("auth", "contenttypes", "sessions", "messages", "staticfiles")
INSTALLED_APPS = [
    "stock",
    *(f"wagtail.{name}" for name in (*WAGTAIL_APPS, "images", "search", "admin")),
    *("wagtail", "rest_framework", "modelcluster", "taggit", "django_filters"),
    *(f"django.contrib.{name}" for name in DJANGO_APPS),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
ROOT_URLCONF = "stock.urls"
PROCESSORS = ("template.context_processors.request", "contrib.auth.context_processors.auth")
PROCESSORS += ("template.context_processors.debug", "contrib.messages.context_processors.messages")
OPTIONS = {"context_processors": [f"django.{name}" for name in PROCESSORS]}
ENGINE = "django.template.backends.django.DjangoTemplates"
TEMPLATES = [{"BACKEND": ENGINE, "APP_DIRS": True, "OPTIONS": OPTIONS}]
FILE = f"sqlite:///{DATA_DIR / 'db.sqlite3'}"
DATABASE = dj_database_url.config(default=FILE, conn_max_age=60, conn_health_checks=True)
DATABASES = {"default": DATABASE}
if "sqlite" in DATABASE["ENGINE"]:
    PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;"
    DATABASE["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "init_command": PRAGMAS}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MIGRATION_MODULES = {"stock": "stock_migrations"}  # made anew in DATA_DIR
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
STATIC_URL = "/static/"
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
WAGTAIL_SITE_NAME = "Stock"
WAGTAILADMIN_BASE_URL = f"http://localhost:{os.environ['PORT']}"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
