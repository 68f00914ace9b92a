"""Recipes in the browser: a job by its form, and a text that goes no further than its cluster."""

from __future__ import annotations

import base64
import json
import re
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from common.embedded.addresses import CONTROLPLANE_DATABASE, WORKER_DATABASE
from examples.demo.cluster import Cluster
from examples.demo.planes import DEMO_ORGANIZATION, Planes
from tests.e2e import test_own_recipes as own
from tests.e2e.laptop import Laptop
from tests.e2e.test_own_recipes import first_examples, project_with_labels, wait_for
from tests.e2e.watching import Watch
from tests.e2e.worksite import sign_in
from tests.egress.watched import Haystack, files_below, tables_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

cluster, console, laptop = own.cluster, own.console, own.laptop

JOB_MS = 120_000
REFUSED = r"status of 400"
UUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
RECIPES = '''"""A job that counts, and a task that asks."""

from typing import Annotated

from annex.recipes import Example, Ge, Job, Task, Text, job_recipe, task_recipe


@job_recipe("tally.report")
def report(*, upto: Annotated[int, Ge(1)] = 3, job: Job) -> None:
    """Count up and say so.

    Args:
        upto: How far it counts.
    """
    for number in range(upto):
        job.progress(number + 1, upto)
    (job.output / "count.txt").write_text(str(upto))


@task_recipe("tally.ask", view="choices")
def ask(*, question: Text) -> Task:
    """Ask something about letters.

    Args:
        question: What annotators are asked.
    """
    letters = ["The parcel has not come.", "Thank you, that was quick."]
    return Task(stream=[Example(letter, meta={"question": question}) for letter in letters])
'''


@pytest.fixture
def tally(laptop: Laptop) -> str:
    """Publish the package above; return the title of one of two projects on its cluster."""
    [at] = [row["id"] for row in laptop.asked("clusters", "list") if row["state"] == "active"]
    projects = [project_with_labels(laptop, at) for _ in range(2)]
    package = laptop.folder / "tally-words"
    laptop.annex("recipes", "init", package.name)
    (package / "tally_words" / "recipes.py").write_text(RECIPES)
    laptop.annex("recipes", "publish", package.name)
    return projects[0]


def arrive(context: BrowserContext, planes: Planes, path: str) -> Page:
    page = context.new_page()
    page.goto(f"{planes.console_origin}/{DEMO_ORGANIZATION}/{path}")
    sign_in(page, planes)
    return page


def from_catalogue(page: Page, verb: str, title: str, project: str) -> None:
    """Find a recipe in the catalogue and go to its form in a project."""
    page.get_by_label("Search the recipes").fill(title.lower())
    page.get_by_role("button", name=f"{verb}: {title}").click()
    page.get_by_role("menuitem", name=project).click()


def test_a_job_is_started_by_the_form_that_its_recipe_asks_for(
    laptop: Laptop, tally: str, planes: Planes, context: BrowserContext, watch: Watch
) -> None:
    watch.allowed.append(REFUSED)
    page = arrive(context, planes, "recipes")
    from_catalogue(page, "Start a job", "Count up and say so", tally)
    expect(page.get_by_role("combobox", name="Recipe")).to_have_value(
        "Count up and say so (tally.report.v1)"
    )
    upto = page.get_by_label("Upto")
    upto.fill("0")
    page.get_by_role("button", name="Start the job").click()
    expect(page.get_by_text("Input should be greater than or equal to 1.")).to_be_visible()
    upto.fill("5")
    expect(page.get_by_text("Input should be greater than or equal to 1.")).to_have_count(0)
    command = page.get_by_label("Command", exact=True).locator("pre").inner_text()
    assert command.endswith("--upto=5")
    page.get_by_role("button", name="Start the job").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Run tally.report.v1")
    expect(page.get_by_text("done", exact=True)).to_be_visible(timeout=JOB_MS)
    expect(page.get_by_text("tally.report.v1, package tally-words 0.1.0")).to_be_visible()
    with context.expect_page() as opening:
        page.get_by_role("link", name="See what it left on the cluster").click()
    expect(opening.value.get_by_text("tally.report.zip")).to_be_visible(timeout=JOB_MS)
    # What the form says a shell would say is what a shell can say.
    laptop.annex(*shlex.split(command.replace("\\\n", " "))[1:])
    rows = laptop.asked("jobs", "list", "--project", tally)
    assert [row["recipe"] for row in rows].count("tally.report.v1") == 2


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Where all that the recorded browser says and hears is written when it is closed."""
    return tmp_path / "recording.har"


@pytest.fixture
def recorded(browser: Browser, watch: Watch, recording: Path) -> Iterator[BrowserContext]:
    opened = browser.new_context(
        viewport={"width": 1440, "height": 900},
        record_har_path=recording,
        record_har_content="embed",
    )
    watch.attach(opened)
    yield opened
    opened.close()


def test_a_text_is_written_on_the_cluster_and_its_id_alone_comes_back(
    tally: str, planes: Planes, cluster: Cluster, recorded: BrowserContext, recording: Path
) -> None:
    canary = f"CANARY-{uuid4().hex} what the patient said"
    page = arrive(recorded, planes, "recipes")
    from_catalogue(page, "Make a task", "Ask something about letters", tally)
    question = page.get_by_role("textbox", name="Question")
    expect(question).to_have_value("")
    with recorded.expect_page() as opening:
        page.get_by_role("link", name="Write it on the cluster").click()
    write_and_hand_back(opening.value, canary)
    expect(question).to_have_value(UUID)
    page.get_by_role("button", name="Create task").click()
    stream = page.get_by_role("link", name="What its recipe does on the cluster")
    expect(stream).to_be_visible()
    task = page.url.rsplit("/", 1)[-1]
    batch = wait_for("examples", lambda: first_examples(cluster, task))
    assert [example["meta"]["question"] for example in batch] == [canary, canary]
    with recorded.expect_page() as opening:
        stream.click()
    expect(opening.value.get_by_text("The stream has no more examples")).to_be_visible()
    recorded.close()
    heard = exchanges(recording)
    told_cluster = [said for url, said in heard if url.startswith(planes.worker_origin)]
    assert any(canary.encode() in said for said in told_cluster), "the recording holds bodies"
    at_console = [each for each in heard if each[0].startswith(planes.console_origin)]
    assert len(at_console) > 10
    expect_nowhere(canary, [*at_console, *kept_by_control_plane(planes)])
    kept = tables_of(planes.supervisor.servers.postgres.superuser_url(WORKER_DATABASE))
    assert any(canary.encode() in column for _, column in kept)


def exchanges(recording: Path) -> list[Haystack]:
    """Return each request and its answer, as bytes to search, with the address it went to."""
    entries = json.loads(recording.read_text())["log"]["entries"]
    return [(entry["request"]["url"], searchable(entry)) for entry in entries]


def searchable(entry: dict[str, Any]) -> bytes:
    content = entry["response"]["content"]
    text = content.get("text", "")
    is_packed = content.get("encoding") == "base64"
    return json.dumps(entry).encode() + (base64.b64decode(text) if is_packed else text.encode())


def write_and_hand_back(page: Page, text: str) -> None:
    expect(page.get_by_text("A form in the console waits for a text")).to_be_visible(timeout=30_000)
    page.get_by_role("textbox", name="Text").fill(text)
    page.get_by_role("button", name="Keep it on this cluster").click()
    page.get_by_role("link", name="Hand its id to the form").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The form has the id")


def expect_nowhere(canary: str, haystacks: Iterable[Haystack]) -> None:
    assert [where for where, found in haystacks if canary.encode() in found] == []


def kept_by_control_plane(planes: Planes) -> Iterator[Haystack]:
    yield from tables_of(planes.supervisor.servers.postgres.superuser_url(CONTROLPLANE_DATABASE))
    for name in ("logs", "mail", "controlplane"):
        yield from files_below(planes.folder / name)
