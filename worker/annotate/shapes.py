"""What the annotation app sends and gets. Every span counts code points, end excluded."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from annex.contract.enums import LabelChangeKind, TaskRecipe, TaskState, Verdict
from annex.contract.process import MAX_WRITTEN_CODEPOINTS, Picked
from annex.contract.published import View
from pydantic import BaseModel, ConfigDict, Field

MAX_SPANS = 5000
MAX_CHOICES = 512
MAX_RELATIONS = 5000
MAX_NOTE_CODEPOINTS = 5000
MAX_BATCH_EXAMPLES = 20
MAX_BATCH_ANSWERS = 100
DAY_MS = 24 * 3600 * 1000


class Sent(BaseModel):
    """What comes in: an unknown field is a mistake, and numbers are not made of strings."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SpanBody(Sent):
    """One mark. Whether it fits its text is checked against the text."""

    start: Annotated[int, Field(ge=0, strict=True)]
    end: Annotated[int, Field(ge=0, strict=True)]
    label: UUID


class RelationBody(Sent):
    """A connection of two marks, by their positions in the list that comes with it, from 0."""

    head: Annotated[int, Field(ge=0, strict=True)]
    child: Annotated[int, Field(ge=0, strict=True)]
    label: UUID


Spans = Annotated[list[SpanBody], Field(max_length=MAX_SPANS)]
Choices = Annotated[list[UUID], Field(max_length=MAX_CHOICES)]
Relations = Annotated[list[RelationBody], Field(max_length=MAX_RELATIONS)]
Note = Annotated[str, Field(max_length=MAX_NOTE_CODEPOINTS, pattern=r"^[^\x00]*$")]
"""The database cannot hold U+0000."""
Written = Annotated[str, Field(max_length=MAX_WRITTEN_CODEPOINTS, pattern=r"^[^\x00]*$")]


class AnnotationBody(Sent):
    """What is marked in one example, connected in it, chosen for it, written or picked, and noted.

    `picked` is the place of one of its options, from 0.
    """

    spans: Spans = []
    choices: Choices = []
    relations: Relations = []
    written: Written | None = None
    picked: Picked | None = None
    flagged: bool = False
    note: Note = ""


class DraftBody(AnnotationBody):
    """What is not answered yet, with what was refused so far, kept through a reload.

    `dismissed` are suggested marks, `refused` suggested labels for the whole text.
    """

    dismissed: Spans = []
    refused: Choices = []


class AnswerBody(AnnotationBody):
    """One decision. `base_version` is the version it edits, 0 for a first one.

    `corrects` is somebody else's answer, in whose place a reviewer's counts.
    """

    example: UUID
    verdict: Verdict
    base_version: Annotated[int, Field(ge=0)] = 0
    corrects: UUID | None = None
    working_ms: Annotated[int, Field(ge=0, le=DAY_MS)] = 0


class IdentifiedAnswer(AnswerBody):
    """An answer that brings its own id."""

    id: UUID


class AnswersBody(Sent):
    """Several answers, as after a network cut."""

    answers: Annotated[list[IdentifiedAnswer], Field(min_length=1, max_length=MAX_BATCH_ANSWERS)]


class BatchBody(Sent):
    """Ask for `size` examples beyond those the app is `holding`."""

    size: Annotated[int, Field(ge=1, le=MAX_BATCH_EXAMPLES)] = 5
    holding: Annotated[list[UUID], Field(max_length=100)] = []


class ExamplesBody(Sent):
    """Examples by the ids that the app got."""

    examples: Annotated[list[UUID], Field(max_length=100)]


class SpanShape(BaseModel):
    """One mark as it is stored."""

    start: int
    end: int
    label: UUID


class RelationShape(BaseModel):
    """A connection of two marks as it is stored; `head` and `child` are positions in `spans`."""

    head: int
    child: int
    label: UUID


class DefinitionShape(BaseModel):
    """What counts as a label: in words, and in examples of what does and what does not."""

    text: str
    counts: list[str]
    counts_not: list[str]


class LabelShape(BaseModel):
    """One label of the task; `key` is empty when it has none."""

    id: UUID
    name: str
    colour: str
    key: str
    definition: DefinitionShape | None = None


class GuidelinesShape(BaseModel):
    """The task's guidelines, which never leave the cluster."""

    version: int
    markdown: str


class ProgressShape(BaseModel):
    """`mine` counts answers; `answered` and `examples` count the task's examples. Days are UTC."""

    mine: int
    mine_today: int
    working_seconds_today: int
    answered: int
    examples: int


class TaskShape(BaseModel):
    """A task as its annotators see it. `editable`: answers are still taken.

    `exclusive`: in text classification, exactly one label is right. `blind`: suggestions, and what
    other annotators said, are hidden from this person. `refusal` is the code for which a published
    recipe does not run on this cluster.
    """

    id: UUID
    title: str
    project: str
    recipe: TaskRecipe
    view: View
    refusal: str | None
    state: TaskState
    labels: list[LabelShape]
    exclusive: bool
    blind: bool
    guidelines: GuidelinesShape | None
    progress: ProgressShape
    lease_seconds: int
    editable: bool


class DraftShape(BaseModel):
    """What was left unanswered; `dismissed` and `refused` are the suggestions refused by then."""

    spans: list[SpanShape]
    choices: list[UUID] = []
    relations: list[RelationShape] = []
    written: str | None = None
    picked: int | None = None
    flagged: bool
    note: str
    dismissed: list[SpanShape] = []
    refused: list[UUID] = []


class AnswerShape(BaseModel):
    """An answer; an edit of one's own adds to its `working_ms`.

    `written` is null where nobody was asked for a text, `picked` where no option was taken.
    """

    id: UUID
    example: UUID
    verdict: Verdict
    spans: list[SpanShape]
    choices: list[UUID]
    relations: list[RelationShape]
    written: str | None
    picked: int | None
    flagged: bool
    note: str
    version: int
    working_ms: int
    answered_at: datetime


class LookAgainShape(BaseModel):
    """Why an answered example comes back: `marks` of `labels` are now the first of `into`."""

    kind: LabelChangeKind
    labels: list[str]
    into: list[str]
    marks: int


class ExampleShape(BaseModel):
    """One example. `held_back` ones are for evaluation and never carry suggestions.

    `suggestions` are marks, `suggested` labels for the whole text, `options` texts to pick from.
    `answer` is the annotator's own, when the example is asked for by name or comes back.
    `corrects` is somebody else's, which counts so far, and which a reviewer may correct.
    `comments` says how many there are that the annotator may see.
    """

    id: UUID
    text: str
    tokens: list[tuple[int, int]]
    meta: dict[str, Any]
    suggestions: list[SpanShape]
    suggested: list[UUID]
    options: list[str]
    held_back: bool
    comments: int
    draft: DraftShape | None
    lease_seconds: int
    answer: AnswerShape | None = None
    corrects: AnswerShape | None = None
    look_again: LookAgainShape | None = None


class BatchShape(BaseModel):
    """`lost`: held examples that are somebody else's by now. `exhausted`: none will come."""

    examples: list[ExampleShape]
    lost: list[UUID]
    exhausted: bool
    retry_after_seconds: int | None


class SavedShape(BaseModel):
    """What a save led to."""

    id: UUID
    version: int
    progress: ProgressShape


class ResultShape(BaseModel):
    """What became of one answer; `status` is what a PUT of it alone would have answered."""

    id: UUID
    status: int
    version: int | None = None
    code: str | None = None


class ResultsShape(BaseModel):
    """What became of each answer, in the order they were sent."""

    results: list[ResultShape]
    progress: ProgressShape


class HistoryRow(AnswerShape):
    """An answer with the first code points of its text."""

    snippet: str


class HistoryShape(BaseModel):
    """A page of own answers; `next` is the cursor of the one after it."""

    results: list[HistoryRow]
    next: str | None
