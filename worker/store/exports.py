"""What an export contains, in the order of the dataset."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from worker.projects.models import Label
from worker.store.models import Answer

READ_AHEAD = 2000


@dataclass(frozen=True, slots=True)
class ExportedAnswer:
    """An answer with its text; `spans` are (start, end, label's name) in code points."""

    answer: Answer
    spans: list[tuple[int, int, str]]

    @property
    def text(self) -> str:
        """The example's text, untouched."""
        return self.answer.example.text


def exported_answers(dataset_id: UUID, project_id: UUID) -> Iterator[ExportedAnswer]:
    """Yield every answer to a visible example of the dataset, also several to one.

    Labels go by their present names, retired ones too; memory does not grow with the dataset.
    """
    names = _label_names(project_id)
    answers = Answer.objects.filter(example__dataset_id=dataset_id, example__visible=True)
    ordered = answers.select_related("example").order_by("example_id", "answered_at", "id")
    for answer in ordered.iterator(chunk_size=READ_AHEAD):
        spans = [(s["start"], s["end"], names.get(s["label"], s["label"])) for s in answer.spans]
        yield ExportedAnswer(answer, spans)


def count_answers(dataset_id: UUID) -> int:
    """Return how many answers `exported_answers` will yield."""
    return Answer.objects.filter(example__dataset_id=dataset_id, example__visible=True).count()


def _label_names(project_id: UUID) -> dict[str, str]:
    labels = Label.objects.filter(project_id=project_id).values_list("id", "name")
    return {str(label_id): name for label_id, name in labels}
