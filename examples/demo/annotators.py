"""Simulated annotators: they know the gold spans and answer through the real annotation HTTP API.

They are called simulated on every screen. What they skip is what people skip: nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from examples.demo.cluster import Cluster, Row

Gold = Mapping[str, Sequence[tuple[int, int, str]]]
BATCH = 10


class Budget:
    """How many more answers the annotators together may give; safe between threads."""

    def __init__(self, answers: int) -> None:
        self._left = answers
        self._lock = threading.Lock()

    def take(self, wanted: int) -> int:
        with self._lock:
            taken = min(wanted, self._left)
            self._left -= taken
            return taken


class SimulatedAnnotator:
    """One simulated person in one task."""

    def __init__(self, cluster: Cluster, task: str, gold: Gold) -> None:
        self.cluster = cluster
        self.path = f"/api/tasks/{task}"
        self.gold = gold
        self.labels = {label["name"]: label["id"] for label in cluster.get(self.path)["labels"]}

    def work(self, budget: Budget, answered: Callable[[int], None]) -> int:
        """Answer until the budget or the queue is empty; return how many answers were saved."""
        saved = 0
        while wanted := budget.take(BATCH):
            page = self.cluster.post(f"{self.path}/batch", {"size": wanted, "holding": []})
            if not page["examples"]:
                if page["exhausted"]:
                    return saved
                time.sleep(page.get("retry_after_seconds") or 0.5)
                continue
            saved += self._answer(page["examples"])
            answered(len(page["examples"]))
        return saved

    def _answer(self, examples: list[Row]) -> int:
        answers = [self.answer_of(example) for example in examples]
        results = self.cluster.post(f"{self.path}/answers", {"answers": answers})["results"]
        refused = [result for result in results if result.get("code")]
        if refused:
            raise RuntimeError(f"the cluster refused simulated answers: {refused[:3]}")
        return len(results)

    def answer_of(self, example: Row) -> Row:
        """Return the answer of someone who knows: the gold spans of this text."""
        spans = [
            {"start": start, "end": end, "label": self.labels[label]}
            for start, end, label in sorted(self.gold[example["text"]])
        ]
        return {
            "id": str(uuid4()),
            "example": example["id"],
            "verdict": "accept",
            "spans": spans,
            "flagged": False,
            "note": "",
            "base_version": 0,
            "working_ms": 4000,
        }


def answer_together(
    annotators: Sequence[SimulatedAnnotator], answers: int, answered: Callable[[int], None]
) -> int:
    """Let all annotators work at once; return how many answers they gave in all."""
    budget = Budget(answers)
    with ThreadPoolExecutor(len(annotators)) as pool:
        return sum(pool.map(lambda annotator: annotator.work(budget, answered), annotators))
