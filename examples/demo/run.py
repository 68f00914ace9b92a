"""Walk the main job from an empty folder to a board, telling what happens as it happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from rich.console import Console as Terminal
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from examples.demo.annotators import SimulatedAnnotator, answer_together
from examples.demo.cluster import Cluster
from examples.demo.console import Console
from examples.demo.gold import Material
from examples.demo.journey import Advance, Journey, begin
from examples.demo.planes import DEMO_EMAIL, DEMO_ORGANIZATION, START_SECONDS, Planes
from examples.demo.report import print_board, verdict, write_board

Row = dict[str, Any]
ANNOTATORS = 4


@dataclass(frozen=True)
class Stage:
    """Where the demo plays: the running planes, what it works on, and where it speaks."""

    planes: Planes
    material: Material
    terminal: Terminal


def play(stage: Stage) -> Row:
    """Run the whole job and return the board; the planes keep running."""
    console = Console(stage.planes.console_origin, DEMO_ORGANIZATION).sign_in(
        DEMO_EMAIL, stage.planes.password
    )
    cluster_id = enrolled_cluster(console) or enrol(stage, console)
    cluster = Cluster(stage.planes.worker_origin, console).sign_in()
    journey = begin(console, cluster, cluster_id, stage.material, stage.planes.folder / "input")
    data, held_back = bring_data(stage, journey)
    rules = score_rules(stage, journey, held_back)
    task = open_task(journey, data)
    stage.planes.work("people", "approve", "--everyone")
    annotate(stage, journey, task)
    with bar(stage, "Training the curve") as advance:
        steps = stage.material.max_steps
        journey.train_curve("names", [data["dataset"]], held_back, advance, max_steps=steps)
    score_unseen(stage, journey, rules)
    suggest(journey, task, rules)
    board: Row = console.get(journey.path("board"))
    rows = write_board(stage.planes.folder / "board.json", board)
    print_board(stage.terminal, board, rows)
    stage.terminal.print(verdict(rows))
    return board


def enrolled_cluster(console: Console) -> str | None:
    """Return the cluster that is at work already, if there is one."""
    active = (row["id"] for row in console.pages("clusters") if row["state"] == "active")
    return next(active, None)


def enrol(stage: Stage, console: Console) -> str:
    """Enrol the cluster with a join token and confirm the fingerprint that both sides show."""
    cluster = console.post(
        "clusters", {"name": "Demo cluster", "origin": stage.planes.worker_origin}
    )
    token = console.post(f"clusters/{cluster['id']}/join-token")["join_token"]
    shown = stage.planes.enrol(token)
    row = console.wait(
        f"clusters/{cluster['id']}", lambda found: bool(found["fingerprint"]), START_SECONDS
    )
    if row["fingerprint"] not in shown:
        raise RuntimeError("the console and the cluster show different fingerprints")
    console.post(f"clusters/{cluster['id']}/confirm", {"fingerprint": row["fingerprint"]})
    stage.planes.start_link()
    console.wait(
        f"clusters/{cluster['id']}", lambda found: found["state"] == "active", START_SECONDS
    )
    stage.terminal.print(f"Enrolled the cluster, fingerprint {row['fingerprint']}.")
    return str(cluster["id"])


def bring_data(stage: Stage, journey: Journey) -> tuple[Row, str]:
    """Import what is to be annotated (text only) and what is held back (with gold answers)."""
    plain = [{"text": row["text"]} for row in stage.material.rows]
    with bar(stage, "Importing what to annotate") as advance:
        data = journey.import_rows("Paragraphs", plain, hold_back=0, advance=advance)
    held_back = stage.material.held_back
    with bar(stage, "Importing what is held back") as advance:
        gold = journey.import_rows(
            "Held-back paragraphs", held_back, hold_back=len(held_back), advance=advance
        )
    return data, gold["evaluation_dataset"]


def score_rules(stage: Stage, journey: Journey, held_back: str) -> str | None:
    """Score the rules as the baseline; return their asset, or None when there are no rules."""
    if not stage.material.rules:
        return None
    rules = journey.write_rules("Casing rules", stage.material.rules)
    with bar(stage, "Scoring the rules") as advance:
        journey.score({"kind": "rules", "id": rules}, held_back, advance)
    return rules


def score_unseen(stage: Stage, journey: Journey, rules: str | None) -> None:
    """Score rules and model on texts of another kind than those that were annotated."""
    unseen = stage.material.unseen
    if not unseen or rules is None:
        return
    with bar(stage, "Importing what was never seen") as advance:
        asset = journey.import_rows(
            "Unseen services", unseen, hold_back=len(unseen), advance=advance
        )
    model = next(iter(journey.console.pages(journey.path("models"))))["id"]
    for kind, predictor in (("rules", rules), ("model", model)):
        with bar(stage, f"Scoring the {kind} on it") as advance:
            journey.score({"kind": kind, "id": predictor}, asset["evaluation_dataset"], advance)


def open_task(journey: Journey, data: Row) -> Row:
    """Open the annotation task for the simulated annotators."""
    people = [row for row in journey.console.pages("members") if row["simulated"]]
    for person in people:
        journey.console.post(journey.path("members"), {"member": person["id"]})
    labels = journey.console.get(journey.path("labels"))["labels"]
    body = {
        "title": "Find API names",
        "recipe": "ner.manual.v1",
        "dataset": data["dataset"],
        "labels": [label["id"] for label in labels],
        "annotators": [person["id"] for person in people],
    }
    return dict(journey.console.post(journey.path("tasks"), body))


def annotate(stage: Stage, journey: Journey, task: Row) -> None:
    """Let the simulated annotators answer through the real annotation HTTP API."""
    annotators = [
        SimulatedAnnotator(cluster, task["id"], stage.material.gold)
        for cluster in simulated_sessions(stage, task["id"])
    ]
    with bar(stage, f"{len(annotators)} simulated annotators answering") as advance:
        given = 0

        def answered(count: int) -> None:
            nonlocal given
            given += count
            advance(given, stage.material.answers)

        saved = answer_together(annotators, stage.material.answers, answered)
    if saved != stage.material.answers:
        raise RuntimeError(f"{saved} answers were saved, not {stage.material.answers}")


def simulated_sessions(stage: Stage, task: str) -> Iterator[Cluster]:
    """Sign each simulated annotator in at the console, then at the cluster."""
    for email in stage.planes.simulated_emails(ANNOTATORS):
        person = Console(stage.planes.console_origin, DEMO_ORGANIZATION).sign_in(
            email, stage.planes.password
        )
        cluster = Cluster(stage.planes.worker_origin, person).sign_in(f"/t/{task}")
        cluster.wait_for(f"/api/tasks/{task}", 30)
        yield cluster


def suggest(journey: Journey, task: Row, rules: str | None) -> None:
    """Turn suggestions on for whoever goes on annotating by hand."""
    if rules:
        journey.console.patch(
            journey.path(f"tasks/{task['id']}"), {"suggestions": {"kind": "rules", "id": rules}}
        )


@contextmanager
def bar(stage: Stage, title: str) -> Iterator[Advance]:
    """Show a progress bar while the block runs."""
    columns = (
        TextColumn("{task.description:<36}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=stage.terminal) as progress:
        shown = progress.add_task(title, total=None)

        def advance(done: int, total: int) -> None:
            progress.update(shown, completed=done, total=total or None)

        yield advance
        total = progress.tasks[0].total or 1
        progress.update(shown, completed=total, total=total)
