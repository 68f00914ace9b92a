"""Our models against scores of others: `python -m benchmarks.reference_scores [FOLDER …]`.

Both planes as real processes. Every set is imported through the Data page, trained and measured by
jobs, and read off its project's board: what is compared is what a team would see. Texts of the test
set are kept out of the training, which refuses them anyhow. Needs the shared data.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from benchmarks.figures import Figure, finish
from benchmarks.planes_ground import Ground, running_ground
from benchmarks.shared_data import shared_folder
from examples.demo.gold import Material
from examples.demo.journey import Journey, begin
from examples.demo.paragraphs import folded

Row = dict[str, Any]
WITHIN_POINTS = 1.5
TRAIN_SECONDS = 3600


@dataclass(frozen=True)
class Reference:
    """A data folder, what to learn from it, and what somebody else's model scores on its test."""

    folder: str
    component: str
    f: float
    whose: str


REFERENCES = (
    Reference("textcat_banking77", "textcat", 86.7, "spaCy's bag of words, as measured"),
    Reference("textcat_docs_issues", "textcat_multilabel", 75.5, "spaCy's, best look at the test"),
    Reference("ner_ncbi_disease", "ner", 78.0, "spaCy's defaults, as measured"),
    Reference("ner_wnut17", "ner", 15.5, "spaCy's defaults, as measured"),
)


def score(ground: Ground, reference: Reference) -> Figure:
    """Walk one folder from its files to the board; return the figure for it."""
    folder = shared_folder(reference.folder)
    labels = tuple((folder / "labels.txt").read_text(encoding="utf-8").split("\n"))
    journey = project_of(ground, reference.folder, tuple(filter(None, labels)))
    test = rows_of(folder, "test")
    held_back = journey.import_rows("test", test, hold_back=len(test), advance=silent)
    train = without([*rows_of(folder, "train"), *rows_of(folder, "dev")], test)
    data = journey.import_rows("train", train, hold_back=0, advance=silent)
    measured = held_back["evaluation_dataset"]
    row = train_and_measure(journey, reference, data["dataset"], measured)
    what = f"{reference.folder}, {row['size_bytes'] / 1e6:.1f} MB"
    low = reference.f - WITHIN_POINTS
    return Figure(f"{what}: F", row["f"], "F", None, f"{reference.f} {reference.whose}", low=low)


def project_of(ground: Ground, title: str, labels: tuple[str, ...]) -> Journey:
    """Make a project of its own on the ground's cluster."""
    first = ground.journey
    cluster = first.console.get(f"projects/{first.project}")["cluster"]
    material = Material(title, labels, [], [], [], 0)
    return begin(first.console, first.cluster, cluster, material, first.folder)


def train_and_measure(journey: Journey, reference: Reference, dataset: str, held_back: str) -> Row:
    """Train once with the recipe's own patience; return the model's row on the board."""
    arguments = {
        "name": reference.folder,
        "component": reference.component,
        "datasets": [dataset],
        "evaluation_dataset": held_back,
    }
    job = journey.console.post(journey.path("jobs"), {"recipe": "train.v1", "arguments": arguments})
    journey.follow(lambda row: row["id"] == job["id"], TRAIN_SECONDS, silent)
    (row,) = journey.console.get(journey.path("board"))["rows"]
    return dict(row)


def rows_of(folder: Path, part: str) -> list[Row]:
    """Return the rows of one file."""
    lines = (folder / f"{part}.jsonl").read_bytes().splitlines()
    return [orjson.loads(line) for line in lines]


def without(rows: Sequence[Row], held_back: Sequence[Row]) -> list[Row]:
    """Return the rows whose text, folded, is not held back."""
    kept_apart = {folded(row["text"]) for row in held_back}
    return [row for row in rows if folded(row["text"]) not in kept_apart]


def silent(done: int, total: int) -> None:
    """Show no progress."""


def main(folders: Sequence[str]) -> int:
    """Score the folders named, or all."""
    wanted = [each for each in REFERENCES if not folders or each.folder in folders]
    with running_ground("FIRST") as ground:
        return finish([score(ground, reference) for reference in wanted])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
