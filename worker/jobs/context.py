"""What a recipe sees of the attempt it runs in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from annex.contract.enums import Stage
from annex.contract.outbound import EventBody, JobProgressed
from django.db import transaction

from worker.jobs.errors import AttemptFenced, JobCancelled
from worker.jobs.models import Attempt
from worker.link.outbox import emit

PROGRESS_SECONDS = 0.5
"""At most this often does progress within one stage reach the database."""


class JobContext:
    """One run of an attempt, handed to its recipe.

    Args:
        attempt: as claimed; its `run` fences every write.
        folder: an empty scratch folder, removed afterwards.
        is_cancelled: cheap; true once the job should stop.
    """

    def __init__(
        self, attempt: Attempt, folder: Path, is_cancelled: Callable[[], bool] = lambda: False
    ) -> None:
        self.attempt = attempt
        self.folder = folder
        self.stage = Stage.STARTING
        self._is_cancelled = is_cancelled
        self._written_at = 0.0

    @property
    def project_id(self) -> UUID:
        """Return the project that the job belongs to."""
        return self.attempt.project_id

    @property
    def job(self) -> UUID:
        """Return the job's id, the same for all its attempts."""
        return self.attempt.job

    def progress(self, stage: Stage, done: int, total: int | None = None) -> None:
        """Say how far the job is; call it as often as you like.

        Raises: JobCancelled when the job was cancelled; AttemptFenced when another run owns it.
        """
        self.check_cancelled()
        now = time.monotonic()
        if stage == self.stage and now - self._written_at < PROGRESS_SECONDS and done != total:
            return
        self.stage, self._written_at = stage, now
        self._write_progress(stage, done, total)

    def check_cancelled(self) -> None:
        """Raise JobCancelled once the job should stop; costs nothing."""
        if self._is_cancelled():
            raise JobCancelled

    @contextmanager
    def write(self) -> Iterator[None]:
        """Open a transaction that commits only while this run still owns the attempt.

        Effects: holds the attempt's row until it ends, so that no new run can start within.
        Raises: AttemptFenced before the block when another run or epoch took over.
        """
        with transaction.atomic():
            owned = Attempt.objects.current(self.attempt.id, self.attempt.run)
            if owned.select_for_update().values_list("id").first() is None:
                raise AttemptFenced
            yield

    def emit(self, body: EventBody) -> None:
        """Put an event into the outbox, inside `write()` or in a fenced transaction of its own."""
        with self.write():
            emit(body)

    def _write_progress(self, stage: Stage, done: int, total: int | None) -> None:
        with self.write():
            Attempt.objects.filter(id=self.attempt.id).update(
                stage=stage.value, done=done, total=total
            )
            emit(
                JobProgressed(
                    job=self.attempt.job,
                    job_epoch=self.attempt.epoch,
                    stage=stage,
                    done=done,
                    total=total,
                )
            )
