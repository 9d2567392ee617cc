"""Django's DATABASES from the settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def sqlite(data: Path) -> dict[str, Any]:
    """SQLite in WAL mode. Writers queue at BEGIN instead of failing in the middle of a transaction."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(data / "diembao.sqlite3"),
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;",
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """PostgreSQL from ``postgresql://user:password@host:port/name?option=value``."""
    parts = urlsplit(url)
    options: dict[str, str] = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def databases(url: str, data: Path) -> dict[str, dict[str, Any]]:
    """PostgreSQL when ``url`` is given, else SQLite in the data folder."""
    return {"default": postgresql(url) if url else sqlite(data)}
