"""Environment variables of the embedded default."""

from __future__ import annotations

from pathlib import Path

from common.environment import declare

POSTGRES_BIN = declare(
    "ANNEX_POSTGRES_BIN",
    Path,
    default=None,
    sentence="Programs of the PostgreSQL to embed, instead of the wheel's.",
    unit="folder",
)
REDIS_SERVER = declare(
    "ANNEX_REDIS_SERVER",
    Path,
    default=None,
    sentence="The redis-server to embed, instead of the wheel's.",
    unit="file",
)
BROWSER = declare(
    "ANNEX_BROWSER",
    Path,
    default=None,
    sentence="The Chromium for browser tests and screenshots.",
    unit="file",
)
TEST_FOLDER = declare(
    "ANNEX_TEST_FOLDER",
    Path,
    default=None,
    sentence="Folder of this test run's servers; set by the run itself for its processes.",
    unit="folder",
)
SHARED_DATA = declare(
    "ANNEX_SHARED_DATA",
    Path,
    default=Path(__file__).resolve().parents[3] / "shared" / "data",
    sentence="Annotated data sets for benchmarks that are not part of the repository.",
    unit="folder",
)
