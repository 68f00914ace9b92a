"""One set of real servers per test run.

The settings of a plane name the servers; the controlling process starts them before the first
test and stops them after the last; each process of a parallel run has databases of its own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from common.embedded.servers import EmbeddedServers

SERVERS = pytest.StashKey[EmbeddedServers]()


def pytest_configure(config: pytest.Config) -> None:
    """Start the servers of a run that has Django settings, once, in the controlling process."""
    is_parallel_child = hasattr(config, "workerinput")
    if os.environ.get("DJANGO_SETTINGS_MODULE") and not is_parallel_child:
        from common.testing.addresses import test_folder

        servers = EmbeddedServers(test_folder(), durable=False)
        config.stash[SERVERS] = servers
        servers.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop them and remove their folder."""
    servers = config.stash.get(SERVERS, None)
    if servers is not None:
        servers.stop()
        shutil.rmtree(servers.addresses.folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None) -> None:
    """Create this process's database: migrated as the owner, used as the serving role.

    Replaces pytest-django's fixture, which would create the database as the serving role.
    """
    from common.testing.databases import create_test_database, plane_of

    create_test_database(plane_of(os.environ["DJANGO_SETTINGS_MODULE"]))


@pytest.fixture(scope="session")
def database_urls(django_db_setup: None) -> dict[str, str]:
    """URL of this process's database by role: `postgres` and every role of the plane under test."""
    from common.testing.addresses import process_addresses
    from common.testing.databases import plane_of

    plane = plane_of(os.environ["DJANGO_SETTINGS_MODULE"])
    addresses = process_addresses()
    name = f"{plane.database}{addresses.suffix}"
    return {role: addresses.database_url(role, name) for role in ("postgres", *plane.roles)}


@pytest.fixture(scope="session")
def embedded_servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServers]:
    """Servers of their own for tests that run both planes or the servers themselves."""
    folder: Path = tmp_path_factory.mktemp("servers")
    with EmbeddedServers(folder, durable=False) as servers:
        yield servers
