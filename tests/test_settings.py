"""Settings of a deployment: what is missing stops the start, what fails does not stop readers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client, override_settings

from cms.models import User
from news.models import ArticlePage
from tests.builders import a_story

ROOT = Path(__file__).parent.parent
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": "x" * 64,
    "BASE_URL": "https://news.example",
    "ALLOWED_HOSTS": "news.example",
}


def check(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    inherited = {"PATH": os.environ["PATH"]}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.static
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is missing or shorter"),
        ({"BASE_URL": "http://news.example"}, "BASE_URL must be"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS is missing"),
        ({"ALLOWED_HOSTS": "*"}, "must name hosts"),
    ],
)
def test_production_says_what_is_missing(
    change: dict[str, str | None], sentence: str, tmp_path: Path
) -> None:
    environment = PRODUCTION | {"DATA_DIR": str(tmp_path)} | change
    answer = check({name: value for name, value in environment.items() if value is not None})
    assert answer.returncode != 0
    assert sentence in answer.stderr


@pytest.mark.static
def test_production_starts_with_what_it_needs(tmp_path: Path) -> None:
    answer = check(PRODUCTION | {"DATA_DIR": str(tmp_path)})
    assert answer.returncode == 0, answer.stderr


@pytest.mark.django_db
def test_production_refuses_the_demo() -> None:
    with override_settings(DEMO_LOGINS=False), pytest.raises(CommandError, match="refuse"):
        call_command("seed_demo")
    assert not ArticlePage.objects.exists()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_tests_run_on_the_database_that_was_asked_for() -> None:
    wanted = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
    assert connection.vendor == wanted
    if wanted == "sqlite":
        options = settings.DATABASES["default"]["OPTIONS"]
        assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    shared = "Redis" if os.environ.get("CACHE_URL") else "LocMem"
    assert shared in type(caches["default"]).__name__


NOBODY = {
    "default": {
        "BACKEND": "cms.cache.ForgivingRedisCache",
        "LOCATION": "redis://127.0.0.1:1/0",
        "OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.2},
    }
}


@pytest.mark.django_db
def test_readers_are_served_while_the_shared_cache_is_away(reader: Client) -> None:
    story = a_story("Still here")
    with override_settings(CACHES=NOBODY):
        assert caches["default"].get("key", "fallback") == "fallback"
        assert caches["default"].get_or_set("key", 5) == 5
        caches["default"].set("key", 1)
        assert reader.get(story.url).status_code == 200


@pytest.mark.django_db
def test_readiness_reports_the_database(reader: Client) -> None:
    assert reader.get("/readyz").json() == {"database": True}
    assert reader.get("/healthz").content == b"ok\n"
