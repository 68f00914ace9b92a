"""A cluster at work: data, people and jobs, and what both planes' databases say of them."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from rich.console import Console as Terminal

from common.embedded.addresses import CONTROLPLANE_DATABASE, WORKER_DATABASE
from examples.demo.cluster import Cluster
from examples.demo.console import Console
from examples.demo.gold import Material
from examples.demo.journey import TERMINAL, Journey, begin
from examples.demo.planes import DEMO_EMAIL, DEMO_ORGANIZATION, Planes, Ports, settings_of
from examples.demo.run import Stage, enrol
from tests.chaos.annotators import Annotator, Crew
from tests.chaos.rows import LABEL, answered_rows, plain_rows

Row = dict[str, Any]

SETTINGS = {
    "ANNEX_JOB_HEARTBEAT_SECONDS": "1",
    "ANNEX_JOB_SILENT_SECONDS": "6",
    "ANNEX_JOB_SWEEP_SECONDS": "1",
    # One job may meet many kills here; giving up after three is tested where jobs are.
    "ANNEX_JOB_RUNS": "50",
}
"""Recovery in seconds rather than minutes; nothing else differs from a cluster in service."""

PEOPLE = 3
ANSWERED, HELD_BACK = 120, 40


def short_planes(folder: Path) -> Planes:
    """Return planes that notice a death within seconds."""
    return Planes(folder, Ports.free(), settings=SETTINGS, durable=False)


@dataclass
class World:
    """What the kills happen to. `expected` maps job ids to the state they must end in."""

    planes: Planes
    journey: Journey
    dataset: str = ""
    held_back: str = ""
    rules: str = ""
    task: str = ""
    expected: dict[str, str] = field(default_factory=dict)
    crew: Crew = field(default_factory=lambda: Crew([]))

    # --- work ---

    def start(self, recipe: str, **arguments: Any) -> str:
        """Start a job that is to succeed, and return its id."""
        body = {"recipe": recipe, "arguments": arguments}
        job = str(self.journey.console.post(self.journey.path("jobs"), body)["id"])
        self.expected[job] = "succeeded"
        return job

    def start_training(self, steps: int) -> str:
        return self.start(
            "train.v1",
            name=f"model {len(self.expected)}",
            datasets=[self.dataset],
            evaluation_dataset=self.held_back,
            max_steps=steps,
        )

    def start_scoring(self) -> str:
        rules = {"kind": "rules", "id": self.rules}
        return self.start("evaluate.v1", predictor=rules, dataset=self.held_back)

    def start_export(self) -> str:
        return self.start("export.v1", dataset=self.dataset, format="jsonl")

    def cancel(self, job: str) -> None:
        """Ask for the end of a job; it may win the race."""
        self.journey.console.post(f"jobs/{job}/cancel")
        self.expected[job] = "cancelled"

    # --- what is so now ---

    def jobs(self) -> list[Row]:
        return list(self.journey.console.pages(self.journey.path("jobs")))

    def open_jobs(self) -> list[Row]:
        return [job for job in self.jobs() if job["state"] not in TERMINAL]

    def wait(self, is_so: Callable[[], object], seconds: float, what: str) -> None:
        """Wait until something is so. Raises: TimeoutError."""
        deadline = time.monotonic() + seconds
        while not is_so():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{what}: not after {seconds:.0f} s; open: {self.open_jobs()}")
            time.sleep(0.3)

    def wait_for_job_process(self, job: str, seconds: float = 60) -> None:
        """Wait until a process works on the job."""
        self.wait(lambda: self.job_process_ids(job), seconds, f"a process of {job}")

    def wait_until_ended(self, seconds: float) -> None:
        """Wait until all jobs have ended and the control plane has heard of everything."""
        self.wait(lambda: not self.open_jobs(), seconds, "every job's end")
        unsent = "SELECT 1 FROM worker_link_outboxevent WHERE kind <> 'cluster.health'"
        self.wait(lambda: not self.worker(unsent), 60, "an empty outbox")

    def job_process_ids(self, job: str | None = None) -> list[int]:
        """Return the processes of running attempts, of one job or of all."""
        rows = self.worker(
            "SELECT process_id FROM worker_jobs_attempt WHERE state = 'running'"
            " AND process_id IS NOT NULL AND job = coalesce(%s, job)",
            job,
        )
        return [process_id for (process_id,) in rows]

    def celery_pool_ids(self) -> list[int]:
        """Ask Celery for the processes of its pool; none while it is not answering."""
        inspect = [sys.executable, "-m", "celery", "--app", "worker.celery", "inspect", "stats"]
        done = subprocess.run(
            [*inspect, "--json", "--timeout", "3"],
            env=self.planes.supervisor.environment | settings_of("worker"),
            capture_output=True,
            check=False,
        )
        nodes = json.loads(done.stdout).values() if done.returncode == 0 else ()
        return [pid for node in nodes for pid in node["pool"]["processes"]]

    def worker(self, query: str, *parameters: Any) -> list[Any]:
        """Ask the cluster's database."""
        return self._ask(WORKER_DATABASE, query, parameters)

    def control_plane(self, query: str) -> list[Any]:
        """Ask the control plane's database."""
        return self._ask(CONTROLPLANE_DATABASE, query, ())

    def _ask(self, database: str, query: str, parameters: tuple[Any, ...]) -> list[Any]:
        url = self.planes.supervisor.servers.postgres.superuser_url(database)
        with psycopg.connect(url) as connection:
            return connection.execute(query.encode(), parameters).fetchall()


def make_world(planes: Planes, *, to_annotate: int, pause_seconds: float) -> World:
    """Enrol the cluster, bring data, rules and a task, and sign the annotators in."""
    planes.bootstrap(simulated=PEOPLE)
    console = Console(planes.console_origin, DEMO_ORGANIZATION)
    console.sign_in(DEMO_EMAIL, planes.password)
    material = Material("Calls", (LABEL,), [], [], [], 0)
    cluster_id = enrol(Stage(planes, material, Terminal(quiet=True)), console)
    cluster = Cluster(planes.worker_origin, console).sign_in()
    journey = begin(console, cluster, cluster_id, material, planes.folder / "input")
    world = World(planes, journey)
    bring_data(world, to_annotate)
    open_task(world)
    world.crew = Crew(annotators_of(world, pause_seconds))
    return world


def bring_data(world: World, to_annotate: int) -> None:
    """Import gold rows, some held back, and plain rows for the annotators."""
    rows = answered_rows("gold", ANSWERED + HELD_BACK)
    gold = world.journey.import_rows("Gold", rows, hold_back=HELD_BACK, advance=_in_silence)
    world.dataset, world.held_back = gold["dataset"], gold["evaluation_dataset"]
    plain = plain_rows("plain", to_annotate)
    asset = world.journey.import_rows("Plain", plain, hold_back=0, advance=_in_silence)
    world.task = str(asset["dataset"])  # until the task exists
    world.rules = world.journey.write_rules("Rules", [{"label": LABEL, "regex": r"Get[A-Z]\w+"}])


def open_task(world: World) -> None:
    console, path = world.journey.console, world.journey.path
    people = [row["id"] for row in console.pages("members") if row["simulated"]]
    for person in people:
        console.post(path("members"), {"member": person})
    body = {"title": "Mark calls", "dataset": world.task, "annotators": people}
    world.task = str(console.post(path("tasks"), body)["id"])
    world.planes.work("people", "approve", "--everyone")


def annotators_of(world: World, pause_seconds: float) -> list[Annotator]:
    """Sign each annotator in at the console, then at the cluster."""
    found = []
    for email in world.planes.simulated_emails(PEOPLE):
        person = Console(world.planes.console_origin, DEMO_ORGANIZATION)
        person.sign_in(email, world.planes.password)
        cluster = Cluster(world.planes.worker_origin, person).sign_in()
        cluster.wait_for(f"/api/tasks/{world.task}", 30)
        found.append(Annotator(cluster, world.task, pause_seconds))
    return found


def _in_silence(done: int, total: int) -> None:
    """Show no progress."""
