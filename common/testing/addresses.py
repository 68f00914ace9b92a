"""Name the servers of a test run, so that settings can be read before the servers are up."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from common.embedded.addresses import Addresses
from common.embedded.environment import TEST_FOLDER
from common.environment import declare

TEST_SUFFIX = declare(
    "ANNEX_TEST_SUFFIX",
    str,
    default=None,
    sentence="Suffix of this test process's databases; the run sets it to migrate its template.",
    unit="text",
)


def test_folder() -> Path:
    """Return the folder of this run's servers; the first caller names it for all its children."""
    if TEST_FOLDER.read() is None:
        name = f"annex-tests-{secrets.token_hex(4)}"
        os.environ["ANNEX_TEST_FOLDER"] = str(Path(tempfile.gettempdir()) / name)
    return TEST_FOLDER.read() or Path()


def process_addresses() -> Addresses:
    """Return the addresses of this test process: its own databases on the run's servers."""
    process = os.environ.get("PYTEST_XDIST_WORKER", "")
    suffix = TEST_SUFFIX.read() or f"_test{process}"
    number = int(process.removeprefix("gw") or 0) + 1 if process else 0
    return Addresses(test_folder(), suffix, redis_database=number)


def name_servers() -> None:
    """Put this test process's addresses, folders and keys into its environment. Starts nothing."""
    addresses = process_addresses()
    os.environ.update(addresses.environment())
    private = addresses.folder / f"files{addresses.suffix}"
    os.environ.update(
        ANNEX_WORKER_FILES=str(private / "files"),
        ANNEX_WORKER_STATE=str(private / "state"),
        ANNEX_KEYS=str(private / "keys"),
        ANNEX_SECRET_KEY="a key for tests only, the same in every process",  # noqa: S106
        ANNEX_WORKER_SECRET_KEY="another key for tests only, the same in every process",  # noqa: S106
        ANNEX_EMAIL_URL="memory://",
    )
