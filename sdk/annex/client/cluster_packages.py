"""What is published to a cluster: packages of recipes, and what their arguments name."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from annex.client.types import Answer
from annex.errors import BadInput

if TYPE_CHECKING:
    from annex.client.cluster import ClusterClient

INSTALL_SECONDS: Final = 900.0
LOOKED_EVERY_SECONDS: Final = 0.5


class ClusterPackage(Answer):
    """A package as the cluster has it; `digest` is that of its description, once installed."""

    id: UUID
    name: str
    version: str
    state: str
    digest: str | None
    log: str


class WrittenText(Answer):
    """A text that now lies on the cluster."""

    id: UUID


class StoredText(WrittenText):
    """A text with who wrote it and when."""

    text: str
    written_by: str
    written_at: datetime


class StoredTexts(Answer):
    """The texts of a project, the newest first."""

    texts: list[StoredText]


class SetSecret(Answer):
    """A secret whose value the cluster has; it never says the value."""

    id: UUID
    set_at: datetime


class NotInstalled(BadInput):
    """The cluster could not install the package, or waits for somebody."""

    code = "client.package_not_installed"
    title = "The cluster has not installed the package"
    what_to_do = "Read what it said; publish again when it is mended or approved."


def push_package(cluster: ClusterClient, wheels: Sequence[Path], name: str) -> ClusterPackage:
    """Upload a package's wheels; installing them takes the cluster a while.

    Args: name: of the package among the wheels.
    """
    from annex.client.cluster import once_known

    # Who may not is told before the bytes are sent; a first project may be on its way.
    once_known(lambda: cluster.send("GET", "/api/packages", Answer))
    with ExitStack() as opened:
        files: list[tuple[str, Any]] = [
            ("wheels", (wheel.name, opened.enter_context(wheel.open("rb")), "application/zip"))
            for wheel in wheels
        ]
        files.append(("name", (None, name)))
        return cluster.send("POST", "/api/packages", ClusterPackage, files=files)


def wait_until_installed(
    cluster: ClusterClient, package: ClusterPackage, *, sleep: Callable[[float], None] = time.sleep
) -> ClusterPackage:
    """Return the package once it is installed. Raises: NotInstalled with what the cluster said."""
    waited = 0.0
    while package.state == "installing" and waited < INSTALL_SECONDS:
        sleep(LOOKED_EVERY_SECONDS)
        waited += LOOKED_EVERY_SECONDS
        package = cluster.send("GET", f"/api/packages/{package.id}", ClusterPackage)
    if package.state == "waiting":
        raise NotInstalled("An administrator of the cluster has to approve it first.")
    if package.state != "installed":
        raise NotInstalled(f"It is {package.state}. {package.log}".strip())
    return package


def push_text(cluster: ClusterClient, project: UUID, text: str) -> UUID:
    """Lay a text down on the cluster and return the id that an argument names it by."""
    from annex.client.cluster import once_known

    path = f"/api/projects/{project}/texts"
    return once_known(lambda: cluster.send("POST", path, WrittenText, {"text": text})).id


def texts_of(cluster: ClusterClient, project: UUID) -> list[StoredText]:
    """Return a project's texts, the newest first; the cluster's access log notes it."""
    return cluster.send("GET", f"/api/projects/{project}/texts", StoredTexts).texts


def push_secret(cluster: ClusterClient, project: UUID, secret: UUID, value: str) -> SetSecret:
    """Set the value of a secret that the control plane has the name of."""
    path = f"/api/projects/{project}/secrets/{secret}"
    return cluster.send("PUT", path, SetSecret, {"value": value})


def drop_secret(cluster: ClusterClient, project: UUID, secret: UUID) -> None:
    """Delete a secret's value; of one that was never set too."""
    cluster.end(f"/api/projects/{project}/secrets/{secret}")
