"""Names where ids may stand, for verbs that carry text: the control plane knows both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from annex.cli.names import is_id, one_named
from annex.cli.session import session


class Named(Protocol):
    """What has a name in the console and bytes on a cluster."""

    @property
    def id(self) -> UUID:
        """Its id, the same on both sides."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def cluster_url(self) -> str:
        """Its page on the cluster."""


N = TypeVar("N", bound=Named)


class Located(NamedTuple):
    """An id, and the cluster that has its bytes; blank where only the id was given."""

    id: str
    origin: str


def locate_asset(wanted: str, project: str) -> Located:
    """Return where an asset lies, by id or, with a project, by name.

    Raises: SignInFirst, BadInput and NoneOfThatName for a name; an id asks nobody.
    """
    if is_id(wanted):
        return Located(wanted, "")
    return _located("asset", wanted, session().project(project).assets.list())


def locate_model(wanted: str, project: str) -> Located:
    """Return where a model lies, by id or, with a project, by name. Raises: see `locate_asset`."""
    if is_id(wanted):
        return Located(wanted, "")
    return _located("model", wanted, session().project(project).models.list())


def _located(noun: str, wanted: str, rows: Iterable[N]) -> Located:
    from urllib.parse import urlsplit

    found = one_named(noun, wanted, rows, lambda row: row.name)
    page = urlsplit(found.cluster_url)
    return Located(str(found.id), f"{page.scheme}://{page.netloc}")
