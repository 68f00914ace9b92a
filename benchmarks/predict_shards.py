"""How much faster two worker processes annotate the same files than one, whole jobs compared."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import orjson
from spacy.language import Language

from benchmarks.figures import Figure
from benchmarks.store_ground import worker_database

if TYPE_CHECKING:
    from worker.jobs.models import Attempt

FILES = 24
ROUNDS = 2
LOW = 1.8


def two_against_one(nlp: Language, texts: Sequence[str]) -> Figure:
    """Return rows a second of a job on two processes beside those on one; the best of each counts.

    Args: texts: of one file; the job reads as many such files as there are shards.
    """
    with worker_database() as folder:
        ground = Ground(folder, nlp, texts)
        one, two = [], []
        for _ in range(ROUNDS):
            one.append(ground.seconds_with(1))
            two.append(ground.seconds_with(2))
    rows = FILES * len(texts)
    rates = [rows / min(runs) for runs in (two, one)]
    return Figure("files, two workers", rates[0], "rows/s", rates[1], "one worker", low=LOW)


class Ground:
    """A project on a database of its own, with a model and files to annotate."""

    def __init__(self, folder: Path, nlp: Language, texts: Sequence[str]) -> None:
        self.project = uuid4()
        self._name_roots(folder)
        self.model = self._keep_model(nlp)
        self.asset = self._give_files(folder / "in", texts)

    def seconds_with(self, processes: int) -> float:
        """Run one job on so many processes and return how long it took, starting them included."""
        from annex.contract.enums import JobState

        from worker.jobs.helping import help_attempt
        from worker.jobs.models import Attempt, Shard
        from worker.jobs.tasks import run_attempt

        attempt = self._offer()
        own = beside(lambda: run_attempt(attempt.id))
        while own.is_alive() and not Shard.objects.filter(attempt=attempt).exists():
            time.sleep(0.05)
        others = [beside(lambda: help_attempt(attempt.id)) for _ in range(processes - 1)]
        for thread in (own, *others):
            thread.join()
        ended = Attempt.objects.get(id=attempt.id)
        if ended.state != JobState.SUCCEEDED or not ended.started_at or not ended.finished_at:
            raise RuntimeError(f"the job ended as {ended.state}")
        return (ended.finished_at - ended.started_at).total_seconds()

    def _name_roots(self, folder: Path) -> None:
        from django.conf import settings

        settings.ROOTS, settings.WRITABLE_ROOTS = {"in": folder / "in"}, {"out": folder / "out"}
        os.environ["ANNEX_WORKER_ROOTS"] = f"in={folder}/in"
        os.environ["ANNEX_WORKER_WRITABLE_ROOTS"] = f"out={folder}/out"

    def _keep_model(self, nlp: Language) -> UUID:
        from worker.predictors.pipeline import write_archive
        from worker.store.files import stored_files
        from worker.store.models import Artefact

        model = uuid4()
        with tempfile.TemporaryDirectory() as name:
            nlp.to_disk(Path(name) / "pipeline")
            write_archive(Path(name) / "pipeline", Path(name) / "model.zip")
            with (Path(name) / "model.zip").open("rb") as stream:
                written = stored_files().put(f"models/{model}.zip", stream)
        Artefact.objects.create(
            id=model,
            project_id=self.project,
            kind=Artefact.Kind.MODEL,
            file_key=f"models/{model}.zip",
            file_name="model.zip",
            size_bytes=written.size_bytes,
            sha256=written.sha256,
        )
        return model

    def _give_files(self, folder: Path, texts: Sequence[str]) -> UUID:
        from worker.store.models import Asset

        folder.mkdir()
        body = b"".join(
            orjson.dumps({"text": text}, option=orjson.OPT_APPEND_NEWLINE) for text in texts
        )
        for number in range(FILES):
            (folder / f"{number:03}.jsonl").write_bytes(body)
        asset = Asset.objects.create(
            id=uuid4(),
            project_id=self.project,
            name="files",
            kind="data",
            state="ready",
            root="in",
            file_key="*.jsonl",
            is_pattern=True,
            plan={"format": "jsonl"},
        )
        return asset.id

    def _offer(self) -> Attempt:
        from annex.contract.enums import JobRecipe, LeaseClass, PredictorKind
        from annex.contract.inbound import JobOffer
        from annex.contract.recipes import PredictFilesArguments, PredictorRef

        from worker.jobs.actions import accept_job

        predictor = PredictorRef(kind=PredictorKind.MODEL, id=self.model)
        arguments = PredictFilesArguments(predictor=predictor, asset=self.asset, output="out")
        offer = JobOffer(
            job=uuid4(),
            epoch=1,
            project=self.project,
            recipe=JobRecipe.PREDICT_FILES,
            arguments=arguments.model_dump(mode="json"),
            lease_class=LeaseClass.STICKY,
        )
        return accept_job(offer, 1)


def beside(work: Callable[[], object]) -> threading.Thread:
    """Run something in a thread, as a Celery child would."""
    from django.db import connection

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread
