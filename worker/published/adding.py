"""What a published job adds to datasets: all of it when the job ends well, and else nothing.

A line is a stranger's. It is checked as a row of a file is, and goes only to a dataset that the
job's arguments name, of the job's own project, that is trained on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, get_args
from uuid import UUID, uuid4

import pydantic
from annex.contract import fields as f
from annex.contract import process as p
from annex.contract.enums import DatasetRole
from annex.contract.references import references_in
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from worker.jobs.context import JobContext
from worker.projects.models import Label
from worker.published.failures import FailureKind, RecipeFailed
from worker.published.inserting import NewExample, insert_examples, new_example
from worker.published.outputs import plain_files
from worker.published.recipes import Accepted
from worker.published.suggesting import spans_of
from worker.queue.filling import fill_queues_of
from worker.store.counts import emit_dataset_changed
from worker.store.formats.rows import RowRefused
from worker.store.models import Answer, Dataset
from worker.store.relations import Relation, moved, relation_key, relation_problem
from worker.store.spans import Span, span_problem

AT_ONCE = 1000
PARTS: tuple[p.Part, ...] = get_args(p.Part)
MOMENT = timedelta(microseconds=1)


def keep_added(context: JobContext, accepted: Accepted, folder: Path) -> None:
    """Store what lies in the folder, all of it or nothing.

    The fence is checked last: it holds the attempt's row, and the heartbeat would have to wait.
    Raises: RecipeFailed for what cannot be stored.
    """
    if not folder.is_dir():
        return
    adding = _Adding(context, accepted)
    with transaction.atomic():
        for path, file in plain_files(folder):
            with file:
                adding.keep(path.name, file)
        with context.write():
            adding.finish()


class _Adding:
    """The datasets that a job may add to, and the labels that its lines may name."""

    def __init__(self, context: JobContext, accepted: Accepted) -> None:
        self.context = context
        self.targets = {f"{row.id}.jsonl": row for row in _targets(context, accepted)}
        labels = Label.objects.filter(project_id=context.project_id)
        self.labels = frozenset(labels.values_list("id", flat=True))
        evaluations = Dataset.objects.filter(
            project_id=context.project_id, role=DatasetRole.EVALUATION.value
        )
        self.held_back = list(evaluations.values_list("id", flat=True))
        self.touched: set[UUID] = set()

    def keep(self, name: str, file: BinaryIO) -> None:
        """Store the lines of one file. Raises: RecipeFailed."""
        target = self.targets.get(name)
        if target is None:
            raise _bad("It adds to what is no dataset for training among its arguments.")
        self.touched.add(target.id)
        lines = map(self._checked, _lines(file))
        while batch := list(islice(lines, AT_ONCE)):
            self._insert(target, batch)
            # How far it is would be told in numbers that the recipe chose.
            self.context.check_cancelled()

    def finish(self) -> None:
        """Put the new examples into the queues of their datasets' tasks, and tell the totals."""
        fill_queues_of(self.touched)
        for dataset in self.touched:
            emit_dataset_changed(dataset)

    def _checked(self, line: p.DatasetLine) -> p.DatasetLine:
        for answer in line.answers:
            edges = [(span.start, span.end) for span in answer.spans]
            if any(span_problem(start, end, len(line.text)) for start, end in edges):
                raise _bad("A span of an answer that it adds does not fit its text.")
            related = (each.label for each in answer.relations or ())
            if {*(span.label for span in answer.spans), *answer.choices, *related} - self.labels:
                raise _bad("An answer that it adds has a label that is not of this project.")
            if "\0" in (answer.written or ""):
                raise _bad("What an answer that it adds has written holds a NUL character.")
        return line

    def _insert(self, target: Dataset, lines: Sequence[p.DatasetLine]) -> None:
        ids = insert_examples(target.id, self.held_back, [_row_of(line) for line in lines])
        Answer.objects.bulk_create(
            answer
            for line, key in zip(lines, ids, strict=True)
            if key is not None
            for answer in _answers_of(line, key, self.context.job)
        )


def _targets(context: JobContext, accepted: Accepted) -> QuerySet[Dataset]:
    named = references_in(accepted.description.fields, accepted.arguments)
    ids = [each.id for each in named if each.resource is f.Resource.DATASET]
    return Dataset.objects.filter(
        id__in=ids, project_id=context.project_id, role=DatasetRole.TRAINING.value
    )


def _row_of(line: p.DatasetLine) -> NewExample:
    try:
        return new_example(line.text, line.meta, line.options)
    except RowRefused as refused:
        raise _bad(refused.message) from None


def _answers_of(line: p.DatasetLine, example: int, job: UUID) -> list[Answer]:
    """Return the last answer of each annotator; those of nobody are the job's own."""
    last = {answer.annotator or job: answer for answer in line.answers}
    # The order decides which answer counts, so each is a little later than the one before.
    began = timezone.now()
    return [
        Answer(
            id=uuid4(),
            example_id=example,
            annotator=annotator,
            verdict=answer.verdict.value,
            **_said_in(answer),
            answered_at=began + number * MOMENT,
        )
        for number, (annotator, answer) in enumerate(last.items())
    ]


def _said_in(answer: p.AnswerLine) -> dict[str, Any]:
    """Return what an answer says; None for what nobody was asked."""
    spans = spans_of(answer.spans)
    said = {"spans": spans, "choices": sorted(set(answer.choices))}
    asked = answer.asked
    if asked is None:
        is_reply = answer.written is not None or answer.picked is not None
        asked = [part for part in PARTS if said[part]] or ([] if is_reply else ["spans"])
    return {
        **{part: said[part] if part in asked else None for part in PARTS},
        "relations": _relations_in(answer, spans),
        "written": answer.written,
        "picked": answer.picked,
    }


def _relations_in(answer: p.AnswerLine, spans: list[Span]) -> list[Relation] | None:
    """Return relations by the positions that their spans have among the stored ones."""
    if answer.relations is None:
        return None
    told: list[Span] = [
        {"start": span.start, "end": span.end, "label": str(span.label)} for span in answer.spans
    ]
    relations: list[Relation] = [
        {"head": each.head, "child": each.child, "label": str(each.label)}
        for each in answer.relations
    ]
    if any(relation_problem(each, len(told)) for each in relations):
        raise _bad("A relation of an answer that it adds is of no two of its spans.")
    return sorted(moved(relations, told, spans), key=relation_key)


def _lines(file: BinaryIO) -> Iterator[p.DatasetLine]:
    while line := file.readline(p.MAX_LINE_BYTES + 1):
        if len(line) > p.MAX_LINE_BYTES:
            raise _bad("A line that it adds is too long.")
        try:
            yield p.DatasetLine.model_validate_json(line)
        except pydantic.ValidationError:
            # Without a `from`: the error quotes the line.
            raise _bad("A line that it adds is no example with answers.") from None


def _bad(message: str) -> RecipeFailed:
    return RecipeFailed(FailureKind.BAD_EXAMPLE, message=message)
