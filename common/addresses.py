"""Turn database and Redis URLs into what Django and Celery want."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict


def parse_database_url(raw: str) -> str:
    """Check a `postgresql://` URL and return it unchanged.

    Raises: ValueError for another scheme, or when libpq cannot read it.
    """
    if urlsplit(raw).scheme not in {"postgresql", "postgres"}:
        raise ValueError("expected postgresql://user:password@host/database")
    try:
        conninfo_to_dict(raw)
    except ProgrammingError:
        raise ValueError("libpq cannot read this URL") from None
    return raw


def django_database(url: str, *, max_age_seconds: int) -> dict[str, Any]:
    """Return the entry of DATABASES for a libpq URL; unknown parameters become OPTIONS."""
    parts = dict(conninfo_to_dict(url))
    return {
        "ENGINE": "common.database",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "CONN_MAX_AGE": max_age_seconds,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": parts,
        # The action or the edge opens the transaction and sets the tenant; never the request.
        "ATOMIC_REQUESTS": False,
    }


def parse_redis_url(raw: str) -> str:
    """Check a `redis://`, `rediss://` or `unix://` URL and return it unchanged."""
    if urlsplit(raw).scheme not in {"redis", "rediss", "unix"}:
        raise ValueError("expected redis://host:6379/0 or unix:///path/redis.sock?db=0")
    return raw


def celery_broker_url(redis_url: str) -> str:
    """Return kombu's spelling of a redis-py URL: it calls a unix socket `redis+socket`."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    database = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={database}"
