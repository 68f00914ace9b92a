"""Read what an annotator works on: tasks, batches, single examples."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import orjson
from annex.contract.enums import LabelChangeKind, TaskRecipe, TaskState
from django.db.models import Exists, OuterRef
from django.utils import timezone

from common.database.prepared import run_prepared
from worker.annotate.corrections import answer_to_correct
from worker.annotate.history import answer_fields
from worker.annotate.shapes import (
    AnswerShape,
    BatchBody,
    BatchShape,
    DefinitionShape,
    DraftShape,
    ExampleShape,
    GuidelinesShape,
    LabelShape,
    LookAgainShape,
    ProgressShape,
    TaskShape,
)
from worker.comments.querysets import COUNT_SEEN, seen_by
from worker.projects.models import Label, Task
from worker.published.ringing import ring_stream_at_times
from worker.published.states import gives_more, refuse_unrunnable
from worker.queue.actions import lease_examples
from worker.queue.models import Lease, SecondLook
from worker.queue.second_looks import looks_held, serve_looks
from worker.queue.tallies import progress_of
from worker.store.guidelines import read_guidelines
from worker.store.label_maps import (
    LabelMap,
    follow_choices,
    follow_relations,
    follow_spans,
    label_map,
)
from worker.store.models import Answer, Asset, Example, LabelDefinition, Suggestion
from worker.store.relations import relation_problem
from worker.store.tokens import token_edges

RETRY_AFTER_SECONDS = 10
DRAWN_AFTER_SECONDS = 2
"""When to look again while a published recipe is asked for more."""


def describe_task(task: Task, subject: UUID) -> TaskShape:
    """Return the task with its labels in order and how far it is."""
    return TaskShape(
        id=task.id,
        title=task.title,
        project=task.project.title,
        recipe=TaskRecipe(task.recipe),
        view=task.shown_as,
        refusal=task.refusal or None,
        state=TaskState(task.state),
        labels=_labels_of(task),
        exclusive=task.exclusive,
        blind=task.blind,
        guidelines=_guidelines_of(task),
        progress=ProgressShape(**vars(progress_of(task.id, subject))),
        lease_seconds=task.lease_seconds,
        editable=task.state != TaskState.CLOSED.value,
    )


def next_batch(task: Task, subject: UUID, body: BatchBody) -> BatchShape:
    """Lease the next examples and say which of the held ones are lost.

    Raises: Conflict (customer) when the task's own recipe cannot run here, or has failed.
    """
    refuse_unrunnable(task)
    held_ids, has_looks = _look_up(task, body.holding)
    ids = held_ids.values()
    looks = serve_looks(task, subject, body.size, holding=ids) if has_looks else []
    leased = lease_examples(task, subject, body.size - len(looks), holding=ids)
    still_held = leased.held & set(ids)
    if has_looks:
        still_held |= looks_held(task, subject, set(ids) - still_held)
    is_dry = not looks and not leased.served and not still_held
    may_return = is_dry and _may_return(task, subject)
    may_come = is_dry and not may_return and gives_more(task)
    if task.is_published:
        ring_stream_at_times(task.id)
    pause = RETRY_AFTER_SECONDS if may_return else DRAWN_AFTER_SECONDS if may_come else None
    return BatchShape(
        examples=_again(task, subject, looks) + _examples_of(task, subject, leased.served),
        lost=[uid for uid in body.holding if held_ids.get(uid) not in still_held],
        exhausted=is_dry and pause is None,
        retry_after_seconds=pause,
    )


def example_ids(task: Task, uids: Iterable[UUID]) -> list[int]:
    """Return the ids of those examples that belong to the task; others fall away."""
    return list(_ids_by_uid(task, uids).values())


def answered_example(
    task: Task, subject: UUID, example: Example, *, may_correct: bool
) -> ExampleShape:
    """Return an example with the annotator's own answer and draft.

    Args: may_correct: where there is neither, with the answer that counts, whosever it is.
    """
    lease = Lease.objects.filter(task_id=task.id, subject=subject, example=example).first()
    answer = (
        Answer.objects.filter(task_id=task.id, annotator=subject, example=example)
        .select_related("example")
        .first()
    )
    became = label_map(task.project_id)
    loaded = _load_examples(task, subject, [example.id])[example.id]
    others = answer_to_correct(task, example) if may_correct and not (answer or lease) else None
    if others:
        # As with what is looked at again, the answer stands there without a suggestion beside it.
        loaded = replace(loaded, suggestion=None)
    shape = _example_shape(task, loaded, lease, became)
    answers = {"answer": _answer_shape(answer), "corrects": _answer_shape(others)}
    return shape.model_copy(update=answers)


def _labels_of(task: Task) -> list[LabelShape]:
    labels = Label.objects.filter(id__in=task.label_ids, retired=False)
    definitions = LabelDefinition.objects.in_bulk(task.label_ids)
    return [_label_shape(label, definitions.get(label.id)) for label in labels]


def _label_shape(label: Label, definition: LabelDefinition | None) -> LabelShape:
    return LabelShape(
        id=label.id,
        name=label.name,
        colour=label.colour,
        key=label.key,
        definition=definition and DefinitionShape.model_validate(definition, from_attributes=True),
    )


def _guidelines_of(task: Task) -> GuidelinesShape | None:
    if task.guidelines_id is None:
        return None
    asset = Asset.objects.filter(id=task.guidelines_id, project_id=task.project_id).first()
    if asset is None or asset.version == 0:
        return None
    return GuidelinesShape(version=asset.version, markdown=read_guidelines(asset))


def _ids_by_uid(task: Task, uids: Iterable[UUID]) -> dict[UUID, int]:
    wanted = list(uids)
    if not wanted:
        return {}
    rows = Example.objects.filter(uid__in=wanted, dataset_id__in=task.dataset_ids)
    return dict(rows.values_list("uid", "id"))


_LOOK_UP = """
SELECT EXISTS (SELECT FROM worker_queue_secondlook WHERE task_id = %(task)s),
  array_agg(uid), array_agg(id)
FROM worker_store_example
WHERE uid = ANY(%(uids)s::uuid[]) AND dataset_id = ANY(%(datasets)s::uuid[])
"""


def _look_up(task: Task, uids: list[UUID]) -> tuple[dict[UUID, int], bool]:
    """Return the examples' ids, and whether any of the task is to be looked at again."""
    values = {"task": task.id, "uids": uids, "datasets": task.dataset_ids}
    [(has_looks, found, ids)] = run_prepared(_LOOK_UP, values)
    return dict(zip(found or (), ids or (), strict=True)), bool(has_looks)


def _may_return(task: Task, subject: UUID) -> bool:
    """Say whether somebody holds an example that could still come to this annotator."""
    mine = Answer.objects.filter(
        task_id=task.id, example_id=OuterRef("example_id"), annotator=subject
    )
    others = Lease.objects.filter(task_id=task.id).exclude(subject=subject)
    return others.filter(~Exists(mine)).exists()


_EXAMPLES = f"""
SELECT {COUNT_SEEN}, example.id, example.uid, example.dataset_id, example.text, example.meta,
  example.options, suggestion.spans, suggestion.choices
FROM worker_store_example example
LEFT JOIN worker_store_suggestion suggestion ON suggestion.example_id = example.id
  AND suggestion.predictor_kind = %(kind)s AND suggestion.predictor_id = %(predictor)s::uuid
WHERE example.id = ANY(%(ids)s::bigint[])
"""  # noqa: S608  a fragment of our own


@dataclass(frozen=True)
class LoadedExample:
    """An example, what the task's predictor says of it, and how many comments the person sees."""

    example: Example
    suggestion: Suggestion | None
    comments: int


def _examples_of(task: Task, subject: UUID, leases: list[Lease]) -> list[ExampleShape]:
    if not leases:
        return []
    loaded = _load_examples(task, subject, [lease.example_id for lease in leases])
    has_marks = any(one.suggestion for one in loaded.values()) or any(x.draft for x in leases)
    became = label_map(task.project_id) if has_marks else {}
    return [_example_shape(task, loaded[lease.example_id], lease, became) for lease in leases]


def _load_examples(task: Task, subject: UUID, ids: list[int]) -> dict[int, LoadedExample]:
    """Return the examples by id, in one statement whatever hangs on them."""
    predictor = {"kind": task.suggestions_kind, "predictor": task.suggestions_id}
    loaded = {}
    names = ("id", "uid", "dataset_id", "text", "meta", "options")
    for row in run_prepared(_EXAMPLES, {"ids": ids, **predictor, **seen_by(task, subject)}):
        comments, *columns, meta, options, spans, choices = row
        example = Example.from_db("default", names, (*columns, orjson.loads(meta), options))
        marks = None if spans is None else Suggestion(spans=orjson.loads(spans), choices=choices)
        loaded[example.id] = LoadedExample(example, marks, comments)
    return loaded


def _again(task: Task, subject: UUID, looks: list[SecondLook]) -> list[ExampleShape]:
    """Return examples to look at once more, each with the answer in doubt as its draft."""
    if not looks:
        return []
    loaded = _load_examples(task, subject, [look.example_id for look in looks])
    names = dict(Label.objects.filter(project_id=task.project_id).values_list("id", "name"))
    became = label_map(task.project_id)
    shapes = []
    for look in looks:
        # The answer in doubt is shown, and no suggestion beside it.
        example = replace(loaded[look.example_id], suggestion=None)
        shape = _example_shape(task, example, None, became)
        own = look.answer if look.answer.annotator == subject else None
        changes = {
            "draft": DraftShape(**_followed(look.draft or _draft_of(look.answer), became)),
            "answer": _answer_shape(own),
            "look_again": _look_shape(look, names),
        }
        shapes.append(shape.model_copy(update=changes))
    return shapes


def _draft_of(answer: Answer) -> dict[str, Any]:
    return {
        "spans": answer.spans or [],
        "choices": answer.choices or [],
        "relations": answer.relations or [],
        "written": answer.written,
        "picked": answer.picked,
        "flagged": answer.flagged,
        "note": answer.note,
    }


def _look_shape(look: SecondLook, names: dict[UUID, str]) -> LookAgainShape:
    change = look.change
    return LookAgainShape(
        kind=LabelChangeKind(change.kind),
        labels=[names[label] for label in change.labels if label in names],
        into=[names[label] for label in change.into if label in names],
        marks=look.marks,
    )


def _followed(draft: dict[str, Any], became: LabelMap) -> dict[str, Any]:
    """Return a draft under the labels of today."""
    marks: dict[str, Any] = {
        kind: follow_spans(draft[kind], became) for kind in ("spans", "dismissed") if kind in draft
    }
    said = {
        "choices": follow_choices(draft.get("choices", ()), became),
        # A draft is kept as it was sent: what joins no two marks goes.
        "relations": follow_relations(_joining(draft), draft["spans"], became),
    }
    return {**draft, **marks, **said}


def _joining(draft: dict[str, Any]) -> list[Any]:
    count = len(draft["spans"])
    return [each for each in draft.get("relations", ()) if not relation_problem(each, count)]


def _example_shape(
    task: Task, loaded: LoadedExample, lease: Lease | None, became: LabelMap
) -> ExampleShape:
    example = loaded.example
    held_back = example.dataset_id == task.evaluation_dataset_id
    suggestion = None if held_back else loaded.suggestion
    marks, chosen = _own_labels(task, suggestion, became)
    draft = lease.draft if lease else None
    return ExampleShape(
        id=example.uid,
        text=example.text,
        # Who chooses for a whole text marks nothing in it, and long texts have many tokens.
        tokens=token_edges(example.text) if task.is_marking else [],
        meta=example.meta,
        suggestions=marks,
        suggested=chosen,
        options=example.options,
        held_back=held_back,
        comments=loaded.comments,
        draft=DraftShape(**_followed(draft, became)) if draft else None,
        lease_seconds=_seconds_left(lease) if lease else 0,
    )


def _own_labels(
    task: Task, suggestion: Suggestion | None, became: LabelMap
) -> tuple[list[Any], list[UUID]]:
    """Leave out what a predictor says with labels that this task does not ask for."""
    if suggestion is None:
        return [], []
    known = frozenset(task.label_ids)
    spans = follow_spans(suggestion.spans, became)
    choices = follow_choices(suggestion.choices, became)
    return (
        [span for span in spans if UUID(span["label"]) in known],
        [label for label in choices if label in known],
    )


def _seconds_left(lease: Lease) -> int:
    return max(0, int((lease.expires_at - timezone.now()).total_seconds()))


def _answer_shape(answer: Answer | None) -> AnswerShape | None:
    return AnswerShape(**answer_fields(answer)) if answer else None
