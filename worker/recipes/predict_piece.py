"""One piece of files through a predictor into one file, whole or not at all."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from annex.contract.enums import FailureCode, JobState, PredictedFormat
from annex.contract.recipes import PredictFilesArguments
from django.conf import settings

from common.errors import NotFound
from worker.jobs.errors import AttemptFenced, JobFailure
from worker.jobs.models import Attempt
from worker.jobs.shards import HeldShard
from worker.predictors.base import Annotation, Predictor
from worker.store.files import Files, storage_at
from worker.store.formats.predicted_out import PredictedRow, predicted_writer
from worker.store.formats.rows import FileUnreadable, Row, RowProblem, RowRefused
from worker.store.imports.checks import checked_hash
from worker.store.models import Asset
from worker.store.pieces import Piece, rows_of
from worker.store.plans import OnBadRows, Plan

CHUNK_TEXTS = 64
"""So often is a cancel looked for: well within two seconds."""


def output_files(slug: str) -> Files:
    """Return the writable root of this name. Raises: JobFailure when there is none."""
    place = settings.WRITABLE_ROOTS.get(slug)
    if place is None:
        raise JobFailure(FailureCode.OUTPUT_MISSING, detail="No writable root has this name.")
    return storage_at(place)


def part_key(job: UUID, number: int, kind: PredictedFormat) -> str:
    """Return where a part lies below its root; parts sort in the order of their rows."""
    return f"{job}/part-{number:06}.{kind.value}"


@dataclass
class PiecePredictor:
    """Does shards of one attempt. `on_progress` is called once in a while and may raise to stop."""

    attempt: Attempt
    arguments: PredictFilesArguments
    asset: Asset
    predictor: Predictor
    folder: Path
    on_progress: Callable[[], None] = lambda: None

    def do(self, held: HeldShard) -> None:
        """Predict a piece's rows and store them as one part.

        Raises: JobFailure; AttemptFenced when the shard is not this process's any more.
        """
        path = self.folder / "part"
        rows = GoodRows(self.asset, Piece.model_validate(held.work))
        written = self._write(path, rows, held)
        files = output_files(self.arguments.output)
        key = part_key(self.attempt.job, held.shard.number, self.arguments.format)
        with path.open("rb") as stream:
            stored = files.put(key, stream)
        result = {
            "rows": written,
            "bad_rows": rows.bad,
            "size_bytes": stored.size_bytes,
            "sha256": stored.sha256,
        }
        if not held.finish(written, result):
            self._withdraw(files, key)
            raise AttemptFenced

    def _write(self, path: Path, rows: GoodRows, held: HeldShard) -> int:
        written = 0
        with predicted_writer(path, self.arguments.format) as writer:
            for row, said in predicted(rows, self.predictor):
                writer.write(predicted_row(row, said))
                written += 1
                if written % CHUNK_TEXTS == 0:
                    held.progress(written)
                    self.on_progress()
        return written

    def _withdraw(self, files: Files, key: str) -> None:
        """Leave nothing of a job that has ended; while it runs, another holder writes the same."""
        running = Attempt.objects.filter(id=self.attempt.id, state=JobState.RUNNING.value)
        if not running.exists():
            files.delete(key)


class GoodRows:
    """The rows of a piece that can be predicted; the others are counted, or end the job."""

    def __init__(self, asset: Asset, piece: Piece) -> None:
        self._asset = asset
        self._piece = piece
        self._plan = Plan.model_validate(asset.plan)
        self.bad = 0

    def __iter__(self) -> Iterator[Row]:
        """Yield the good rows. Raises: JobFailure."""
        try:
            for item in rows_of(self._asset, self._plan, self._piece):
                if row := self._good(item):
                    yield row
        except NotFound as gone:
            raise JobFailure(FailureCode.SOURCE_MISSING, detail=gone.detail) from gone
        except UnicodeError as error:
            detail = "A file is not in the chosen encoding."
            raise JobFailure(FailureCode.UNREADABLE_FORMAT, detail=detail) from error
        except FileUnreadable as error:
            raise JobFailure(FailureCode.UNREADABLE_FORMAT, detail=error.detail) from error

    def _good(self, item: Row | RowProblem) -> Row | None:
        if isinstance(item, RowProblem):
            self._refuse(item.line, item.message)
            return None
        try:
            checked_hash(item.text)
        except RowRefused as refused:
            self._refuse(item.line, refused.message)
            return None
        return item

    def _refuse(self, line: int, message: str) -> None:
        self.bad += 1
        if self._plan.on_bad_rows is OnBadRows.REFUSE:
            place = f"{self._piece.name}, line {line} from byte {self._piece.offset} on"
            raise JobFailure(FailureCode.BAD_ROWS, 1, f"{place.lstrip(', ')}: {message}")


def predicted(rows: GoodRows, predictor: Predictor) -> Iterator[tuple[Row, Annotation]]:
    """Yield each row with what the predictor says of it; as many wait as it looks ahead."""
    waiting: deque[Row] = deque()

    def texts() -> Iterator[str]:
        for row in rows:
            waiting.append(row)
            yield row.text

    for said in predictor.predict(texts()):
        yield waiting.popleft(), said


def predicted_row(row: Row, said: Annotation) -> PredictedRow:
    """Return the row as it is written, with labels by name."""
    return PredictedRow(row.text, said.spans, said.choices, said.scores, row.meta, said.arcs)
