"""What a worker and a recipe's process say to each other over their pipe, a JSON line each.

None of it leaves the cluster, so it may carry text. The process is not trusted: every line it
says is validated and bounded.
"""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, JsonValue, TypeAdapter

from annex.contract.enums import Verdict
from annex.contract.leaves import Count, Message
from annex.contract.published import MetricName, RecipeName, RecipePackage, RecipeVersion

MAX_LINE_BYTES = 32 * 2**20
MAX_BATCH = 1000
OUTPUT_FOLDER = "output"
"""Beside the process: what a job leaves there is what it gives."""
ADDED_FOLDER = "added"
"""Beside the process: `<dataset's id>.jsonl` holds what a job adds to a dataset."""

MAX_WRITTEN_CODEPOINTS = 20_000
MIN_OPTIONS, MAX_OPTIONS = 2, 4

Words = Annotated[str, Field(max_length=1_000_000)]
Notice = Annotated[str, Field(max_length=500)]
Trace = Annotated[str, Field(max_length=100_000)]
Written = Annotated[str, Field(max_length=MAX_WRITTEN_CODEPOINTS)]
Picked = Annotated[int, Field(ge=0, lt=MAX_OPTIONS)]
Part = Literal["spans", "choices"]
"""What an annotator can be asked for."""

# --- what both say -------------------------------------------------------------------------------


class SpanLine(Message):
    """A marked part of a text, in code points, end exclusive."""

    start: Count
    end: Count
    label: UUID


class RelationLine(Message):
    """A labelled connection of two spans, by their positions in the answer's list, from 0."""

    head: Count
    child: Count
    label: UUID


class ExampleLine(Message):
    """An example of a stream; `state` is what the stream needs to go on after it.

    `spans` and `choices` are suggested to its annotators; null where nothing is. `options` are the
    texts to pick one from.
    """

    text: Words
    meta: dict[str, JsonValue] = {}
    state: JsonValue = None
    spans: list[SpanLine] | None = None
    choices: list[UUID] | None = None
    options: Annotated[list[Words], Field(max_length=MAX_OPTIONS)] = []


class AnswerLine(Message):
    """An answer to an example; within a `DatasetLine`, which has it, without the text.

    `relations` is null where nobody was asked for them.

    `asked` is what its annotator was asked for; null: for what is there, or else for spans.
    `written` is what the annotator wrote, `picked` the place of the option taken, from 0.
    """

    text: Words = ""
    verdict: Verdict
    spans: list[SpanLine] = []
    choices: list[UUID] = []
    relations: list[RelationLine] | None = None
    annotator: UUID | None = None
    asked: list[Part] | None = None
    written: Written | None = None
    picked: Picked | None = None


class DatasetLine(Message):
    """An example of a dataset with its answers, in the order in which they were given.

    A line of the file that a recipe is given of a dataset, and of the one that a job writes to it.
    """

    text: Words
    meta: dict[str, JsonValue] = {}
    options: Annotated[list[Words], Field(max_length=MAX_OPTIONS)] = []
    answers: Annotated[list[AnswerLine], Field(max_length=MAX_BATCH)] = []


# --- worker to process ---------------------------------------------------------------------------


class Provided(Message):
    """What the ids among the arguments stand for; the process can reach nothing else."""

    texts: dict[UUID, Words] = {}
    assets: dict[UUID, str] = {}
    models: dict[UUID, str] = {}
    labels: dict[UUID, str] = {}
    datasets: dict[UUID, str] = {}
    secrets: dict[UUID, str] = {}


class Describe(Message):
    """Import the package and give its description."""

    say: Literal["describe"] = "describe"


class Start(Message):
    """Call the recipe's function; a task's stream begins after `taken` examples.

    `labels` are those of the task, or of a job's project, by name.
    """

    say: Literal["start"] = "start"
    recipe: RecipeName
    version: RecipeVersion
    arguments: dict[str, JsonValue]
    provided: Provided = Provided()
    labels: dict[UUID, str] = {}
    taken: Count = 0
    state: JsonValue = None


class Draw(Message):
    """Give the next examples of the stream."""

    say: Literal["draw"] = "draw"
    count: Annotated[int, Field(ge=1, le=MAX_BATCH)]


class Check(Message):
    """Validate an answer, and give it as it is to be saved."""

    say: Literal["check"] = "check"
    answer: AnswerLine


class Route(Message):
    """Say which of the annotators are to get an example."""

    say: Literal["route"] = "route"
    example: ExampleLine
    annotators: list[UUID]


class Update(Message):
    """These answers were saved."""

    say: Literal["update"] = "update"
    answers: Annotated[list[AnswerLine], Field(max_length=MAX_BATCH)]


class Measure(Message):
    """Give the task's figures."""

    say: Literal["measure"] = "measure"


class Stop(Message):
    """Finish in peace."""

    say: Literal["stop"] = "stop"


Ask = Annotated[
    Describe | Start | Draw | Check | Route | Update | Measure | Stop, Field(discriminator="say")
]

# --- process to worker ---------------------------------------------------------------------------


class Described(Message):
    """What the package has."""

    say: Literal["described"] = "described"
    package: RecipePackage


class Started(Message):
    """The function has returned; `components` are those that its task has."""

    say: Literal["started"] = "started"
    components: list[Literal["update", "check", "route", "measure"]] = []


class Drawn(Message):
    """The next examples; with `ended` there are no more after them."""

    say: Literal["drawn"] = "drawn"
    examples: Annotated[list[ExampleLine], Field(max_length=MAX_BATCH)]
    ended: bool


class Checked(Message):
    """What is wrong with an answer, for its annotator, or else the answer to save."""

    say: Literal["checked"] = "checked"
    refusal: Notice | None = None
    answer: AnswerLine | None = None


class Routed(Message):
    """Who is to get the example; null for anybody."""

    say: Literal["routed"] = "routed"
    annotators: list[UUID] | None


class Measured(Message):
    """Figures under declared names."""

    say: Literal["measured"] = "measured"
    figures: Annotated[
        dict[MetricName, Annotated[float, Field(allow_inf_nan=False)]], Field(max_length=8)
    ]


class Progressed(Message):
    """How far a job is."""

    say: Literal["progressed"] = "progressed"
    done: Count
    total: Count | None = None


class Finished(Message):
    """A job is done, or what was asked has been."""

    say: Literal["finished"] = "finished"


class Failed(Message):
    """The recipe raised. It stays on the cluster; `file` and `line` are where in the package."""

    say: Literal["failed"] = "failed"
    message: Trace
    traceback: Trace
    file: Notice = ""
    line: Count = 0


Say = Annotated[
    Described | Started | Drawn | Checked | Routed | Measured | Progressed | Finished | Failed,
    Field(discriminator="say"),
]

ASKS: TypeAdapter[Ask] = TypeAdapter(Ask)
SAYS: TypeAdapter[Say] = TypeAdapter(Say)
