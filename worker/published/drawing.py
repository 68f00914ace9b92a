"""Drawing examples from a task's stream, so that its queue never runs low.

Examples, the place in the stream, the queue's new items and what `update` was told move in one
transaction: wherever a process dies, the next one goes on after the last example that was stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from annex.contract import process as p
from annex.contract.enums import TaskState
from annex.contract.published import View
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from common.database.locks import only_one
from common.errors import Conflict
from worker.projects.actions import note_check
from worker.projects.models import Task
from worker.published.environments import InstallFailed
from worker.published.failures import FailureKind, RecipeFailed
from worker.published.figures import measure
from worker.published.following import follow_task
from worker.published.inserting import NewExample, insert_examples, new_example
from worker.published.models import RecipeFailure, Stream
from worker.published.recording import keep_failure
from worker.published.routing import annotators_of, ask_routes, name_annotators
from worker.published.starting import StartedRecipe, start_recipe
from worker.published.suggesting import check_suggested, store_suggestions
from worker.published.telling import Told, tell_answers
from worker.queue.filling import fill_queue
from worker.store.formats.rows import RowRefused
from worker.store.imports.checks import meta_json

LOW = 50
"""Below so many examples that can still be handed out, more are drawn."""
DRAWN_AT_ONCE = 200
ROUNDS = 20
"""How often one process draws before the next gets its turn: a stream may repeat itself."""


@dataclass(frozen=True)
class Drawn:
    """What one round took from the stream; `routes` has an entry for each example."""

    examples: Sequence[p.ExampleLine]
    routes: Sequence[list[UUID] | None]
    ended: bool
    told: Told | None


def top_up(task_id: UUID) -> bool:
    """Draw until the task's queue is full again.

    Returns: whether to ring again, because the queue is still low.
    Effects: none when another process is at it, or when the stream has nothing to give.
    """
    with only_one("stream", task_id) as is_mine:
        if not is_mine or not is_low(task_id):
            return False
        task = Task.objects.get(id=task_id)
        try:
            return _draw_from(task)
        except RecipeFailed as failed:
            fail_stream(task, failed)
        except InstallFailed as failed:
            fail_stream(task, RecipeFailed(FailureKind.EXITED, message=failed.log))
        except Conflict:
            follow_task(task)
        return False


def is_low(task_id: UUID) -> bool:
    """Say whether an open task with an open stream has few examples left to hand out."""
    stream = Stream.objects.filter(task_id=task_id, state=Stream.State.OPEN)
    task = Task.objects.filter(id=task_id, state=TaskState.OPEN.value, refusal="")
    return stream.exists() and task.exists() and count_open(task_id) < LOW


_COUNT_OPEN = """
SELECT count(*) FROM (
  SELECT FROM worker_queue_queueitem WHERE task_id = %s AND open_slots > 0 LIMIT %s) few
"""


def count_open(task_id: UUID) -> int:
    """Return how many examples can be handed out; counting stops where there are enough."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_OPEN, [task_id, LOW])
        return int(cursor.fetchone()[0])


def fail_stream(task: Task, failed: RecipeFailed) -> RecipeFailure:
    """Keep what went wrong, and draw no more until a developer says so or the task changes."""
    failure = keep_failure(task, failed)
    streams = Stream.objects.filter(task_id=task.id, recipe=task.published)
    streams.update(state=Stream.State.FAILED, failure=failure)
    return failure


def _draw_from(task: Task) -> bool:
    stream = Stream.objects.get(task_id=task.id)
    recipe = start_recipe(task, taken=stream.taken, resume=stream.resume)
    try:
        note_check(task, has_check="check" in recipe.components)
        goes_on = _draw_rounds(task, stream, recipe)
        if recipe.metrics and "measure" in recipe.components:
            measure(task, recipe)
    finally:
        recipe.process.stop()
    return goes_on


def _draw_rounds(task: Task, stream: Stream, recipe: StartedRecipe) -> bool:
    """Draw until there is enough, or it is the next one's turn. Returns: whether it is."""
    for _ in range(ROUNDS):
        drawn = _draw_once(task, stream, recipe)
        if not store_drawn(task, stream, drawn) or not is_low(task.id):
            return False
    return True


def _draw_once(task: Task, stream: Stream, recipe: StartedRecipe) -> Drawn:
    process, components = recipe.process, recipe.components
    told = tell_answers(process, task, stream) if "update" in components else None
    ask = p.Draw(count=DRAWN_AT_ONCE)
    said = process.ask(ask, p.Drawn, seconds=settings.RECIPE_SECONDS)
    if not said.examples and not said.ended:
        raise RecipeFailed(FailureKind.GARBAGE, message="It gave nothing and did not end.")
    annotators = annotators_of(task) if "route" in components else []
    routes: Sequence[list[UUID] | None] = [None] * len(said.examples)
    if annotators:
        routes = ask_routes(process, said.examples, annotators)
    return Drawn(said.examples, routes, said.ended, told)


def store_drawn(task: Task, stream: Stream, drawn: Drawn) -> bool:
    """Store what was drawn and move the stream on, both or neither.

    Returns: False when somebody else has moved the stream meanwhile, or it was changed: then
             nothing is stored.
    Raises:  RecipeFailed for an example that cannot be stored.
    """
    rows = _rows_of(drawn.examples, task.shown_as)
    check_suggested(drawn.examples, task.shown_as)
    with transaction.atomic():
        present = Stream.objects.select_for_update().get(task_id=task.id)
        if (present.taken, present.recipe, present.state) != (
            stream.taken,
            stream.recipe,
            Stream.State.OPEN,
        ):
            return False
        held_back = [task.evaluation_dataset_id] if task.evaluation_dataset_id else []
        ids = insert_examples(task.dataset_id, held_back, rows)
        store_suggestions(task, ids, drawn.examples)
        fill_queue(task)
        routes = zip(ids, drawn.routes, strict=True)
        name_annotators(task.id, {key: named for key, named in routes if key and named})
        _move_on(stream, drawn)
    return True


def _move_on(stream: Stream, drawn: Drawn) -> None:
    if drawn.examples:
        stream.taken += len(drawn.examples)
        stream.resume = drawn.examples[-1].state
    if drawn.told:
        stream.told_at, stream.told_answer = drawn.told.at, drawn.told.answer
    if drawn.ended:
        stream.state = Stream.State.ENDED
    stream.drawn_at = timezone.now()
    stream.save()


def _rows_of(lines: Iterable[p.ExampleLine], view: View) -> list[NewExample]:
    """Return examples as they are stored. Raises: RecipeFailed for what an import would refuse."""
    rows = []
    for line in lines:
        try:
            meta_json({"state": line.state})
            _check_options(line.options, view)
            rows.append(new_example(line.text, line.meta, line.options))
        except RowRefused as refused:
            raise RecipeFailed(FailureKind.BAD_EXAMPLE, message=refused.message) from None
    return rows


def _check_options(options: list[str], view: View) -> None:
    """Raise RowRefused for options that the view cannot show."""
    if view is View.COMPARE and len(options) < p.MIN_OPTIONS:
        raise RowRefused(
            "options.too_few", f"An example has {p.MIN_OPTIONS} to {p.MAX_OPTIONS} options."
        )
    if options and view is not View.COMPARE:
        raise RowRefused("options.unasked", "Only the view compare shows options.")
