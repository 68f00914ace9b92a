"""What must be true after any number of kills. Each check returns what is wrong, in sentences."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import psutil

from tests.chaos.world import World

TERMINAL = frozenset({"succeeded", "failed", "cancelled"})
SETTLE_SECONDS = 40.0
Event = dict[str, Any]
Check = Callable[[World], Iterator[str]]


def violations(world: World) -> list[str]:
    """Return everything that is wrong; call it when all work has ended."""
    return [f"{check.__name__}: {wrong}" for check in CHECKS for wrong in check(world)]


def settled_violations(world: World) -> list[str]:
    """Return what is still wrong once the last totals have been told and all is cleared up."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while (found := violations(world)) and time.monotonic() < deadline:
        time.sleep(1)
    return found


def answers_are_the_acknowledged_ones(world: World) -> Iterator[str]:
    """Every answer that was acknowledged is there as it was given, and no other."""
    given: dict[str, Any] = {}
    for annotator in world.crew.annotators:
        yield from (f"refused: {result}" for result in annotator.refused)
        given |= annotator.acknowledged
    rows = world.worker(
        "SELECT answer.id::text, example.uid::text, answer.spans FROM worker_store_answer answer"
        " JOIN worker_store_example example ON example.id = example_id"
        " WHERE task_id = %s",
        world.task,
    )
    kept = {answer: (example, spans) for answer, example, spans in rows}
    yield from (f"{answer} was acknowledged and is gone" for answer in given.keys() - kept.keys())
    yield from (f"{answer} is there, unasked for" for answer in kept.keys() - given.keys())
    yield from (f"{a} was changed" for a in given.keys() & kept.keys() if given[a] != kept[a])
    twice = [e for e, count in Counter(example for _, example, _ in rows).items() if count > 1]
    yield from (f"{example} was answered twice at overlap 1" for example in twice)


def queue_agrees_with_the_answers(world: World) -> Iterator[str]:
    """The totals that people see are those of the rows."""
    [(answered,)] = world.worker(
        "SELECT count(*) FROM worker_store_answer WHERE task_id = %s", world.task
    )
    task = world.journey.console.get(world.journey.path(f"tasks/{world.task}"))
    told = sum(row["accepted"] + row["rejected"] + row["ignored"] for row in task["annotators"])
    if told != answered:
        yield f"the control plane was told of {told} answers, the cluster has {answered}"


def jobs_ended_as_they_must(world: World) -> Iterator[str]:
    """Each job has the end it must have; both planes and the events agree."""
    rows = world.control_plane("SELECT id::text, state, epoch FROM jobs_job")
    jobs = {job: state for job, state, _ in rows}
    for job, expected in world.expected.items():
        state = jobs[job]
        won_the_race = expected == "cancelled" and state == "succeeded"
        if state != expected and not won_the_race:
            yield f"{job} is {state}, not {expected}"
    folded = fold(world)
    for job, state, epoch in rows:
        # What was cancelled before a cluster claimed it has no events, because none saw it.
        never_claimed = epoch == 0 and state == "cancelled"
        if folded.get(job) != (None if never_claimed else state):
            yield f"{job} is {state}, but its events say {folded.get(job)}"
    rows = world.worker(
        "SELECT DISTINCT ON (job) job::text, state FROM worker_jobs_attempt"
        " ORDER BY job, epoch DESC"
    )
    yield from (f"{j} is {s} on the cluster, {jobs[j]} here" for j, s in rows if jobs[j] != s)


def events_have_no_gap(world: World) -> Iterator[str]:
    """Numbers run without a gap on both sides, repeats are alike, nothing failed to apply."""
    received = world.control_plane("SELECT seq, outcome FROM clusters_receivedevent ORDER BY seq")
    if [seq for seq, _ in received] != list(range(1, len(received) + 1)):
        yield "the control plane has a gap"
    yield from (f"event {seq} could not be applied" for seq, how in received if how == "failed")
    sent: dict[int, Event] = {}
    for event in sent_events(world):
        if sent.setdefault(event["seq"], event) != event:
            yield f"event {event['seq']} was sent in two versions"
    if sorted(sent) != list(range(1, len(sent) + 1)) or len(sent) < len(received):
        yield "the ledger has a gap"


def each_job_has_one_end(world: World) -> Iterator[str]:
    """A terminal state is told once for each job."""
    ends = Counter(
        event["body"]["job"]
        for event in {e["seq"]: e for e in sent_events(world)}.values()
        if event["body"]["type"] == "job.state" and event["body"]["state"] in TERMINAL
    )
    yield from (f"{job} ended {count} times" for job, count in ends.items() if count > 1)


def ledger_verifies(world: World) -> Iterator[str]:
    """The ledger is whole, and so is every receipt."""
    told = world.planes.work("ledger", "verify")
    if "receipts verify" not in told:
        yield told


def data_is_there_once(world: World) -> Iterator[str]:
    """No import was shown twice, no model or evaluation written twice."""
    for what, query in {
        "text": "SELECT 1 FROM worker_store_example GROUP BY dataset_id, input_hash"
        " HAVING count(*) > 1",
        "hidden example": "SELECT 1 FROM worker_store_example WHERE NOT visible",
        "import": "SELECT 1 FROM worker_store_importrun WHERE state = 'visible' GROUP BY job"
        " HAVING count(*) > 1",
    }.items():
        if found := len(world.worker(query)):
            yield f"{what}: {found} too many"


def nothing_is_left_behind(world: World) -> Iterator[str]:
    """No scratch folder and no process of a job that is over."""
    scratch = world.planes.folder / "worker" / "files" / "scratch"
    if scratch.is_dir():
        yield from (f"scratch folder {path.name}" for path in scratch.iterdir())
    attempts = {row[0] for row in world.worker("SELECT id::text FROM worker_jobs_attempt")}
    for process in psutil.process_iter(["cmdline"]):
        if attempts & set(process.info["cmdline"] or ()):
            yield f"process {process.pid} still works on a job that is over"


def fold(world: World) -> dict[str, str]:
    """Return each job's state as its events, in order, make it."""
    states: dict[str, str] = {}
    for _, event in sorted({e["seq"]: e for e in sent_events(world)}.items()):
        body = event["body"]
        if body["type"] == "job.state":
            states[body["job"]] = body["state"]
    return states


def sent_events(world: World) -> Iterator[Event]:
    """Yield every event that the ledger says was sent, repeats included."""
    query = "SELECT body FROM worker_link_ledger WHERE path = '/link/v1/events' ORDER BY seq"
    for (body,) in world.worker(query):
        yield from json.loads(bytes(body))["events"]


CHECKS: tuple[Check, ...] = (
    answers_are_the_acknowledged_ones,
    queue_agrees_with_the_answers,
    jobs_ended_as_they_must,
    events_have_no_gap,
    each_job_has_one_end,
    ledger_verifies,
    data_is_there_once,
    nothing_is_left_behind,
)
