"""Letters to mark in: a stream that starts anywhere, a check, and a router."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from annex.recipes import Answer, Example, Ge, Le, Resume, Span, Task, View, task_recipe
from polite_words import CLOSINGS, OPENINGS


@dataclass(frozen=True)
class Length:
    """How long the letters are.

    Args:
        least: fewest sentences of a letter.
        most: most sentences of a letter.
    """

    least: Annotated[int, Ge(1)] = 1
    most: Annotated[int, Ge(1), Le(9)] = 3


@task_recipe("polite.letters", view=View.SPANS)
def letters(
    *,
    length: Length = Length(),
    count: Annotated[int, Ge(1), Le(1_000_000)] = 1000,
    in_turn: bool = False,
) -> Task:
    """Mark the courtesies in letters.

    An accepted letter has at least one mark, and marks lose the spaces at their ends.

    Args:
        length: how long the letters are.
        count: how many letters there are.
        in_turn: give each letter to one annotator, all in turn.
    """

    def stream(resume: Resume) -> Iterator[Example]:
        for number in range(resume.taken, count):
            yield Example(write_letter(number, length), meta={"number": number}, state=number + 1)

    def check(answer: Answer) -> str | None:
        if answer.verdict == "accept" and not answer.spans:
            return "Mark the courtesy, or reject the letter."
        return None

    def trim(answer: Answer) -> Answer:
        spans = [trimmed(answer.text, span) for span in answer.spans]
        return Answer(answer.text, answer.verdict, spans, answer.choices, answer.annotator)

    def route(example: Example, annotators: Sequence[UUID]) -> Sequence[UUID]:
        return [annotators[int(str(example.meta["number"])) % len(annotators)]]

    return Task(
        stream=stream,
        validate_answer=check,
        before_save=trim,
        task_router=route if in_turn else None,
    )


def write_letter(number: int, length: Length) -> str:
    """Return a letter; the same for the same number."""
    opening, closing = OPENINGS[number % len(OPENINGS)], CLOSINGS[number // 4 % len(CLOSINGS)]
    sentences = length.least + number % (length.most - length.least + 1)
    body = " ".join(f"Parcel {number}-{part} has not come." for part in range(sentences))
    return f"{opening}, {body} {closing}."


def trimmed(text: str, span: Span) -> Span:
    """Return a mark without the spaces at its ends."""
    marked = text[span.start : span.end]
    start = span.start + len(marked) - len(marked.lstrip())
    return Span(start, max(start + 1, span.start + len(marked.rstrip())), span.label)
