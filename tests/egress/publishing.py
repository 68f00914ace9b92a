"""A developer publishes recipes that say markers wherever a recipe can say something."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest

from examples.demo.console import ConsoleError
from examples.demo.journey import Journey
from examples.demo.planes import DEMO_EMAIL
from tests.e2e.laptop import Laptop, laptop_of
from tests.egress.marked_package import write_marked
from tests.egress.scene import Scene

Row = dict[str, Any]
WAIT_SECONDS = 90
LINES = 3
USAGE, JOB_FAILED = 2, 8
MYSELF = ("--annotator", DEMO_EMAIL)
"""A router is asked where there is somebody to choose."""
FAULTS = ("none", "stream", "route", "check", "names")


def laptop_behind_a_tap(scene: Scene, journey: Journey) -> Laptop:
    """Return a laptop that reaches the control plane through the scene's last tap."""
    folder = scene.planes.folder / "laptop"
    folder.mkdir()
    host = {"ANNEX_HOST": scene.taps[-1].origin, "ANNEX_PROJECT": journey.project}
    return laptop_of(scene.planes, journey.console, journey.cluster, folder, **host)


@dataclass
class Publishing:
    """One developer's afternoon. `seen` is what they and annotators read, by where."""

    scene: Scene
    journey: Journey
    laptop: Laptop
    seen: dict[str, str] = field(default_factory=dict)

    def run(self) -> dict[str, str]:
        words = self.scene.markers | self.scene.declared
        package = write_marked("marked", self.laptop.folder / "marked-words", words)
        self.seen["publish"] = self.laptop.annex("recipes", "publish", str(package))
        self.publish_hastily()
        self.write_texts()
        self.push_sample()
        tasks = {fault: self.open_task(fault) for fault in FAULTS}
        self.mistype()
        self.run_job()
        self.break_job()
        self.annotate(tasks["none"])
        self.answer(tasks["check"])
        self.examples_of(tasks["names"])
        for fault in ("stream", "route", "check"):
            self.read_failure(fault, tasks[fault])
        return self.seen

    def publish_hastily(self) -> None:
        """Publish a package whose names are words of a file, which lies on the laptop alone."""
        folder = self.laptop.folder
        package = write_marked("hasty", folder / "hasty-words", {})
        (folder / "words.txt").write_text(self.scene.markers["name_at_run_time"].lower())
        there = {"HASTY_WORDS": str(folder / "words.txt")}
        hasty = Laptop(folder, {**self.laptop.environment, **there})
        self.seen["hasty"] = hasty.annex("recipes", "publish", str(package), status=USAGE)

    def write_texts(self) -> None:
        """Lay texts down on the cluster in each way that there is."""
        markers, annex = self.scene.markers, self.laptop.annex
        (self.laptop.folder / "note.txt").write_text(markers["text_of_file"])
        for word, said in ((markers["pushed_text"], None), ("@note.txt", None), ("-", "stdin")):
            annex("texts", "push", word, said=said and markers["text_of_stdin"])
        self.seen["texts"] = annex("texts", "list")

    def push_sample(self) -> None:
        """Bring the file that the recipe reads."""
        sample = self.laptop.folder / f"{self.scene.markers['sample_file']}.jsonl"
        word = self.scene.markers["sample_text"]
        rows = (json.dumps({"text": f"Letter {number} {word}"}) for number in range(LINES))
        sample.write_text("\n".join(rows))
        self.laptop.annex("assets", "create", "letters")
        self.laptop.annex("assets", "push", "letters", str(sample), "--confirm")
        self.wait(lambda: "ready" in self.laptop.annex("assets", "show", "letters"))

    def open_task(self, fault: str) -> Row:
        question = f"--question={self.scene.markers['argument_text']}"
        recipe = ("--recipe", "marked.letters", "--source", "letters", question, *MYSELF)
        made = self.laptop.asked("tasks", "create", f"Letters {fault}", *recipe, "--fault", fault)
        return dict(made)

    def mistype(self) -> None:
        """Give a word where a number belongs, and a whole text where a choice does."""
        wrong = [f"--{self.scene.declared['field_name'].lower()}", self.scene.markers["mistyped"]]
        words = ["--recipe", "marked.letters", "--source", "letters", "--question", "?", *wrong]
        create = ("tasks", "create", "Never", *words, "--fault", self.scene.markers["mistyped"])
        self.seen["mistyped"] = self.laptop.annex(*create, status=USAGE)

    # --- jobs ---

    def run_job(self) -> None:
        """Let a job spell a text in its progress and leave it in a file; fetch that."""
        words = f"--words={self.scene.markers['job_text']}"
        job = self.laptop.asked("jobs", "run", "marked.report", words, "--wait")
        self.seen["job"] = json.dumps(job)
        self.laptop.annex("datasets", "pull", "--job", job["id"], "-o", "report.zip")
        self.scene.fetched = self.laptop.folder / "report.zip"

    def break_job(self) -> None:
        words = ("--words", self.scene.markers["job_text"], "--fails", "--wait")
        failed = self.laptop.annex("jobs", "run", "marked.report", *words, status=JOB_FAILED)
        [job] = [row for row in self.laptop.asked("jobs", "list") if row["state"] == "failed"][:1]
        assert job["recipe"] == "marked.report.v1", failed
        self.seen["job_failed"] = json.dumps(job)
        self.seen["job_log"] = self.laptop.annex("jobs", "logs", job["id"])

    # --- tasks ---

    def annotate(self, task: Row) -> None:
        """See an example; have an answer refused, and another taken."""
        examples = self.examples_of(task)
        self.seen["example"] = json.dumps(examples[0])
        with pytest.raises(ConsoleError) as refused:
            self.save(task, examples[0], "accept")
        self.seen["refusal"] = refused.value.body
        self.save(task, examples[0], "reject")

    def answer(self, task: Row) -> None:
        self.save(task, self.examples_of(task)[0], "accept")

    def save(self, task: Row, example: Row, verdict: str) -> None:
        body = {"example": example["id"], "verdict": verdict, "base_version": 0}
        self.journey.cluster.put(f"/api/tasks/{task['id']}/answers/{uuid4()}", body)

    def examples_of(self, task: Row) -> list[Row]:
        """Return a task's examples, once its stream was drawn."""

        def look() -> list[Row]:
            batch = {"size": LINES, "holding": []}
            drawn = self.journey.cluster.post(f"/api/tasks/{task['id']}/batch", batch)
            return list(drawn["examples"])

        self.journey.cluster.wait_for(f"/api/tasks/{task['id']}", WAIT_SECONDS)
        found: list[Row] = self.wait(look)
        return found

    def read_failure(self, fault: str, task: Row) -> None:
        path = f"/api/tasks/{task['id']}/stream"
        self.journey.cluster.wait_for(path, WAIT_SECONDS)
        shown = self.wait(lambda: self.journey.cluster.get(path)["failures"])
        self.seen[fault] = json.dumps(shown)

    def wait(self, look: Callable[[], Any]) -> Any:
        """Return what `look` finds, as soon as it finds something."""
        until = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < until:
            if found := look():
                return found
            time.sleep(0.5)
        raise TimeoutError(f"waited {WAIT_SECONDS} s")
