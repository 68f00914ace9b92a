"""A package of recipes in a folder, and a browser's view of its preview over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
from annex.preview.server import previewing

PATIENT_SECONDS = 60.0
"""A busy machine is no fault of the recipe."""

SOURCE = '''
import os
import time
from dataclasses import dataclass, replace
from typing import Annotated

from annex.contract.enums import Verdict
from annex.recipes import (
    Answer, Asset, Example, Ge, Job, Label, Len, Task, Text, job_recipe, task_recipe,
)


@dataclass(frozen=True)
class ByCount:
    """Stop after some.

    Args:
        most: How many.
    """

    most: Annotated[int, Ge(1)] = 30


@dataclass(frozen=True)
class ByLength:
    longest: int = 80


@task_recipe("works.pick", version=1, view="choices")
def pick(
    *,
    source: Asset,
    question: Text,
    limit: ByCount | ByLength = ByCount(),
    wanted: Annotated[list[Label], Len(0, 3)] = [],
    seed: int | None = None,
) -> Task:
    """Choose labels for the texts of a file."""
    heard = []

    def stream():
        for number, line in enumerate(source.path.open()):
            yield Example(line.strip(), meta={"question": question, "number": number})

    def validate(answer: Answer) -> str | None:
        if answer.text == "hang" and answer.verdict == "accept":
            time.sleep(60)
        if answer.verdict == "accept" and not answer.choices:
            return "Choose at least one label."
        return None

    def before_save(answer: Answer) -> Answer:
        chosen = {label.id for label in wanted}
        return replace(answer, choices=[*answer.choices, *(chosen - {*answer.choices})])

    def update(answers) -> None:
        heard.extend(answers)
        with open("heard.txt", "a") as file:
            file.writelines(f"{answer.verdict} {answer.text}\\n" for answer in answers)

    return Task(stream=stream(), validate_answer=validate, before_save=before_save, update=update)


@task_recipe("works.mark", version=2, view="spans")
def mark() -> Task:
    """Mark parts of texts without end."""

    def numbers():
        number = 0
        while True:
            yield Example(f"text number {number}")
            number += 1

    return Task(stream=numbers())


@job_recipe("works.count")
def count(*, upto: int, job: Job) -> None:
    """Count."""
    for number in range(upto):
        job.progress(number + 1, upto)
'''

PROJECT = """
[project]
name = "works"
version = "0.2.0"

[project.entry-points."annex.recipes"]
recipes = "works"
"""

SHELL = """<!doctype html>
<html><head>
<link rel="stylesheet" href="/assets/index.css">
</head><body><div id="app">the annotation app</div></body></html>
"""

TEXTS = ("one", "two 🙂", "hang", "four", "five")
VALUES = {"source": "sample.jsonl", "question": "Which?"}


def write_package(folder: Path, source: str = SOURCE) -> Path:
    """Write a package with a sample."""
    folder.mkdir(exist_ok=True)
    (folder / "pyproject.toml").write_text(PROJECT)
    (folder / "works.py").write_text(source)
    (folder / "sample.jsonl").write_text("".join(f"{text}\n" for text in TEXTS))
    return folder


def write_build(folder: Path) -> Path:
    """Write what a build of the annotation app leaves, with nothing in it."""
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(SHELL)
    (folder / "assets" / "index.css").write_text(":root {}")
    return folder


@contextmanager
def visiting(folder: Path, built: Path, seconds: float = PATIENT_SECONDS) -> Iterator[Visitor]:
    """Preview a package, and look at it."""
    with (
        previewing(folder, seconds=seconds, built=built) as server,
        httpx.Client(base_url=server.origin, timeout=2 * PATIENT_SECONDS) as client,
    ):
        assert client.get(server.address).headers["Location"] == "/"
        yield Visitor(client)


@dataclass
class Visitor:
    """A page of the preview, which asks what pages ask."""

    http: httpx.Client

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = self.get("/preview/state")
        return state

    def get(self, path: str) -> Any:
        return self.http.get(path).raise_for_status().json()

    def start(self, recipe: str = "works.pick.v1", **typed: Any) -> dict[str, Any]:
        content = {"recipe": recipe, "values": VALUES, "labels": ["Good", "Bad"], **typed}
        answer: dict[str, Any] = self.http.post("/preview/start", json=content).json()
        return answer

    def task(self, path: str = "") -> str:
        """Return the address of the started task's API."""
        screen = self.state()["screen"]
        assert screen
        return f"/api/tasks/{screen.removeprefix('/t/')}{path}"

    def batch(self, size: int = 5, holding: tuple[str, ...] = ()) -> dict[str, Any]:
        content = {"size": size, "holding": list(holding)}
        answer = self.http.post(self.task("/batch"), json=content).raise_for_status()
        batch: dict[str, Any] = answer.json()
        return batch

    def answer(
        self, example: str, verdict: str = "accept", key: UUID | None = None, **more: Any
    ) -> httpx.Response:
        content = {"example": example, "verdict": verdict, **more}
        return self.http.put(self.task(f"/answers/{key or uuid4()}"), json=content)

    def labels(self) -> dict[str, str]:
        return {label["name"]: label["id"] for label in self.get(self.task())["labels"]}

    def news_after(self, generation: int) -> int:
        """Wait as an open page does until there is something new."""
        for _ in range(5):
            found = self.get(f"/preview/news?after={generation}")["generation"]
            if found != generation:
                return int(found)
        raise AssertionError("nothing new was announced")
