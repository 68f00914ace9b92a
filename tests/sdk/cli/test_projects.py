"""`annex projects`."""

from __future__ import annotations

from tests.sdk.scene import Annex, Stage


def test_projects_are_listed_for_people_and_as_json(stage: Stage, signed_in: Annex) -> None:
    assert "Tickets" in signed_in("projects", "list").out
    rows = signed_in("projects", "list", "--json").json
    assert [(row["id"], row["title"]) for row in rows] == [(str(stage.cast.project.id), "Tickets")]
