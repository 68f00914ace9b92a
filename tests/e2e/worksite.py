"""A project with a few texts and one task for the demo's person, made through the real doors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from examples.demo.cluster import Cluster
from examples.demo.console import Console
from examples.demo.gold import Material
from examples.demo.journey import Journey, begin
from examples.demo.planes import DEMO_EMAIL, DEMO_ORGANIZATION, Planes

Row = dict[str, Any]
EXPORT_SECONDS = 120


@dataclass(frozen=True)
class Worksite:
    """Where one test works: the planes, the person's sessions, and the task."""

    planes: Planes
    journey: Journey
    dataset: str
    task: str

    @property
    def cluster(self) -> Cluster:
        return self.journey.cluster

    @property
    def address(self) -> str:
        return f"{self.planes.worker_origin}/t/{self.task}"

    def answers(self) -> list[Row]:
        """Return every answer of the person in the task, newest first, as the worker's API does."""
        found: list[Row] = []
        cursor = ""
        while True:
            page = self.cluster.get(f"/api/tasks/{self.task}/history?cursor={cursor}")
            found += page["results"]
            if not page["next"]:
                return found
            cursor = page["next"]

    def export(self, file_format: str) -> bytes:
        """Export the dataset and download the file from the cluster."""
        body = {
            "recipe": "export.v1",
            "arguments": {"dataset": self.dataset, "format": file_format},
        }
        job = self.journey.console.post(self.journey.path("jobs"), body)
        self.journey.follow(lambda row: row["id"] == job["id"], EXPORT_SECONDS, lambda *_: None)
        return self.cluster.download(f"/api/exports/{job['id']}/file")

    def open(self, context: BrowserContext) -> Page:
        """Open the task in a browser, signing in on the way."""
        page = context.new_page()
        page.goto(self.address)
        sign_in(page, self.planes)
        expect(page.get_by_label(re.compile("^Text to "))).to_be_focused(timeout=30_000)
        return page


def make_worksite(
    planes: Planes,
    title: str,
    texts: Sequence[str],
    *,
    labels: tuple[str, ...] = ("NAME",),
    **asked: Any,
) -> Worksite:
    """Make a project on the enrolled cluster with a task of the given texts.

    Args: asked: fields of the task that differ from marking names, such as its recipe.
    """
    console = Console(planes.console_origin, DEMO_ORGANIZATION).sign_in(DEMO_EMAIL, planes.password)
    cluster = Cluster(planes.worker_origin, console).sign_in()
    [enrolled] = [row for row in console.pages("clusters") if row["state"] == "active"]
    rows = [{"text": text} for text in texts]
    material = Material(title, labels, rows, [], [], answers=0)
    journey = begin(console, cluster, enrolled["id"], material, planes.folder / "input")
    data = journey.import_rows("Texts", rows, hold_back=0, advance=lambda *_: None)
    task = make_task(journey, data["dataset"], **asked)
    cluster.wait_for(f"/api/tasks/{task}", 30)
    return Worksite(planes, journey, data["dataset"], task)


def make_task(journey: Journey, dataset: str, **asked: Any) -> str:
    """Open a task whose one annotator is the person themselves."""
    console = journey.console
    [me] = [row for row in console.pages("members") if row["email"] == DEMO_EMAIL]
    labels = console.get(journey.path("labels"))["labels"]
    body = {
        "title": "Find names",
        "recipe": "ner.manual.v1",
        "dataset": dataset,
        "labels": [label["id"] for label in labels],
        "annotators": [me["id"]],
        **asked,
    }
    return str(console.post(journey.path("tasks"), body)["id"])


def sign_in(page: Page, planes: Planes) -> None:
    """Fill in the console's sign-in page; it goes on to where the person was going."""
    page.get_by_label("E-mail").fill(DEMO_EMAIL)
    page.get_by_role("textbox", name="Password").fill(planes.password)
    page.get_by_role("button", name="Sign in").click()
