"""Whatever these recipes say but titles, help and names must stay on the cluster."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Annotated, Literal
from uuid import UUID

from annex.recipes import (
    Answer,
    Asset,
    Example,
    Ge,
    Job,
    Resume,
    Task,
    Text,
    job_recipe,
    task_recipe,
)

inner = import_module("marked_words.mark_file_in_package")
Fault = Literal["none", "stream", "route", "check", "names"]


@task_recipe("marked.letters", view="choices", metrics=["mark_metric_name"])
def letters(
    *,
    source: Asset,
    question: Text,
    mark_field_name: Annotated[int, Ge(0)] = 0,
    fault: Fault = "none",
) -> Task:
    """MARK_title.

    MARK_help

    Args:
        source: A file of JSON lines, each with a `text`.
        question: What annotators are asked.
        mark_field_name: MARK_field_help
        fault: What goes wrong.
    """
    print("MARK_printed")
    print("MARK_printed", file=sys.stderr)
    logging.warning("MARK_logged")

    def stream(resume: Resume) -> Iterator[Example]:
        for number, line in enumerate(source.path.open(encoding="utf-8"), start=1):
            text = f"{json.loads(line)['text']} MARK_stream_text {inner.WORD}"
            yield Example(text, meta={"MARK_key_of_meta": question}, state=["MARK_state", number])
        if fault == "stream":
            raise ValueError(f"MARK_stream_error {text}")

    def validate(answer: Answer) -> str | None:
        if fault == "check":
            raise RuntimeError(f"MARK_check_error {answer.text}")
        return None if answer.verdict == "reject" else "MARK_refusal"

    def route(example: Example, annotators: Sequence[UUID]) -> Sequence[UUID]:
        if fault == "route":
            raise LookupError(f"MARK_router_error {example.text}")
        return annotators

    def measure() -> Mapping[str, float]:
        return {"mark_measured_name" if fault == "names" else "mark_metric_name": 1.0}

    return Task(stream=stream, validate_answer=validate, task_router=route, metrics=measure)


@job_recipe("marked.report")
def report(*, job: Job, words: Text, fails: bool = False) -> None:
    """Spell a text in progress, and leave a file.

    Args:
        words: What is spelled.
        fails: Whether it then breaks.
    """
    for letter in words:
        job.progress(ord(letter), 2**20)
    if fails:
        raise RuntimeError(f"MARK_job_error {words}")
    (job.output / "MARK_output_file.txt").write_text(f"MARK_output_text {words}")
