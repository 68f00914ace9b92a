from __future__ import annotations

from pathlib import Path

import pytest

from common.addresses import (
    celery_broker_url,
    django_database,
    parse_database_url,
    parse_redis_url,
)
from common.embedded.addresses import SOCKET_PATH_LIMIT, Addresses


def test_a_database_url_becomes_djangos_entry() -> None:
    url = "postgresql://ada:p%40ss@db.example.org:5433/annex?sslmode=verify-full"
    entry = django_database(url, max_age_seconds=60)
    assert (entry["NAME"], entry["USER"], entry["PASSWORD"]) == ("annex", "ada", "p@ss")
    assert (entry["HOST"], entry["PORT"]) == ("db.example.org", "5433")
    assert entry["OPTIONS"] == {"sslmode": "verify-full"}
    assert entry["ATOMIC_REQUESTS"] is False


def test_a_socket_folder_becomes_the_host() -> None:
    entry = django_database("postgresql://ada@/annex?host=/run/pg", max_age_seconds=0)
    assert (entry["HOST"], entry["OPTIONS"]) == ("/run/pg", {})


@pytest.mark.parametrize("raw", ["sqlite:///x", "annex", "postgresql://h/d?nonsense=1"])
def test_what_is_not_postgresql_is_refused(raw: str) -> None:
    with pytest.raises(ValueError, match=r"postgresql|libpq"):
        parse_database_url(raw)


def test_redis_urls() -> None:
    assert celery_broker_url("redis://r:6379/1") == "redis://r:6379/1"
    assert celery_broker_url("unix:///run/r.sock?db=3") == (
        "redis+socket:///run/r.sock?virtual_host=3"
    )
    with pytest.raises(ValueError, match="redis"):
        parse_redis_url("amqp://r")


def test_sockets_move_out_of_a_folder_that_is_too_deep() -> None:
    shallow, deep = Addresses(Path("/tmp/a")), Addresses(Path("/tmp") / ("d" * 120))
    assert shallow.sockets == Path("/tmp/a/sockets")
    assert len(bytes(deep.redis_socket("controlplane"))) < SOCKET_PATH_LIMIT
    assert deep.sockets != Addresses(Path("/tmp") / ("e" * 120)).sockets


def test_parallel_processes_share_servers_but_no_data() -> None:
    one, two = Addresses(Path("/t"), "_test0", 1), Addresses(Path("/t"), "_test1", 2)
    assert one.sockets == two.sockets
    shared = {name for name, value in one.environment().items() if value == two.environment()[name]}
    assert shared == set()
