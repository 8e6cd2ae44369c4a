"""A public site. What is missing stops the start with a sentence."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, BASE_URL, SECRET_KEY, env

if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing or shorter than 50 characters: set it to a long random text."
    )
if not BASE_URL.startswith("https://"):
    raise ImproperlyConfigured(
        "BASE_URL must be the public address of the site and start with https://."
    )
if not env.list("ALLOWED_HOSTS", []):
    raise ImproperlyConfigured(
        f"ALLOWED_HOSTS is missing: name the hosts of {BASE_URL}, separated by commas."
    )
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name hosts, not '*'.")
