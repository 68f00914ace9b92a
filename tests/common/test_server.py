"""The command line of the web servers: addresses as people write them."""

from __future__ import annotations

import pytest

from common.server import wsgi_argv


@pytest.mark.parametrize(
    ("bind", "host", "port"),
    [
        ("127.0.0.1:8000", "127.0.0.1", "8000"),
        ("localhost:8000", "127.0.0.1", "8000"),
        (":8000", "0.0.0.0", "8000"),  # noqa: S104  every interface, as asked
        ("[::1]:8100", "::1", "8100"),
    ],
)
def test_a_host_name_becomes_its_address(bind: str, host: str, port: str) -> None:
    argv = wsgi_argv("worker.wsgi:application", bind)
    assert argv[argv.index("--host") + 1] == host
    assert argv[argv.index("--port") + 1] == port
