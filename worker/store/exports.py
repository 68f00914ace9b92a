"""What an export contains, in the order of the dataset."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from uuid import UUID

import orjson
from django.db import connection

from worker.projects.models import Label
from worker.store.models import Answer
from worker.store.spans import overlap_problem

READ_AHEAD = 2000


@dataclass(frozen=True, slots=True)
class ExportedAnswer:
    """An answer with its text, untouched; `spans` are (start, end, label's name) in code points.

    `choices` are names of labels; `relations` (head, child, label's name) of positions in `spans`;
    `written` is what was written in answer; None, of each, where nobody was asked. `options` are
    the texts to pick from, `picked` the place of the one taken.

    `meta` is the example's JSON object as it is stored, `answered_at` in seconds since 1970.
    """

    text: str
    meta: str
    input_hash: bytes
    spans: list[tuple[int, int, str]] | None
    choices: list[str] | None
    relations: list[tuple[int, int, str]] | None
    verdict: str
    annotator: str
    answered_at: int
    flagged: bool
    note: str
    written: str | None = None
    options: list[str] = field(default_factory=list)
    picked: int | None = None

    @property
    def overlaps(self) -> bool:
        """Whether two of the spans share text."""
        return overlap_problem((start, end) for start, end, _ in self.spans or ())


# Plain columns: two model instances a row, and a date to be parsed, took most of an export.
_ANSWERS = """
SELECT example.text, example.meta::text, example.input_hash, answer.spans::text,
  answer.choices::text[], answer.relations::text, answer.verdict, answer.annotator::text,
  floor(extract(epoch FROM answer.answered_at))::bigint, answer.flagged, answer.note,
  answer.written, example.options, answer.picked
FROM worker_store_answer answer JOIN worker_store_example example ON example.id = answer.example_id
WHERE example.dataset_id = %s AND example.visible
ORDER BY answer.example_id, answer.answered_at, answer.id
"""


def exported_answers(dataset_id: UUID, project_id: UUID) -> Iterator[ExportedAnswer]:
    """Yield every answer to a visible example of the dataset, also several to one.

    Labels go by their present names, retired ones too; memory does not grow with the dataset.
    """
    names = _label_names(project_id)
    with connection.chunked_cursor() as cursor:
        cursor.execute(_ANSWERS, [dataset_id])
        portions = iter(lambda: cursor.fetchmany(READ_AHEAD), [])
        for text, meta, digest, spans, choices, joined, *rest in chain.from_iterable(portions):
            marked = None if spans is None else _named(spans, names)
            chosen = None if choices is None else [names.get(label, label) for label in choices]
            related = None if joined is None else _joined(joined, names)
            yield ExportedAnswer(text, meta, bytes(digest), marked, chosen, related, *rest)


def count_answers(dataset_id: UUID) -> int:
    """Return how many answers `exported_answers` will yield."""
    return Answer.objects.filter(example__dataset_id=dataset_id, example__visible=True).count()


def _named(spans: str, names: dict[str, str]) -> list[tuple[int, int, str]]:
    if spans == "[]":
        return []
    return [
        (span["start"], span["end"], names.get(span["label"], span["label"]))
        for span in orjson.loads(spans)
    ]


def _joined(relations: str, names: dict[str, str]) -> list[tuple[int, int, str]]:
    return [
        (each["head"], each["child"], names.get(each["label"], each["label"]))
        for each in orjson.loads(relations)
    ]


def _label_names(project_id: UUID) -> dict[str, str]:
    labels = Label.objects.filter(project_id=project_id).values_list("id", "name")
    return {str(label_id): name for label_id, name in labels}
