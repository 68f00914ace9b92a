"""Annotators who do not give up: the same answer is sent until the cluster says that it has it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import uuid4

import httpx

from examples.demo.cluster import Cluster
from examples.demo.console import ConsoleError

T = TypeVar("T")
Row = dict[str, Any]
PATIENCE_SECONDS = 90
BATCH = 5


def insist(call: Callable[[], T]) -> T:
    """Call again while the server is away. Raises: what it says once it is there."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return call()
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise
        except ConsoleError as problem:
            is_passing = problem.status >= httpx.codes.INTERNAL_SERVER_ERROR
            if not is_passing or time.monotonic() > deadline:
                raise
        time.sleep(0.2)


@dataclass
class Annotator:
    """One person in one task. `acknowledged` maps answer ids to (example, spans)."""

    cluster: Cluster
    task: str
    pause_seconds: float
    acknowledged: dict[str, tuple[str, list[Row]]] = field(default_factory=dict)
    refused: list[Row] = field(default_factory=list)

    def work(self, enough: Callable[[], bool]) -> None:
        """Answer until it is enough, or nothing is left."""
        while not enough():
            page = self._post("batch", {"size": BATCH, "holding": []})
            for example in page["examples"]:
                self._answer(example)
            if page["exhausted"] and not page["examples"]:
                return

    def _answer(self, example: Row) -> None:
        time.sleep(self.pause_seconds)
        answer = self._answer_of(example)
        [result] = self._post("answers", {"answers": [answer]})["results"]
        if result.get("code"):
            self.refused.append(result)
        else:
            self.acknowledged[answer["id"]] = (answer["example"], answer["spans"])

    def _answer_of(self, example: Row) -> Row:
        start, end = example["tokens"][0]
        return {
            "id": str(uuid4()),
            "example": example["id"],
            "verdict": "accept",
            "spans": [{"start": start, "end": end, "label": self.label}],
            "working_ms": 1000,
        }

    @property
    def label(self) -> str:
        """The id of the task's one label."""
        if not hasattr(self, "_label"):
            task = insist(lambda: self.cluster.get(f"/api/tasks/{self.task}"))
            self._label = str(task["labels"][0]["id"])
        return self._label

    def _post(self, what: str, body: Row) -> Row:
        path = f"/api/tasks/{self.task}/{what}"
        return dict(insist(lambda: self.cluster.post(path, body)))


class Crew:
    """Several annotators at work, each in a thread, until told that it is enough."""

    def __init__(self, annotators: list[Annotator]) -> None:
        self.annotators = annotators
        self.failures: list[Exception] = []
        self._enough = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, args=(annotator,), daemon=True)
            for annotator in annotators
        ]

    def begin(self) -> None:
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Let each finish what is in hand. Raises: what made one of them stop."""
        self._enough.set()
        for thread in self._threads:
            thread.join(2 * PATIENCE_SECONDS)
        if self.failures:
            raise self.failures[0]

    @property
    def count(self) -> int:
        """How many answers were acknowledged so far."""
        return sum(len(annotator.acknowledged) for annotator in self.annotators)

    def _work(self, annotator: Annotator) -> None:
        try:
            annotator.work(self._enough.is_set)
        except Exception as failure:
            self.failures.append(failure)
