"""The main job, step by step, through the doors that people use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from examples.demo.cluster import Cluster
from examples.demo.console import Console
from examples.demo.gold import Material, write_rows

Row = dict[str, Any]
Advance = Callable[[int, int], None]
"""Called with (done, total) while something long is under way."""

TERMINAL = frozenset({"succeeded", "failed", "cancelled"})
IMPORT_SECONDS, SCORE_SECONDS, TRAIN_SECONDS = 120, 120, 1200


class JobEndedError(Exception):
    """A job ended otherwise than hoped; says which and why, as far as the control plane knows."""

    def __init__(self, job: Row) -> None:
        super().__init__(f"{job['recipe']} {job['state']}: {job.get('failure')}")


@dataclass(frozen=True)
class Journey:
    """One project's way from files to a board: the person, and their session on the cluster."""

    console: Console
    cluster: Cluster
    project: str
    folder: Path

    def path(self, rest: str) -> str:
        return f"projects/{self.project}/{rest}"

    def set_labels(self, names: tuple[str, ...]) -> None:
        version = self.console.get(self.path("labels"))["version"]
        labels = [{"name": name} for name in names]
        self.console.put(self.path("labels"), {"version": version, "labels": labels})

    def import_rows(
        self,
        name: str,
        rows: list[Row],
        *,
        hold_back: int,
        advance: Advance,
        on_bad_rows: str = "refuse",
    ) -> Row:
        """Upload rows on the cluster's Data page and wait for their import; return the asset."""
        asset = self.console.post(self.path("assets"), {"name": name, "kind": "data"})
        here = f"/api/assets/{asset['id']}"
        self.console_knows(here)
        self.cluster.upload(
            f"{here}/upload", write_rows(self.folder / f"{asset['id']}.jsonl", rows)
        )
        plan = self.cluster.get(here)["plan"] | {"on_bad_rows": on_bad_rows}
        self.cluster.post(f"{here}/confirm", {"plan": plan, "hold_back": hold_back})
        self.follow(
            lambda job: job["arguments"].get("asset") == asset["id"], IMPORT_SECONDS, advance
        )
        return dict(self.console.get(self.path(f"assets/{asset['id']}")))

    def write_rules(self, name: str, patterns: list[Row]) -> str:
        """Make a patterns asset out of rules and return its id."""
        asset = self.console.post(self.path("assets"), {"name": name, "kind": "patterns"})
        here = f"/api/assets/{asset['id']}"
        self.console_knows(here)
        self.cluster.put(f"{here}/patterns", {"patterns": patterns})
        self.console.wait(
            self.path(f"assets/{asset['id']}"), lambda row: row["state"] == "ready", 30
        )
        return str(asset["id"])

    def score(self, predictor: Row, dataset: str, advance: Advance) -> None:
        """Evaluate a predictor on the held-back dataset and wait for its row on the board."""
        job = self.console.post(
            self.path("jobs"),
            {"recipe": "evaluate.v1", "arguments": {"predictor": predictor, "dataset": dataset}},
        )
        self.follow(lambda row: row["id"] == job["id"], SCORE_SECONDS, advance)

    def train_curve(
        self,
        name: str,
        datasets: list[str],
        held_back: str,
        advance: Advance,
        max_steps: int | None = None,
    ) -> Row:
        """Train at 25, 50, 75 and 100 % of the answers and return the finished job."""
        arguments: Row = {"name": name, "datasets": datasets, "evaluation_dataset": held_back}
        if max_steps is not None:
            arguments["max_steps"] = max_steps
        job = self.console.post(
            self.path("jobs"), {"recipe": "train-curve.v1", "arguments": arguments}
        )
        return self.follow(lambda row: row["id"] == job["id"], TRAIN_SECONDS, advance)

    def console_knows(self, path: str, seconds: float = 30) -> None:
        """Wait until what was made in the console has reached the cluster."""
        self.cluster.wait_for(path, seconds)

    def follow(self, wanted: Callable[[Row], bool], seconds: float, advance: Advance) -> Row:
        """Follow a job to its end.

        Raises: JobEndedError, TimeoutError.
        """
        found: list[Row] = []

        def ended(page: Row) -> bool:
            found[:] = [job for job in page["results"] if wanted(job)]
            if not found:
                return False
            progress = found[0].get("progress") or {}
            advance(progress.get("done") or 0, progress.get("total") or 0)
            return found[0]["state"] in TERMINAL

        self.console.wait(self.path("jobs"), ended, seconds)
        if found[0]["state"] != "succeeded":
            raise JobEndedError(found[0])
        return found[0]


def begin(
    console: Console, cluster: Cluster, cluster_id: str, material: Material, folder: Path
) -> Journey:
    """Make the project with its labels, and wait until the cluster knows of it."""
    project = console.post("projects", {"title": material.title, "cluster": cluster_id})
    folder.mkdir(parents=True, exist_ok=True)
    journey = Journey(console=console, cluster=cluster, project=project["id"], folder=folder)
    journey.set_labels(material.labels)
    return journey
