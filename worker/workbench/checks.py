"""Evaluation as a test: thresholds that scores must reach, and named cases that must hold.

[overall]
f = 0.70

[labels.FIELD]
recall = 0.60

[[cases]]
name = "a field in a sentence"
text = "Set MaxItems to ALL."
spans = [{text = "MaxItems", label = "FIELD"}, {start = 16, end = 19, label = "VALUE"}]
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

import pydantic
from pydantic import BaseModel, ConfigDict, Field

from common.errors import InvalidRequest
from worker.predictors.base import Annotation, NamedSpan, Predictor
from worker.training.scoring import Report, Tally

Threshold = Annotated[float, Field(ge=0.0, le=1.0)]


class BadChecks(InvalidRequest):
    """The file of checks cannot be used."""

    code = "checks.invalid"
    title = "The checks cannot be used"
    what_to_do = "Correct the file; docs/evaluation-checks.md shows what may stand in it."


class Part(BaseModel):
    """Whatever may stand in the file; an unknown name is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Thresholds(Part):
    """What figures must reach at least; ratios from 0 to 1."""

    f: Threshold | None = None
    precision: Threshold | None = None
    recall: Threshold | None = None


class ExpectedSpan(Part):
    """A mark, by its place in code points or by its words, which then occur once in the text."""

    label: str
    start: Annotated[int, Field(ge=0)] | None = None
    end: Annotated[int, Field(ge=1)] | None = None
    text: str | None = None


class Case(Part):
    """A text and all that is to be found in it; what is null is not looked at."""

    name: Annotated[str, Field(min_length=1)]
    text: Annotated[str, Field(min_length=1)]
    spans: list[ExpectedSpan] | None = None
    choices: list[str] | None = None


class Checks(Part):
    """The whole file."""

    overall: Thresholds = Thresholds()
    labels: dict[str, Thresholds] = {}
    cases: list[Case] = []


@dataclass(frozen=True)
class Outcome:
    """One check: what it asks for, what was found, whether that is enough."""

    name: str
    wanted: str
    found: str
    holds: bool


def read_checks(source: str) -> Checks:
    """Read a file of checks. Raises: BadChecks (customer)."""
    try:
        checks = Checks.model_validate(tomllib.loads(source))
    except (tomllib.TOMLDecodeError, pydantic.ValidationError) as error:
        raise BadChecks(str(error)) from None
    for case in checks.cases:
        expected_spans(case)
    return checks


def expected_spans(case: Case) -> list[NamedSpan]:
    """Return a case's marks by place. Raises: BadChecks when words do not occur exactly once."""
    return sorted(_place(case, span) for span in case.spans or ())


def _place(case: Case, span: ExpectedSpan) -> NamedSpan:
    if span.text is None:
        if span.start is None or span.end is None or not span.start < span.end <= len(case.text):
            raise BadChecks(f"Case {case.name!r}: a span has start and end within it, or text.")
        return NamedSpan(span.start, span.end, span.label)
    if not span.text or case.text.count(span.text) != 1:
        raise BadChecks(f"Case {case.name!r}: {span.text!r} does not occur exactly once.")
    start = case.text.index(span.text)
    return NamedSpan(start, start + len(span.text), span.label)


def check_scores(checks: Checks, report: Report) -> Iterator[Outcome]:
    """Yield the outcome of each threshold. A label that never occurs has figures of 0."""
    yield from _check_figures("overall", checks.overall, report.overall)
    for label, thresholds in checks.labels.items():
        yield from _check_figures(label, thresholds, report.per_label.get(label, Tally()))


def _check_figures(name: str, thresholds: Thresholds, tally: Tally) -> Iterator[Outcome]:
    for figure, least in thresholds.model_dump(exclude_none=True).items():
        found = float(getattr(tally, figure))
        yield Outcome(f"{name} {figure}", f"{least:.3f}", f"{found:.3f}", found >= least)


def check_cases(checks: Checks, predictor: Predictor) -> Iterator[Outcome]:
    """Yield the outcome of each case."""
    said = predictor.predict([case.text for case in checks.cases])
    for case, annotation in zip(checks.cases, said, strict=True):
        yield _check_case(case, annotation)


def _check_case(case: Case, said: Annotation) -> Outcome:
    wanted, found = [], []
    if case.spans is not None:
        wanted += [in_words(case.text, span) for span in expected_spans(case)]
        found += [in_words(case.text, span) for span in sorted(said.spans)]
    if case.choices is not None:
        wanted += sorted(case.choices)
        found += sorted(said.choices)
    return Outcome(case.name, _listed(wanted), _listed(found), wanted == found)


def in_words(text: str, span: NamedSpan) -> str:
    """Return a mark as people read it, with its place."""
    return f"{text[span.start : span.end]} {span.label} {span.start}-{span.end}"


def _listed(parts: Sequence[str]) -> str:
    return ", ".join(parts) or "nothing"
