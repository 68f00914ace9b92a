"""What `annex check` checks: a predictor, by name or id, and the cluster that has it."""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass
from uuid import UUID

from annex.cli.names import is_id, one_named
from annex.cli.session import session
from annex.contract.enums import PredictorKind
from annex.errors import BadInput


@dataclass(frozen=True)
class Checked:
    """A predictor of a project, and what people call it."""

    kind: PredictorKind
    id: UUID
    name: str
    project: UUID
    asked: bool
    """Whether the control plane was asked for one of the names."""

    @functools.cached_property
    def reference(self) -> dict[str, str]:
        """What names it to both planes."""
        return {"kind": self.kind.value, "id": str(self.id)}

    def cluster_origin(self) -> str:
        """Return where it lies; blank, for the cluster signed in on, when nobody was asked."""
        if not self.asked:
            return ""
        organization = session().organization
        place = organization.projects.show(self.project).cluster
        return organization.clusters.show(place).origin


def checked_predictor(project: str, *, model: str, rules: str, combination: str) -> Checked:
    """Return the predictor that was named; ids ask nobody.

    Raises: BadInput unless exactly one was named; NoneOfThatName.
    """
    given = {
        PredictorKind.MODEL: model,
        PredictorKind.RULES: rules,
        PredictorKind.COMBINED: combination,
    }
    named = [(kind, name) for kind, name in given.items() if name]
    if len(named) != 1:
        raise BadInput("Say what is checked: --model, --rules or --combination, one of them.")
    [(kind, wanted)] = named
    project = project or os.environ.get("ANNEX_PROJECT", "")
    place = UUID(project) if is_id(project) else session().project_id(project)
    if is_id(wanted):
        return Checked(kind, UUID(wanted), wanted, place, asked=not is_id(project))
    listed = session().organization.project(place).predictors.list()
    rows = [row for row in listed if row.kind == kind]
    found = one_named(_NOUNS[kind], wanted, rows, lambda row: row.name)
    return Checked(kind, found.id, found.name, place, asked=True)


_NOUNS = {
    PredictorKind.MODEL: "model",
    PredictorKind.RULES: "asset of rules",
    PredictorKind.COMBINED: "combination",
}
