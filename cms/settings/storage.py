"""Where rows and shared cache entries live, from DATABASE_URL and CACHE_URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from environs import Env

# Several writers on one SQLite file: readers never wait (WAL), writers queue for up to 20 s
# instead of failing when two of them upgrade a read lock (immediate transactions).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        "PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=27103364;"
    ),
}


def database(env: Env, data_dir: Path) -> dict[str, Any]:
    """In: the environment and the folder for local data. Out: a DATABASES entry."""
    default = f"sqlite:///{data_dir / 'dateline.sqlite3'}"
    config: dict[str, Any] = dict(
        env.dj_db_url("DATABASE_URL", default, conn_max_age=60, conn_health_checks=True)
    )
    if "sqlite" in config["ENGINE"]:
        data_dir.mkdir(parents=True, exist_ok=True)
        config["OPTIONS"] = {**SQLITE_OPTIONS, **config.get("OPTIONS", {})}
    return config


def cache(env: Env) -> dict[str, Any]:
    """In: the environment. Out: a CACHES entry, Redis where CACHE_URL names one."""
    url = env.str("CACHE_URL", "")
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    return {
        "BACKEND": "cms.cache.ForgivingRedisCache",
        "LOCATION": url,
        "OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.2},
    }
