"""The client of the control plane that one command works with."""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from annex.cli.credentials import Credential, current
from annex.cli.names import is_id, one_named
from annex.errors import BadInput, NoneOfThatName

if TYPE_CHECKING:
    from annex.client import Client
    from annex.client.nouns import Sync
    from annex.client.organization import OrganizationScope
    from annex.client.project import ProjectScope

TRIES = 4
"""A person waits a few seconds, not minutes, to hear that nobody answers."""


@dataclass(frozen=True)
class Session:
    """Who is signed in on this machine, and what leads to their organization's nouns."""

    credential: Credential

    @functools.cached_property
    def client(self) -> Client:
        """The client."""
        from annex.client import Client, Retries

        return Client(self.credential.host, self.credential.token, retries=Retries(tries=TRIES))

    @functools.cached_property
    def organization(self) -> OrganizationScope[Sync]:
        """The organization of the token."""
        slug = self.credential.organization
        if not slug:
            memberships = self.client.account.show().memberships
            if not memberships:
                raise NoneOfThatName("The token belongs to no organization.")
            slug = memberships[0].organization.slug
        return self.client.organization(slug)

    def project_id(self, wanted: str) -> UUID:
        """Return the id of a project by its title or id; '' takes ANNEX_PROJECT.

        Raises: BadInput, NoneOfThatName.
        """
        wanted = wanted or os.environ.get("ANNEX_PROJECT", "")
        if not wanted:
            raise BadInput("Say which project: --project TITLE, or set ANNEX_PROJECT.")
        if is_id(wanted):
            return UUID(wanted)
        rows = self.organization.projects.list()
        return one_named("project", wanted, rows, lambda row: row.title).id

    def project(self, wanted: str) -> ProjectScope[Sync]:
        """Return the nouns of a project, by its title or id."""
        return self.organization.project(self.project_id(wanted))


def session() -> Session:
    """Return the session of this machine. Raises: SignInFirst."""
    return Session(current())
