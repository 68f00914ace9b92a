"""Bodies of the workbench, in and out. Ratios from 0 to 1."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from annex.contract.enums import Component, PredictorKind
from annex.contract.recipes import PredictorRef
from pydantic import BaseModel, ConfigDict, Field, field_validator

from worker.training.shapes import LabelLook, ShownAnswer
from worker.workbench.trying import (
    MAX_CASE_CODEPOINTS,
    MAX_CASES,
    MAX_CODEPOINTS,
    MAX_CODEPOINTS_AT_ONCE,
)


class TryBody(BaseModel):
    """A text to try; it is not kept."""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(min_length=1, max_length=MAX_CODEPOINTS)]


class Part(BaseModel):
    """A predictor, or one of those that a combination is made of."""

    kind: PredictorKind
    id: UUID
    name: str


class TriedAnswer(BaseModel):
    """What one predictor says; `said` is null when it cannot be loaded. Of a combination, the
    first part decides where both mark something.
    """

    among: list[Part]
    component: Component | None
    said: ShownAnswer | None
    milliseconds: float


class Tried(BaseModel):
    """Every predictor's answer to one text."""

    answers: list[TriedAnswer]
    labels: list[LabelLook]


class AnnotateBody(BaseModel):
    """Texts for one predictor to annotate; they are not kept."""

    model_config = ConfigDict(extra="forbid")
    predictor: PredictorRef
    texts: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=MAX_CASE_CODEPOINTS)]],
        Field(min_length=1, max_length=MAX_CASES),
    ]

    @field_validator("texts")
    @classmethod
    def check_size(cls, texts: list[str]) -> list[str]:
        """Refuse more than one request may take of a web process's time."""
        if sum(map(len, texts)) > MAX_CODEPOINTS_AT_ONCE:
            raise ValueError(f"The texts have more than {MAX_CODEPOINTS_AT_ONCE:,} characters.")
        return texts


class TextMark(BaseModel):
    """A mark by its label's name; code points, end excluded."""

    start: int
    end: int
    label: str


class TextArc(BaseModel):
    """A part of a text and the part that it hangs from, itself at a root; code points."""

    start: int
    end: int
    head_start: int
    head_end: int
    label: str


class TextAnnotation(BaseModel):
    """What the predictor says of one text."""

    spans: list[TextMark]
    choices: list[str]
    arcs: list[TextArc] = []


class AnnotatedTexts(BaseModel):
    """One annotation for each text, in the order in which they came."""

    component: Component
    annotations: list[TextAnnotation]


class RulesBody(BaseModel):
    """Edited rules, not saved."""

    model_config = ConfigDict(extra="forbid")
    patterns: Annotated[list[dict[str, Any]], Field(max_length=20_000)]


class PatternHits(BaseModel):
    """One pattern's marks: in held-back texts, how many of them right, and in texts to annotate."""

    line: int
    measured: int
    right: int
    sampled: int


class RulesTrial(BaseModel):
    """Edited rules beside the saved ones, on the same held-back texts."""

    patterns: list[PatternHits]
    f: float
    precision: float
    recall: float
    saved_f: float
    measured_texts: int
    sampled_texts: int
    milliseconds: float
