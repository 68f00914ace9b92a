"""Every labelled set onto a board, beside others' scores: `python -m benchmarks.reference_scores`.

    python -m benchmarks.reference_scores [FOLDER …]

Both planes as real processes. Every set is imported through the Data page, trained and measured by
jobs, and read off its project's board: what is compared is what a team would see. Texts of the test
set are kept out of the training, which refuses them anyhow. Needs the shared data.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
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
LEARN_SHARE = 0.7


@dataclass(frozen=True)
class Reference:
    """A data folder, what to learn from it, and what somebody else's model scores on its test.

    `f` is None where nobody's figure compares: the set then ends on its board, and is reported.
    """

    folder: str
    component: str
    f: float | None = None
    whose: str = ""
    max_steps: int = 4000


BEST_LOOK, DEFAULTS = "spaCy's, best look at the test", "spaCy's defaults, as measured"
REFERENCES = (
    Reference("textcat_banking77", "textcat", 86.7, "spaCy's bag of words, as measured"),
    Reference("textcat_docs_issues", "textcat_multilabel", 75.5, BEST_LOOK),
    Reference("ner_ncbi_disease", "ner", 78.0, DEFAULTS),
    Reference("ner_wnut17", "ner", 15.5, DEFAULTS),
    Reference("ner_food_ingredients", "ner", 78.7, BEST_LOOK),
    Reference("ner_fashion_brands", "ner", max_steps=1000),  # its figure: `fashion_brands`
    Reference("spans_restaurant8k", "ner", max_steps=1000),
    Reference("rel_biomed_ggp", "ner", max_steps=1000),
    *(
        Reference(f"multilingual/{code}", "ner", max_steps=500)
        for code in ("ar", "de", "he", "ja", "zh")
    ),
    Reference("multi_nlupp_hotels", "ner", max_steps=1000),
    Reference("multi_nlupp_hotels", "textcat_multilabel", max_steps=1000),
    Reference("textcat_cooking_multilabel", "textcat_multilabel", max_steps=500),
    Reference("textcat_goemotions", "textcat_multilabel", max_steps=1000),
    Reference("textcat_clinc150", "textcat", max_steps=1000),
)


def score(ground: Ground, reference: Reference) -> Figure:
    """Walk one folder from its files to the board; return the figure for it."""
    folder = shared_folder(reference.folder)
    train, test = parts_of(folder)
    journey = project_of(ground, reference.folder, labels_of(folder, [*train, *test]))
    held_back = import_apart(journey, "test", test, hold_back=True)
    data = import_apart(journey, "train", train, hold_back=False)
    measured = held_back["evaluation_dataset"]
    row = train_and_measure(journey, reference, data["dataset"], measured)
    what = f"{reference.folder}, {reference.component}, {row['size_bytes'] / 1e6:.1f} MB: F"
    if reference.f is None:
        return Figure(what, row["f"], "F", against=f"{reference.max_steps:,} steps")
    low = reference.f - WITHIN_POINTS
    return Figure(what, row["f"], "F", against=f"{reference.f} {reference.whose}", low=low)


def parts_of(folder: Path) -> tuple[list[Row], list[Row]]:
    """Return (rows to learn from, rows to measure on); a set without a part to learn is cut."""
    test = rows_of(folder, "test")
    if not (folder / "train.jsonl").exists():
        cut = round(LEARN_SHARE * len(test))
        return without(test[:cut], test[cut:]), test[cut:]
    return without([*rows_of(folder, "train"), *rows_of(folder, "dev")], test), test


def labels_of(folder: Path, rows: Iterable[Row]) -> tuple[str, ...]:
    """Return the labels that a set uses, of marks, of relations and of whole texts."""
    files = sorted(folder.glob("labels*.txt"))
    if not files:
        return tuple(sorted({span["label"] for row in rows for span in row.get("spans") or ()}))
    return tuple(
        line for path in files for line in path.read_text(encoding="utf-8").split("\n") if line
    )


def import_apart(journey: Journey, name: str, rows: list[Row], *, hold_back: bool) -> Row:
    """Import a file, held back or not; bad rows are left out."""
    count = len(rows) if hold_back else 0
    return journey.import_rows(name, rows, hold_back=count, advance=silent, on_bad_rows="skip")


def project_of(ground: Ground, title: str, labels: tuple[str, ...]) -> Journey:
    """Make a project of its own on the ground's cluster."""
    first = ground.journey
    cluster = first.console.get(f"projects/{first.project}")["cluster"]
    material = Material(title, labels, [], [], [], 0)
    return begin(first.console, first.cluster, cluster, material, first.folder)


def train_and_measure(journey: Journey, reference: Reference, dataset: str, held_back: str) -> Row:
    """Train once with the recipe's own patience; return the model's row on the board."""
    arguments = {
        "name": reference.folder.replace("/", " "),
        "component": reference.component,
        "datasets": [dataset],
        "evaluation_dataset": held_back,
        "max_steps": reference.max_steps,
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
        figures = [told(score(ground, reference)) for reference in wanted]
    return finish(figures)


def told(figure: Figure) -> Figure:
    """Say what was measured at once: the whole takes an hour."""
    print(f"  {figure.what} {figure.ours:.1f}", flush=True)
    return figure


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
