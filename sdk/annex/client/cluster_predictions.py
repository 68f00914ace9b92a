"""One predictor of a project on texts from this machine; the cluster keeps none of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from annex.client.calls import Call
from annex.client.types import Answer, Predictor, PredictorRef
from annex.errors import BadInput

MOST_TEXTS: Final = 100
MOST_CODEPOINTS: Final = 20_000
MOST_CODEPOINTS_AT_ONCE: Final = 200_000

AnyPredictor = Mapping[str, Any] | PredictorRef | Predictor


class TextMark(Answer):
    """A mark by its label's name; code points, end excluded."""

    start: int
    end: int
    label: str


class TextArc(Answer):
    """A part of a text and the part that it hangs from, itself at a root; code points."""

    start: int
    end: int
    head_start: int
    head_end: int
    label: str


class TextAnnotation(Answer):
    """What a predictor says of one text."""

    spans: list[TextMark]
    choices: list[str]
    arcs: list[TextArc] = []


class AnnotatedTexts(Answer):
    """One annotation for each text, in order; `component` is what the predictor predicts."""

    component: str
    annotations: list[TextAnnotation]


def calls_to_annotate(
    project: UUID | str, predictor: AnyPredictor, texts: Sequence[str]
) -> Iterator[Call[AnnotatedTexts]]:
    """Yield the requests, each no larger than a cluster takes. Raises: BadInput for a text."""
    if not isinstance(predictor, Mapping):
        predictor = {"kind": predictor.kind, "id": predictor.id}
    named = {key: str(predictor[key]) for key in ("kind", "id")}
    for batch in _batches(texts):
        body = {"predictor": named, "texts": batch}
        yield Call("POST", f"/api/projects/{project}/annotate", AnnotatedTexts, body=body)


def joined(answers: Sequence[AnnotatedTexts]) -> AnnotatedTexts:
    """Return the answers to several requests as one. Args: answers: at least one."""
    annotations = [each for answer in answers for each in answer.annotations]
    return AnnotatedTexts(component=answers[0].component, annotations=annotations)


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    if not texts:
        raise BadInput("There is no text to annotate.")
    batch: list[str] = []
    for number, text in enumerate(texts, start=1):
        if not 0 < len(text) <= MOST_CODEPOINTS:
            raise BadInput(f"Text {number} does not have 1 to {MOST_CODEPOINTS:,} characters.")
        size = sum(map(len, batch)) + len(text)
        if batch and (len(batch) == MOST_TEXTS or size > MOST_CODEPOINTS_AT_ONCE):
            yield batch
            batch = []
        batch.append(text)
    yield batch
