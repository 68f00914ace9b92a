"""All recipes of an organization, each once, with where it runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from annex.contract.fields import Field

from controlplane.clusters.models import ClusterState
from controlplane.recipes.builtin import BUILT_IN
from controlplane.recipes.models import FIELDS, Package, Recipe


@dataclass(frozen=True)
class Entry:
    """A recipe as the newest package with it describes it; a built-in one runs everywhere."""

    name: str
    version: int
    kind: str
    view: str | None
    title: str
    help: str
    built_in: bool = False
    fields: list[Field] = field(default_factory=list)
    packages: list[Package] = field(default_factory=list)

    @property
    def full_name(self) -> str:
        """The name under which a task asks for it."""
        return f"{self.name}.v{self.version}"


def catalogue(cluster_id: UUID | None = None) -> list[Entry]:
    """Return the built-in recipes, then the published ones by name.

    Args: cluster_id: only what runs on this cluster.
    """
    return [*_built_in(), *_published(cluster_id)]


def _built_in() -> Iterator[Entry]:
    for told in BUILT_IN.values():
        yield Entry(
            name=told.name,
            version=told.version,
            kind=told.kind.value,
            view=told.view.value if told.view else None,
            title=told.title,
            help=told.help,
            built_in=True,
            fields=told.fields,
        )


def _published(cluster_id: UUID | None) -> list[Entry]:
    versions: dict[tuple[str, int], list[Recipe]] = {}
    for row in _rows(cluster_id):
        versions.setdefault((row.name, row.version), []).append(row)
    for rows in versions.values():
        rows.sort(key=lambda row: (row.package.order, row.package.created_at), reverse=True)
    # Descriptions are large, so no older version's is read.
    newest = [rows[0].pk for rows in versions.values()]
    described: dict[UUID, dict[str, Any]] = dict(
        Recipe.objects.filter(pk__in=newest).values_list("pk", "description")
    )
    return [_entry(rows, described[rows[0].pk]) for rows in versions.values()]


def _rows(cluster_id: UUID | None) -> list[Recipe]:
    rows = Recipe.objects.on_cluster(cluster_id) if cluster_id else Recipe.objects.all()
    rows = rows.exclude(package__cluster__state=ClusterState.REVOKED)
    return list(rows.select_related("package__cluster").defer("description"))


def _entry(rows: list[Recipe], description: dict[str, Any]) -> Entry:
    newest = rows[0]
    return Entry(
        name=newest.name,
        version=newest.version,
        kind=newest.kind,
        view=newest.view or None,
        title=newest.title,
        help=description["help"],
        fields=FIELDS.validate_python(description["fields"]),
        packages=[row.package for row in rows],
    )
