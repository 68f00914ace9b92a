"""Between the lines of the pipe and of datasets' files, and what recipes see."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from annex.contract import process as p
from annex.recipes.components import Answer, Answered, Example, Relation, Span


def answer_of(line: p.AnswerLine, text: str | None = None) -> Answer:
    """Return an answer as recipes see it. Args: text: of the example, where the line has none."""
    spans = [Span(span.start, span.end, span.label) for span in line.spans]
    words = line.text if text is None else text
    return Answer(
        text=words,
        verdict=line.verdict.value,
        spans=spans,
        choices=line.choices,
        annotator=line.annotator,
        asked=line.asked,
        relations=None if line.relations is None else [_relation(each) for each in line.relations],
        written=line.written,
        picked=line.picked,
    )


def _relation(line: p.RelationLine) -> Relation:
    return Relation(line.head, line.child, line.label)


def answer_line(answer: Answer) -> p.AnswerLine:
    """Return an answer as the pipe has it. Raises: pydantic.ValidationError for what is none."""
    return p.AnswerLine.model_validate(
        {
            "text": answer.text,
            "verdict": answer.verdict,
            "spans": [vars(span) for span in answer.spans],
            "choices": list(answer.choices),
            "annotator": answer.annotator,
            "asked": answer.asked,
            "relations": _vars(answer.relations),
            "written": answer.written,
            "picked": answer.picked,
        }
    )


def example_line(example: Example) -> p.ExampleLine:
    """Return an example as the pipe has it. Raises: pydantic.ValidationError for what is none."""
    return p.ExampleLine.model_validate(
        {
            "text": example.text,
            "meta": dict(example.meta),
            "state": example.state,
            "spans": _vars(example.spans),
            "choices": None if example.choices is None else list(example.choices),
            "options": list(example.options),
        }
    )


def _vars(parts: Sequence[object] | None) -> list[dict[str, object]] | None:
    return None if parts is None else [vars(part) for part in parts]


def dataset_line(answered: Answered) -> p.DatasetLine:
    """Return a line of a dataset's file. Raises: pydantic.ValidationError for what is none."""
    answers = [answer_line(answer).model_copy(update={"text": ""}) for answer in answered.answers]
    return p.DatasetLine(
        text=answered.text,
        meta=dict(answered.meta),
        options=list(answered.options),
        answers=answers,
    )


def read_lines(path: Path, skip: int = 0) -> Iterator[Answered]:
    """Yield the examples of a dataset's file. Args: skip: as many at its beginning are left out.

    Raises: ValueError naming the line that is none.
    """
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if number > skip:
                yield read_line(line, str(number))


def read_line(line: bytes, place: str) -> Answered:
    """Return an example of a dataset's file; what else stands in the line is left alone.

    Args: place: where the line is, for the error. Raises: ValueError.
    """
    try:
        found = json.loads(line)
        known = {name: found[name] for name in p.DatasetLine.model_fields if name in found}
        read = p.DatasetLine.model_validate(known)
    except (ValueError, TypeError):
        # Without a `from`: the error quotes the line.
        raise ValueError(f"line {place} is no example of a dataset") from None
    answers = [answer_of(each, read.text) for each in read.answers]
    return Answered(read.text, read.meta, answers, read.options)
