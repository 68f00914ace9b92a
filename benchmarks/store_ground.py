"""A worker's database on embedded servers of its own, for benchmarks of the store."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from common.embedded.servers import EmbeddedServers
from examples.demo.paragraphs import largest_services

if TYPE_CHECKING:
    from annex.contract.enums import JobRecipe

    from worker.jobs.context import JobContext

SETTINGS = "worker.settings.demo"
PLAN = {"format": "jsonl", "spans_column": "spans", "answer_column": "answer"}
REPOSITORY = Path(__file__).resolve().parents[1]


@contextmanager
def worker_database() -> Iterator[Path]:
    """Start durable servers in a folder, migrate, set Django up, and remove it all afterwards."""
    with tempfile.TemporaryDirectory(prefix="annex-bench-") as folder:
        servers = EmbeddedServers(Path(folder), durable=True)
        try:
            os.environ.update(servers.start())
            os.environ.update(installation(Path(folder)))
            migrate()
            import django

            django.setup()
            yield Path(folder)
        finally:
            servers.stop()


def installation(folder: Path) -> dict[str, str]:
    """Return what an administrator would set besides the servers' addresses."""
    return {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "ANNEX_WORKER_SECRET_KEY": secrets.token_urlsafe(50),
        "ANNEX_WORKER_FILES": str(folder / "files"),
        "ANNEX_WORKER_STATE": str(folder / "state"),
    }


def migrate() -> None:
    """Run the worker's own migrate command, as its owner."""
    command = [sys.executable, "-m", "worker", "django", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=REPOSITORY, check=True)


def real_rows(count: int) -> list[dict[str, Any]]:
    """Return up to `count` different paragraphs of botocore's documentation with gold spans."""
    seen: dict[str, dict[str, Any]] = {}
    for paragraphs in largest_services(400):
        for paragraph in paragraphs:
            if all(end <= len(paragraph.text) for _, end, _ in paragraph.spans):
                seen.setdefault(paragraph.text, paragraph.as_row())
        if len(seen) >= count:
            break
    return list(islice(seen.values(), count))


@dataclass(frozen=True)
class Ground:
    """One project with a data asset, two datasets and the demo's labels."""

    project: uuid.UUID
    asset: uuid.UUID
    dataset: uuid.UUID
    evaluation: uuid.UUID


def make_ground() -> Ground:
    """Make a project as a configuration snapshot would."""
    from annex.contract.inbound import ConfigSnapshot

    from worker.projects.actions import apply_snapshot

    ground = Ground(*(uuid.uuid4() for _ in range(4)))
    names = ("OPERATION", "FIELD", "VALUE")
    apply_snapshot(
        ConfigSnapshot.model_validate(
            {
                "project": ground.project,
                "title": "Bench",
                "version": 1,
                "labels": [
                    {"id": uuid.uuid4(), "name": name, "colour": "#1f6f5c", "position": n}
                    for n, name in enumerate(names)
                ],
                "datasets": [
                    {"id": ground.dataset, "name": "rows", "role": "training"},
                    {"id": ground.evaluation, "name": "held", "role": "evaluation"},
                ],
                "assets": [{"id": ground.asset, "name": "rows", "kind": "data"}],
                "models": [],
                "tasks": [],
                "people": [],
            }
        )
    )
    return ground


def lines_of(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Yield the rows as lines of JSONL."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False).encode() + b"\n"


def give_file(ground: Ground, lines: Iterable[bytes]) -> None:
    """Put a file behind the ground's asset, as uploading and confirming it would."""
    from worker.store.files import stored_files
    from worker.store.models import Asset
    from worker.store.plans import Plan

    key = f"uploads/{ground.asset}"
    with tempfile.TemporaryFile() as stream:
        stream.writelines(lines)
        stream.seek(0)
        stored_files().put(key, stream)
    plan = Plan.model_validate(PLAN).model_dump(mode="json")
    Asset.objects.filter(id=ground.asset).update(state="ready", file_key=key, plan=plan)


def running_context(project: uuid.UUID, recipe: JobRecipe, folder: Path) -> JobContext:
    """Return the context of a running attempt, as a supervisor would have claimed it."""
    from worker.jobs.context import JobContext
    from worker.jobs.models import Attempt

    attempt = Attempt.objects.create(
        job=uuid.uuid4(),
        epoch=1,
        run=1,
        project_id=project,
        recipe=recipe.value,
        lease_class="strict",
        state="running",
    )
    return JobContext(attempt, folder)
