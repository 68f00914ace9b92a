"""Saving while the control plane is away for a minute: `python -m benchmarks.outage_saves`.

One annotator saves at a steady pace through the annotation API, first with the control plane, then
with its processes stopped. A save that fails ends the benchmark without figures.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Generator, Iterator
from itertools import islice
from typing import Any

from benchmarks.figures import Figure, finish
from benchmarks.paragraphs import labelled_paragraphs
from benchmarks.planes_ground import Ground, running_ground
from examples.demo.annotators import BATCH, SimulatedAnnotator
from examples.demo.planes import DEMO_EMAIL

PACE_SECONDS = 0.1
WITH_SAVES, WITHOUT_SAVES = 200, 600
"""The second times the pace is the minute."""
HIGH = 1.25


def measure() -> tuple[list[float], list[float]]:
    """Return milliseconds of each save, with the control plane and without."""
    with running_ground("NAME") as ground:
        saves = save_times(annotator_of(ground))
        with_it = list(islice(saves, WITH_SAVES))
        ground.planes.stop_control_plane()
        without_it = list(islice(saves, WITHOUT_SAVES))
        saves.close()
    return with_it, without_it


def annotator_of(ground: Ground) -> SimulatedAnnotator:
    """Open a task for the owner with enough texts for both rounds and the leases on top."""
    journey = ground.journey
    texts = [text.text for text in labelled_paragraphs(WITH_SAVES + WITHOUT_SAVES + BATCH)]
    rows = [{"text": text} for text in texts]
    data = journey.import_rows("Texts", rows, hold_back=0, advance=lambda done, total: None)
    [me] = [row for row in journey.console.pages("members") if row["email"] == DEMO_EMAIL]
    labels = journey.console.get(journey.path("labels"))["labels"]
    body = {
        "title": "Save",
        "recipe": "ner.manual.v1",
        "dataset": data["dataset"],
        "labels": [label["id"] for label in labels],
        "annotators": [me["id"]],
    }
    task = str(journey.console.post(journey.path("tasks"), body)["id"])
    journey.cluster.wait_for(f"/api/tasks/{task}", 30)
    return SimulatedAnnotator(journey.cluster, task, dict.fromkeys(texts, ()))


def save_times(annotator: SimulatedAnnotator) -> Generator[float]:
    """Yield how long each save took, at a steady pace. Raises: ConsoleError when one is refused."""
    for example in examples_of(annotator):
        due = time.perf_counter() + PACE_SECONDS
        answer = annotator.answer_of(example)
        path = f"{annotator.path}/answers/{answer.pop('id')}"
        begun = time.perf_counter()
        annotator.cluster.put(path, answer)
        yield 1000 * (time.perf_counter() - begun)
        time.sleep(max(0.0, due - time.perf_counter()))


def examples_of(annotator: SimulatedAnnotator) -> Iterator[dict[str, Any]]:
    """Yield what the queue gives, batch after batch."""
    while True:
        body = {"size": BATCH, "holding": []}
        yield from annotator.cluster.post(f"{annotator.path}/batch", body)["examples"]


def main() -> int:
    """Measure and compare."""
    with_it, without_it = measure()
    against = "with the control plane"
    slow, slow_with = (statistics.quantiles(times, n=20)[-1] for times in (without_it, with_it))
    median, median_with = statistics.median(without_it), statistics.median(with_it)
    what = f"a minute's outage, {len(without_it)} saves"
    return finish(
        [
            Figure(f"{what}, median", median, "ms", median_with, against, high=HIGH),
            Figure(f"{what}, 95 %", slow, "ms", slow_with, against),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
