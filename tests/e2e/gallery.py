"""A lived-in installation for the screenshots and the accessibility check: one of everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from examples.demo.annotators import Budget, Gold, SimulatedAnnotator
from examples.demo.cluster import Cluster
from examples.demo.console import Console, ConsoleError
from examples.demo.gold import Material
from examples.demo.journey import TERMINAL, Journey
from examples.demo.planes import DEMO_EMAIL, DEMO_ORGANIZATION, Planes
from examples.demo.run import ANNOTATORS
from tests.e2e.gallery_recipes import hang_recipes
from tests.e2e.mail import wait_for_link

Row = dict[str, Any]
GUIDELINES = """## What counts

Mark every **name of the API**, and nothing around it: no quotes, no full stop.

- `OPERATION`: something one can call, such as *CreateBucket*.
- `FIELD`: a field of a request or an answer, such as *NextToken*.
- `VALUE`: a value that a field may take, such as *ENABLED*.

When in doubt between a field and a value: a field *has* values.
"""
DEFINITIONS: dict[str, Row] = {
    "OPERATION": {
        "text": "Something one can call. Its name begins with a verb.",
        "counts": ["CreateBucket", "ListObjectsV2"],
        "counts_not": ["create a bucket"],
    },
    "FIELD": {
        "text": "A field of a request or of an answer. It has a value; it is none.",
        "counts": ["NextToken", "MaxItems"],
        "counts_not": ["the next token", "ENABLED"],
    },
}
WHOLE = {"kind": "integer", "ge": 1, "le": 9}
PACKAGE: Row = {
    "name": "changelogs",
    "version": "1.2.0",
    "recipes": [
        {
            "name": "changelogs.recent",
            "version": 1,
            "kind": "task",
            "view": "spans",
            "title": "Mark the newest changes",
            "help": "Streams what changed since a release, the longest entries first.",
            "fields": [
                {
                    "name": "release",
                    "title": "Release",
                    "help": "Entries after this one are shown",
                    "type": {"kind": "string", "pattern": r"[0-9]+\.[0-9]+"},
                },
                {"name": "question", "title": "Question", "type": {"kind": "text"}},
                {
                    "name": "rules",
                    "title": "Rules",
                    "help": "Mark what is certain beforehand",
                    "type": {
                        "kind": "optional",
                        "inner": {"kind": "resource", "resource": "asset", "of": ["patterns"]},
                    },
                    "required": False,
                },
                {"name": "weights", "title": "Weights", "type": {"kind": "list", "item": WHOLE}},
            ],
        },
        {
            "name": "changelogs.digest",
            "version": 2,
            "kind": "job",
            "title": "Sum a release up",
            "help": "Writes one page for each release, and leaves it on the cluster.",
            "fields": [
                {
                    "name": "prompt",
                    "title": "Prompt",
                    "help": "What the page is to say",
                    "type": {"kind": "text"},
                },
                {
                    "name": "tone",
                    "title": "Tone",
                    "type": {"kind": "choice", "choices": ["plain", "warm"]},
                    "required": False,
                    "default": "plain",
                },
                {
                    "name": "pages",
                    "title": "Pages",
                    "help": "How many there are at most",
                    "type": WHOLE,
                    "required": False,
                    "default": 3,
                },
            ],
        },
    ],
}
OWN_ANSWERS = 12
JOB_SECONDS = 300


@dataclass(frozen=True)
class Gallery:
    """Ids of what there is to look at."""

    planes: Planes
    project: str
    empty_project: str
    enrolled: str
    pending: str
    task: str
    choosing: str
    model: str
    evaluation: str
    rival: str
    job: str
    failed_job: str
    failure: str
    export: str
    rules: str
    guidelines: str
    confirmed: str
    unconfirmed: str
    unfilled: str
    invitation: str
    recipe_task: str
    recipe_job: str


def hang(planes: Planes, material: Material) -> Gallery:
    """Add to a played demo what it does not leave behind by itself."""
    console = Console(planes.console_origin, DEMO_ORGANIZATION).sign_in(DEMO_EMAIL, planes.password)
    cluster = Cluster(planes.worker_origin, console).sign_in()
    project = find(console, "projects", title=material.title)["id"]
    journey = Journey(console, cluster, project, planes.folder / "input")
    model = find(console, journey.path("models"))["id"]
    run_job(journey, "package.v1", {"model": model})
    measured = cluster.get(f"/api/models/{model}")["evaluations"][0]["id"]
    rivals = cluster.get(f"/api/evaluations/{measured}/rivals")["rivals"]
    guidelines = write_guidelines(journey)
    rules = find(console, journey.path("assets"), kind="patterns")["id"]
    data = find(console, journey.path("assets"), name="Paragraphs")
    export = run_job(journey, "export.v1", {"dataset": data["dataset"], "format": "jsonl"})
    failed = fail_a_job(journey, material)
    knock(planes)
    define_labels(journey)
    change_labels(journey)
    enrolled = find(console, "clusters", state="active")["id"]
    console.post(f"clusters/{enrolled}/packages", PACKAGE)
    hung = hang_recipes(planes, journey)
    return Gallery(
        planes=planes,
        project=project,
        empty_project=console.post("projects", {"title": "Support notes", "cluster": enrolled})[
            "id"
        ],
        enrolled=enrolled,
        pending=pending_cluster(console),
        task=own_task(journey, data, rules, guidelines, material.gold),
        choosing=choosing_task(journey, data),
        model=model,
        evaluation=measured,
        rival=rivals[0]["id"],
        job=find(console, journey.path("jobs"), recipe="train-curve.v1")["id"],
        failed_job=failed["id"],
        failure=failed["failure"]["ref"],
        export=export["id"],
        rules=rules,
        guidelines=guidelines,
        confirmed=data["id"],
        unconfirmed=upload(journey, "More paragraphs", material),
        unfilled=new_asset(journey, "Changelogs", "data"),
        invitation=invite(console, planes),
        recipe_task=hung.task,
        recipe_job=hung.job,
    )


def find(console: Console, path: str, **wanted: str) -> Row:
    """Return the first row of a list with the given values."""
    return next(
        row
        for row in console.pages(path)
        if all(row[name] == value for name, value in wanted.items())
    )


def run_job(journey: Journey, recipe: str, arguments: Row) -> Row:
    """Start a job and return it when it has ended, however it did."""
    body = {"recipe": recipe, "arguments": arguments}
    job = journey.console.post(journey.path("jobs"), body)
    return journey.console.wait(
        f"jobs/{job['id']}", lambda row: row["state"] in TERMINAL, JOB_SECONDS
    )


def new_asset(journey: Journey, name: str, kind: str) -> str:
    asset = journey.console.post(journey.path("assets"), {"name": name, "kind": kind})
    journey.console_knows(f"/api/assets/{asset['id']}")
    return str(asset["id"])


def write_guidelines(journey: Journey) -> str:
    asset = new_asset(journey, "Guidelines", "guidelines")
    journey.cluster.put(f"/api/assets/{asset}/guidelines", {"markdown": GUIDELINES})
    journey.console.wait(journey.path(f"assets/{asset}"), lambda row: row["state"] == "ready", 30)
    return asset


def upload(journey: Journey, name: str, material: Material) -> str:
    """Upload a CSV and leave it unconfirmed."""
    asset = new_asset(journey, name, "data")
    path = journey.folder / "more-paragraphs.csv"
    lines = [f'{row["meta"]["service"]},"{quoted(row["text"])}"' for row in material.rows[:60]]
    path.write_text("\n".join(["service,text", *lines]) + "\n", encoding="utf-8")
    journey.cluster.upload(f"/api/assets/{asset}/upload", path)
    return asset


def quoted(text: str) -> str:
    return text.replace('"', '""')


def fail_a_job(journey: Journey, material: Material) -> Row:
    """Train where nothing is answered yet, which a person does sooner or later."""
    rows = [{"text": row["text"]} for row in material.rows[:40]]
    data = journey.import_rows("Unanswered", rows, hold_back=0, advance=lambda *_: None)
    return run_job(journey, "train.v1", {"name": "early", "datasets": [data["dataset"]]})


def pending_cluster(console: Console) -> str:
    body = {"name": "Frankfurt", "origin": "https://annotate.example.com"}
    return str(console.post("clusters", body)["id"])


def own_task(journey: Journey, data: Row, rules: str, guidelines: str, gold: Gold) -> str:
    """Open a task for the demo's person with suggestions and guidelines; answer some of it."""
    console = journey.console
    me = find(console, "members", email=DEMO_EMAIL)["id"]
    labels = console.get(journey.path("labels"))["labels"]
    body = {
        "title": "Correct the rules",
        "recipe": "ner.manual.v1",
        "dataset": data["dataset"],
        "labels": [label["id"] for label in labels],
        "annotators": [me],
        "guidelines": guidelines,
        "suggestions": {"kind": "rules", "id": rules},
    }
    task = str(console.post(journey.path("tasks"), body)["id"])
    journey.cluster.wait_for(f"/api/tasks/{task}", 30)
    journey.follow(lambda job: job["recipe"] == "predict.v1", JOB_SECONDS, lambda *_: None)
    answered = SimulatedAnnotator(journey.cluster, task, gold).work(
        Budget(OWN_ANSWERS), lambda _: None
    )
    if answered != OWN_ANSWERS:
        raise RuntimeError(f"{answered} answers were saved, not {OWN_ANSWERS}")
    return task


def choosing_task(journey: Journey, data: Row) -> str:
    """Open a task that asks which labels a whole text deserves."""
    console = journey.console
    body = {
        "title": "Say what a paragraph names",
        "recipe": "textcat.manual.v1",
        "dataset": data["dataset"],
        "annotators": [find(console, "members", email=DEMO_EMAIL)["id"]],
    }
    task = str(console.post(journey.path("tasks"), body)["id"])
    journey.cluster.wait_for(f"/api/tasks/{task}", 30)
    return task


def knock(planes: Planes) -> None:
    """Let somebody sign in on the cluster for the first time, whom nobody has approved."""
    people = ANNOTATORS + 1
    planes.manage(
        *("simulate_people", "--organization", DEMO_ORGANIZATION, "--count", str(people)),
        ANNEX_BOOTSTRAP_PASSWORD=planes.password,
    )
    console = Console(planes.console_origin, DEMO_ORGANIZATION)
    newcomer = console.sign_in(planes.simulated_emails(people)[-1], planes.password)
    try:
        Cluster(planes.worker_origin, newcomer).sign_in()
    except ConsoleError:
        return
    raise RuntimeError("somebody came in whom nobody had approved")


def define_labels(journey: Journey) -> None:
    """Write what counts as each of two labels; the third is left to be written."""
    labels = journey.console.get(journey.path("labels"))["labels"]
    for label in labels:
        if definition := DEFINITIONS.get(label["name"]):
            path = f"/api/projects/{journey.project}/labels/{label['id']}"
            journey.cluster.put(path, definition)


def change_labels(journey: Journey) -> None:
    """Merge two labels in every answer, see that it is too much, and take it back."""
    console = journey.console
    ids = {row["name"]: row["id"] for row in console.get(journey.path("labels"))["labels"]}
    wish = {"kind": "merge", "labels": [ids["VALUE"]], "into": [ids["FIELD"]]}
    change = journey.path(
        f"label-changes/{console.post(journey.path('label-changes'), wish)['id']}"
    )
    console.wait(change, lambda row: row["state"] == "counted", JOB_SECONDS)
    console.post(f"{change}/apply", {"evaluation": True})
    console.wait(change, lambda row: row["state"] == "applied", JOB_SECONDS)
    console.post(f"{change}/undo", {})
    undone = console.wait(change, lambda row: row["state"] == "undone", JOB_SECONDS)
    if undone["not_restored"] or not undone["answers"]:
        raise RuntimeError(f"{undone['not_restored']} of {undone['answers']} were not restored")


def invite(console: Console, planes: Planes) -> str:
    """Invite someone who has not come yet; return the secret of the mailed link."""
    address = "ines@newcomer.example"
    console.post("invitations", {"email": address, "role": "annotator"})
    link = wait_for_link(planes.mail, address, r"http\S+/invitations/\S+")
    return link.rsplit("/", 1)[-1]
