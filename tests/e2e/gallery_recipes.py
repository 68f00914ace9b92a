"""A published package for the gallery: a task whose recipe fails, and a job that has run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from examples.demo.journey import TERMINAL, Journey
from examples.demo.planes import Planes

PACKAGE = "weekly-notes"
STREAM_SECONDS, JOB_SECONDS = 120, 300
QUESTION = "Which part of the note asks us to do something?\n\nMark the shortest such part."
TEXTS = (
    "You are a careful reader. " * 14 + "Answer with the label alone.",
    "How polite is this letter?",
)
RECIPES = '''"""Weekly notes: a stream with a fault in it, and a count."""

from collections.abc import Iterator
from typing import Annotated

from annex.recipes import Example, Ge, Job, Resume, Task, Text, job_recipe, task_recipe

NOTES = ["Please send the report.", "The train was late.", "Call Ms Ito back.", ""]


@task_recipe("weekly.notes", view="spans")
def notes(*, question: Text, most: Annotated[int, Ge(1)] = 12) -> Task:
    """Mark what the week's notes ask for.

    Args:
        question: What annotators are asked.
        most: How many notes there are at most.
    """

    def stream(resume: Resume) -> Iterator[Example]:
        for number in range(resume.taken, most):
            print(f"note {number} of {most}")
            yield Example(first_line(NOTES[number]), meta={"question": question})

    return Task(stream=stream)


def first_line(note: str) -> str:
    return note.splitlines()[0]


@job_recipe("weekly.count")
def count(*, upto: Annotated[int, Ge(1)] = 3, job: Job) -> None:
    """Count the week's notes.

    Args:
        upto: How many are counted.
    """
    for number in range(upto):
        job.progress(number + 1, upto)
    (job.output / "count.txt").write_text(str(upto))
'''


@dataclass(frozen=True)
class Hung:
    """Ids of what came of the package."""

    task: str
    job: str


def hang_recipes(planes: Planes, journey: Journey) -> Hung:
    """Publish the package as a laptop does, and use what is in it."""
    publish(planes, journey)
    texts = f"/api/projects/{journey.project}/texts"
    for text in TEXTS:
        journey.cluster.post(texts, {"text": text})
    question = journey.cluster.post(texts, {"text": QUESTION})["id"]
    labels = journey.console.get(journey.path("labels"))["labels"]
    task = journey.console.post(
        journey.path("tasks"),
        {
            "title": "What the notes ask for",
            "recipe": "weekly.notes.v1",
            "arguments": {"question": question},
            "labels": [label["id"] for label in labels],
        },
    )["id"]
    body = {"recipe": "weekly.count.v1", "arguments": {"upto": 4}}
    job = journey.console.post(journey.path("jobs"), body)["id"]
    journey.console.wait(f"jobs/{job}", lambda row: row["state"] in TERMINAL, JOB_SECONDS)
    wait_for_failure(journey, task)
    return Hung(task, job)


def publish(planes: Planes, journey: Journey) -> None:
    folder = planes.folder / "laptop"
    folder.mkdir()
    annex = str(Path(sys.executable).with_name("annex"))
    environment = os.environ | laptop(planes, journey)
    subprocess.run([annex, "recipes", "init", PACKAGE], cwd=folder, check=True)
    (folder / PACKAGE / "weekly_notes" / "recipes.py").write_text(RECIPES)
    subprocess.run([annex, "recipes", "publish", PACKAGE], cwd=folder, env=environment, check=True)


def laptop(planes: Planes, journey: Journey) -> dict[str, str]:
    """Return the environment of somebody who is signed in on both planes."""
    subject = journey.cluster.get("/api/session")["subject"]
    token = journey.console.post("tokens", {"name": "laptop", "role": "developer"})["secret"]
    return {
        "ANNEX_CONFIG_DIR": str(planes.folder / "laptop" / "config"),
        "ANNEX_HOST": planes.console_origin,
        "ANNEX_TOKEN": token,
        "ANNEX_CLUSTER": planes.worker_origin,
        "ANNEX_CLUSTER_TOKEN": planes.work("people", "script-token", "--subject", subject).strip(),
    }


def wait_for_failure(journey: Journey, task: str) -> None:
    """Wait until the stream has come to its fault. Raises: TimeoutError."""
    address = f"/api/tasks/{task}/stream"
    until = time.monotonic() + STREAM_SECONDS
    stream: dict[str, Any] = journey.cluster.wait_for(address, 30)
    while stream["state"] != "failed":
        if time.monotonic() > until:
            raise TimeoutError(f"the stream is {stream}")
        time.sleep(0.5)
        stream = journey.cluster.get(address)
