"""What a recipe suggests of its examples: checked, stored, and shown as a predictor's are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annex.contract import process as p
from annex.contract.published import View

from worker.projects.models import BY_RECIPE, Task
from worker.published.failures import FailureKind, RecipeFailed
from worker.store.models import Suggestion
from worker.store.spans import Span, overlap_problem, span_problem


def check_suggested(lines: Iterable[p.ExampleLine], view: View) -> None:
    """Raise RecipeFailed for suggestions that no screen could show."""
    for line in lines:
        edges = sorted((span.start, span.end) for span in line.spans or ())
        if any(span_problem(start, end, len(line.text)) for start, end in edges):
            raise _bad("A span that it suggests does not fit its text.")
        if overlap_problem(edges) and not view.may_overlap:
            raise _bad("Spans that it suggests overlap, which this view cannot show.")


def store_suggestions(
    task: Task, ids: Sequence[int | None], lines: Sequence[p.ExampleLine]
) -> None:
    """Store what is suggested of new examples. Args: ids: of each line's example, if it is new."""
    Suggestion.objects.bulk_create(
        Suggestion(
            example_id=key,
            predictor_kind=BY_RECIPE,
            predictor_id=task.id,
            spans=spans_of(line.spans or ()),
            choices=sorted(set(line.choices or ())),
        )
        for key, line in zip(ids, lines, strict=True)
        if key is not None and (line.spans is not None or line.choices is not None)
    )


def spans_of(lines: Iterable[p.SpanLine]) -> list[Span]:
    """Return marks as the store keeps them: sorted, each once."""
    found = sorted({(line.start, line.end, str(line.label)) for line in lines})
    return [{"start": start, "end": end, "label": label} for start, end, label in found]


def _bad(message: str) -> RecipeFailed:
    return RecipeFailed(FailureKind.BAD_EXAMPLE, message=message)
