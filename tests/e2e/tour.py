"""Every screen of both apps: where it is, and how to tell that it has loaded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page, expect

from examples.demo.planes import DEMO_ORGANIZATION, Planes
from tests.e2e.gallery import Gallery
from tests.e2e.worksite import sign_in

WISH = "6f1c1b1e-7d53-4c05-9a51-0f7a5f0f2b11"
"""What a form of the console gives the cluster's Texts page on its way."""
READY_MS = 30_000
SETTLE_MS = 400
"""Charts and bars move into place; a picture before that would differ from run to run."""

Step = Callable[[Page], None]


@dataclass(frozen=True)
class Screen:
    """One screen. `shows` is text that stands there once it has loaded."""

    name: str
    address: str
    shows: str
    signed_in: bool = True
    narrow: bool = False
    before: Step | None = None

    def open(self, page: Page) -> None:
        """Go there and wait until it stands still."""
        page.goto(self.address)
        if self.before is not None:
            self.before(page)
        # Words for other devices stand in the page too, hidden.
        shown = page.get_by_text(self.shows).locator("visible=true")
        expect(shown.first).to_be_visible(timeout=READY_MS)
        # Not "networkidle": a screen that follows a job never falls silent.
        expect(page.locator(".mantine-Skeleton-root")).to_have_count(0, timeout=READY_MS)
        page.evaluate("document.fonts.ready.then(() => undefined)")
        page.wait_for_timeout(SETTLE_MS)


def screens(gallery: Gallery) -> Iterator[Screen]:
    yield from doors(gallery)
    yield from organization_screens(gallery)
    yield from project_screens(gallery)
    yield from annotation_screens(gallery)
    yield from cluster_screens(gallery)


def doors(gallery: Gallery) -> Iterator[Screen]:
    console = gallery.planes.console_origin
    yield Screen("console-sign-in", f"{console}/sign-in", "Password", signed_in=False)
    reset = f"{console}/password-reset"
    yield Screen("console-password-ask", reset, "Mail me the link", signed_in=False)
    yield Screen("console-password-choose", f"{reset}/used", "New password", signed_in=False)
    yield Screen(
        "console-invitation",
        f"{console}/invitations/{gallery.invitation}",
        "Create account and join",
        signed_in=False,
    )
    ids = f"for={WISH}&text={WISH}"
    nobody = "No form waits for this id"
    yield Screen("console-hand-back", f"{console}/hand-back#{ids}", nobody, signed_in=False)
    device = f"{console}/device"
    yield Screen("console-device", device, "Type the code")
    yield Screen("console-device-decide", device, "Role of its token", before=type_code(console))


def organization_screens(gallery: Gallery) -> Iterator[Screen]:
    base = f"{gallery.planes.console_origin}/{DEMO_ORGANIZATION}"
    yield Screen("projects", f"{base}/projects", "API documentation")
    yield Screen("project-new", f"{base}/projects/new", "Create project")
    yield Screen("people", f"{base}/people", "ines@newcomer.example")
    yield Screen("tokens", f"{base}/tokens", "API tokens")
    yield Screen("clusters", f"{base}/clusters", "Frankfurt")
    yield Screen("cluster", f"{base}/clusters/{gallery.enrolled}", "Connected and taking work")
    yield Screen(
        "cluster-joining", f"{base}/clusters/{gallery.pending}", "link enrol", before=show_command
    )
    yield Screen("recipes", f"{base}/recipes", "Mark the newest changes", narrow=True)
    yield Screen("audit", f"{base}/audit", "Audit log")
    yield Screen("not-here", f"{base}/nowhere", "not")


def project_screens(gallery: Gallery) -> Iterator[Screen]:
    base = f"{gallery.planes.console_origin}/{DEMO_ORGANIZATION}/projects"
    project, empty = f"{base}/{gallery.project}", f"{base}/{gallery.empty_project}"
    yield Screen("overview", f"{project}/overview", "Take the model with you", narrow=True)
    yield Screen("overview-first-run", f"{empty}/overview", "Add data")
    yield Screen("labels", f"{project}/labels", "merged into", narrow=True)
    yield Screen("labels-merge", f"{project}/labels", "Nothing changes yet.", before=ask_to_merge)
    yield Screen("labels-empty", f"{empty}/labels", "No labels yet")
    yield Screen("data", f"{project}/data", "Paragraphs")
    yield Screen("data-empty", f"{empty}/data", "Data")
    yield Screen("tasks", f"{project}/tasks", "Correct the rules")
    yield Screen("tasks-empty", f"{empty}/tasks", "Tasks")
    yield Screen("task-new", f"{project}/tasks", "Create task", before=start_task)
    published = "Weights 1"
    yield Screen(
        "task-new-published", f"{project}/tasks", published, narrow=True, before=start_own_task
    )
    yield Screen("task", f"{project}/tasks/{gallery.task}", "Correct the rules")
    of_recipe = f"{project}/tasks/{gallery.recipe_task}"
    yield Screen("task-published", of_recipe, "What its recipe does on the cluster", narrow=True)
    yield Screen("jobs", f"{project}/jobs", "early", narrow=True)
    asked = f"{project}/jobs?recipe=changelogs.digest.v2"
    yield Screen("job-new-published", asked, "Start the job", narrow=True)
    run = f"{project}/jobs/{gallery.recipe_job}"
    yield Screen("job-published", run, "See what it left on the cluster")
    yield Screen("jobs-empty", f"{empty}/jobs", "Jobs")
    yield Screen("job", f"{project}/jobs/{gallery.job}", "with a learning curve")
    yield Screen("job-failed", f"{project}/jobs/{gallery.failed_job}", "full report")
    yield Screen("models", f"{project}/models", "names")
    yield Screen("models-empty", f"{empty}/models", "Models")
    yield Screen("board", f"{project}/board", "Casing rules", narrow=True)
    yield Screen("board-empty", f"{empty}/board", "Board")


def annotation_screens(gallery: Gallery) -> Iterator[Screen]:
    worker = gallery.planes.worker_origin
    task = f"{worker}/t/{gallery.task}"
    yield Screen("annotate-home", f"{worker}/", "Correct the rules")
    yield Screen("annotate", task, "Accept", narrow=True)
    choosing = f"{worker}/t/{gallery.choosing}"
    yield Screen("annotate-choose", choosing, "Accept", narrow=True)
    yield Screen("annotate-help", task, "Keys", before=press("?"))
    yield Screen("annotate-definitions", task, "What each label means", before=press("d"))
    yield Screen("annotate-flag", task, "Flag this example", before=press("f"))
    yield Screen(
        "annotate-comments", task, "Nobody has said anything yet", before=press("m"), narrow=True
    )


def cluster_screens(gallery: Gallery) -> Iterator[Screen]:
    worker = gallery.planes.worker_origin
    yield Screen("cluster-data-choose", f"{worker}/data/{gallery.unfilled}", "Choose a file")
    yield Screen("cluster-data-map", f"{worker}/data/{gallery.unconfirmed}", "Preview")
    yield Screen(
        "cluster-data-confirmed", f"{worker}/data/{gallery.confirmed}", "This data is imported"
    )
    yield Screen("cluster-rules", f"{worker}/rules/{gallery.rules}", "As they stand now")
    yield Screen("cluster-guidelines", f"{worker}/guidelines/{gallery.guidelines}", "What counts")
    yield Screen("cluster-labels", f"{worker}/labels/{gallery.project}", "Definition", narrow=True)
    yield Screen("cluster-model", f"{worker}/models/{gallery.model}", "Download the wheel")
    measured = f"{worker}/evaluations/{gallery.evaluation}"
    yield Screen("cluster-evaluation", measured, "Worst texts", narrow=True)
    against = f"{measured}/against/{gallery.rival}"
    yield Screen("cluster-comparison", against, "Broken", narrow=True)
    trying = f"{worker}/try/{gallery.project}"
    yield Screen("cluster-try", trying, "What each says", narrow=True, before=try_sentence)
    yield Screen("cluster-export", f"{worker}/exports/{gallery.export}", "Download")
    yield Screen("cluster-failure", f"{worker}/failures/{gallery.failure}", "Traceback")
    yield from recipes_screens(worker, gallery)
    yield from administrators_screens(worker)


def recipes_screens(worker: str, gallery: Gallery) -> Iterator[Screen]:
    texts = f"{worker}/texts"
    asked = f"{texts}/{gallery.project}?for={WISH}"
    yield Screen("cluster-texts", asked, "Show all of it", narrow=True)
    yield Screen("cluster-texts-empty", f"{texts}/{gallery.empty_project}", "No text yet")
    stream = f"{worker}/streams/{gallery.recipe_task}"
    yield Screen("cluster-stream", stream, "The recipe has failed", narrow=True)
    packages = f"{worker}/packages"
    inside = "What installing it said"
    yield Screen(
        "cluster-packages", packages, inside, narrow=True, before=unfold("Recipes, wheels")
    )
    run = f"{worker}/exports/{gallery.recipe_job}"
    yield Screen("cluster-output", run, "weekly.count.zip")


def administrators_screens(worker: str) -> Iterator[Screen]:
    yield Screen("cluster-ledger", f"{worker}/ledger", "Asks for commands", narrow=True)
    checked = "The ledger is whole"
    yield Screen("cluster-ledger-checked", f"{worker}/ledger", checked, before=click("Check now"))
    body = "SHA-256 of the body"
    yield Screen("cluster-ledger-row", f"{worker}/ledger", body, before=click("Open row"))
    yield Screen("cluster-access", f"{worker}/access", "Was handed examples", narrow=True)
    yield Screen("cluster-people", f"{worker}/people", "Waiting for approval", narrow=True)
    yield Screen("cluster-line", f"{worker}/line", "The line is open", narrow=True)
    sure = "Cut it now"
    yield Screen("cluster-line-cut", f"{worker}/line", sure, before=click("Cut the line"))


def show_command(page: Page) -> None:
    page.get_by_role("button", name="Show the join command").click()


def try_sentence(page: Page) -> None:
    page.get_by_label("Sentence").fill("Set MaxResults to 10 when you call ListBuckets.")
    page.keyboard.press("Enter")


def start_task(page: Page) -> None:
    page.get_by_role("button", name="New task").click()


def start_own_task(page: Page) -> None:
    start_task(page)
    page.get_by_role("combobox", name="What people do").click()
    page.get_by_role("option", name="Mark the newest changes").click()
    page.get_by_role("switch", name="Rules").click()
    page.get_by_role("button", name="Add to Weights").click()


def click(name: str) -> Step:
    """Return a step that presses the first button whose name begins so."""

    def step(page: Page) -> None:
        page.get_by_role("button", name=re.compile(f"^{name}")).first.click()

    return step


def unfold(name: str) -> Step:
    """Return a step that opens the first part whose heading begins so."""

    def step(page: Page) -> None:
        page.locator("summary").filter(has_text=name).first.click()

    return step


def ask_to_merge(page: Page) -> None:
    page.get_by_role("button", name="Merge…").click()


def press(key: str) -> Step:
    """Return a step that waits for an example and presses a key."""

    def step(page: Page) -> None:
        sheet = page.get_by_role("textbox", name="Text to annotate")
        expect(sheet).to_be_focused(timeout=READY_MS)
        page.keyboard.press(key)

    return step


def type_code(console: str) -> Step:
    """Return a step that lets a machine ask, and types its code."""

    def step(page: Page) -> None:
        asked = page.request.post(
            f"{console}/api/v1/device-logins", data={"machine": "Ada's laptop"}
        )
        page.get_by_label("Code").fill(asked.json()["user_code"])
        page.get_by_role("button", name="Continue").click()

    return step


def sign_in_everywhere(context: BrowserContext, planes: Planes) -> None:
    """Sign the demo's person in at the console and, through it, at the cluster."""
    page = context.new_page()
    page.goto(f"{planes.worker_origin}/")
    sign_in(page, planes)
    expect(page.get_by_role("heading", name="My tasks")).to_be_visible(timeout=READY_MS)
    page.close()
