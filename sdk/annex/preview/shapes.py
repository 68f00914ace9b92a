"""What the annotation app sends; the cluster's own shapes, of which docs/openapi tells."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from annex.contract.enums import Verdict
from annex.contract.process import Picked, Written

MAX_BATCH_EXAMPLES = 20


class Sent(BaseModel):
    """What comes in: an unknown field is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SpanBody(Sent):
    """One mark, in code points, end excluded."""

    start: Annotated[int, Field(ge=0, strict=True)]
    end: Annotated[int, Field(ge=0, strict=True)]
    label: UUID


class RelationBody(Sent):
    """A connection of two marks, by their positions in the list that comes with it, from 0."""

    head: Annotated[int, Field(ge=0, strict=True)]
    child: Annotated[int, Field(ge=0, strict=True)]
    label: UUID


class AnnotationBody(Sent):
    """What is marked in one example, connected, chosen for it, written or picked, and noted."""

    spans: list[SpanBody] = []
    choices: list[UUID] = []
    relations: list[RelationBody] = []
    written: Written | None = None
    picked: Picked | None = None
    flagged: bool = False
    note: str = ""


class DraftBody(AnnotationBody):
    """What is not answered yet, with what was refused so far."""

    dismissed: list[SpanBody] = []
    refused: list[UUID] = []


class AnswerBody(AnnotationBody):
    """One decision; `base_version` is the version it edits, 0 for a first one."""

    example: UUID
    verdict: Verdict
    base_version: Annotated[int, Field(ge=0)] = 0
    corrects: UUID | None = None
    working_ms: Annotated[int, Field(ge=0)] = 0


class IdentifiedAnswer(AnswerBody):
    """An answer that brings its own id."""

    id: UUID


class AnswersBody(Sent):
    """Several answers, as after a network cut."""

    answers: Annotated[list[IdentifiedAnswer], Field(min_length=1, max_length=100)]


class BatchBody(Sent):
    """Ask for `size` examples beyond those the app is `holding`."""

    size: Annotated[int, Field(ge=1, le=MAX_BATCH_EXAMPLES)] = 5
    holding: Annotated[list[UUID], Field(max_length=100)] = []


class Typed(Sent):
    """The form as it stands: what is typed for a recipe, and for the task around it."""

    recipe: str
    values: dict[str, JsonValue] = {}
    labels: list[str] = []
    exclusive: bool = False

    def with_values(self, values: dict[str, Any]) -> Typed:
        """Return the same with other values."""
        return self.model_copy(update={"values": values})
