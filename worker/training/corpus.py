"""What a model is trained and measured on: answers out of the store, in a fixed order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

import orjson
from annex.contract.enums import Component, DatasetRole, Says, Verdict
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from worker.predictors.base import Arc, NamedSpan
from worker.projects.models import Label
from worker.store.answers import answers_for_training
from worker.store.models import Answer, Dataset, Example
from worker.store.querysets import ExampleQuerySet
from worker.training.texts import LabelledText

SNAPSHOT_SALT = "annex.training.snapshot.v1"


SAID: Final[dict[Says, Callable[[Answer], Any]]] = {
    Says.SPANS: lambda answer: answer.spans,
    # Relations name their ends by position.
    Says.RELATIONS: lambda answer: [answer.spans, answer.relations],
    Says.CHOICES: lambda answer: answer.choices,
}
"""What of an answer a component learns from."""


@dataclass(frozen=True)
class Snapshot:
    """The texts of a training, by example id; `digest` is keyed with the cluster's own secret."""

    texts: tuple[LabelledText, ...]
    digest: str


def read_snapshot(
    dataset_ids: Collection[UUID], project_id: UUID, component: Component
) -> Snapshot:
    """Return the accepted and rejected answers of the datasets; ignored ones are left out.

    Only those that say something of what the component learns. Labels that are not of the
    project's scheme are dropped.
    """
    names = label_names(project_id)
    digest = hashlib.sha256()
    texts = []
    for answer in answers_for_training(dataset_ids, component).iterator(chunk_size=2000):
        if not says_something(answer, component):
            continue
        texts.append(to_labelled_text(answer, names, component))
        digest.update(orjson.dumps([bytes(answer.example.input_hash).hex(), answer.verdict]))
        digest.update(orjson.dumps(SAID[component.says](answer), option=orjson.OPT_SORT_KEYS))
    keyed = salted_hmac(SNAPSHOT_SALT, digest.hexdigest(), algorithm="sha256").hexdigest()
    return Snapshot(tuple(texts), keyed)


def says_something(answer: Answer, component: Component) -> bool:
    """Tell whether an answer teaches: where one label is right, an accepted one names it.

    One that no longer does has lost it to a deletion of the label.
    """
    one_is_right = component is Component.TEXTCAT and answer.verdict == Verdict.ACCEPT
    return bool(answer.choices) or not one_is_right


def read_evaluation(dataset_id: UUID, project_id: UUID, component: Component) -> list[LabelledText]:
    """Return the answers of a dataset that say what is right."""
    snapshot = read_snapshot([dataset_id], project_id, component)
    return [text for text in snapshot.texts if text.is_gold]


def to_labelled_text(answer: Answer, names: dict[str, str], component: Component) -> LabelledText:
    """Return what an answer says to the component, with its labels by name."""
    labelled = LabelledText(
        answer.example.text,
        rejected=answer.verdict == Verdict.REJECT,
        example=answer.example_id,
    )
    if component.says is Says.CHOICES:
        return replace(labelled, choices=chosen_in(answer, names))
    if component.says is Says.RELATIONS:
        return replace(labelled, arcs=arcs_in(answer, names))
    spans = spans_in(answer, names)
    if component is Component.SENTER:
        spans = tuple(without_space(span, labelled.text) for span in spans)
    return replace(labelled, spans=spans)


def chosen_in(answer: Answer, names: dict[str, str]) -> tuple[str, ...]:
    """Return the labels chosen for the whole text."""
    return tuple(names[str(c)] for c in answer.choices or () if str(c) in names)


def spans_in(answer: Answer, names: dict[str, str]) -> tuple[NamedSpan, ...]:
    """Return what is marked."""
    return tuple(
        NamedSpan(span["start"], span["end"], names[span["label"]])
        for span in answer.spans or ()
        if span["label"] in names
    )


def arcs_in(answer: Answer, names: dict[str, str]) -> tuple[Arc, ...]:
    """Return how what is marked is related."""
    marks = answer.spans or ()
    return tuple(
        Arc(child["start"], child["end"], head["start"], head["end"], names[each["label"]])
        for each in answer.relations or ()
        for child, head in [(marks[each["child"]], marks[each["head"]])]
        if each["label"] in names
    )


def without_space(span: NamedSpan, text: str) -> NamedSpan:
    """Return a mark of a sentence without the space around it, which is of no sentence."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return span._replace(start=start, end=max(start, span.end - len(words) + len(words.rstrip())))


def label_names(project_id: UUID) -> dict[str, str]:
    """Return the names of the project's labels by id, retired ones included."""
    labels = Label.objects.filter(project_id=project_id).values_list("id", "name")
    return {str(label_id): name for label_id, name in labels}


def label_ids(project_id: UUID) -> dict[str, UUID]:
    """Return the ids of the project's labels by name; a name in use goes before a retired one."""
    labels = Label.objects.filter(project_id=project_id).order_by("-retired")
    return dict(labels.values_list("name", "id"))


def count_overlap(dataset_ids: Collection[UUID], project_id: UUID, component: Component) -> int:
    """Return how many of a training's inputs are also in an evaluation set of the project."""
    answered = answers_for_training(dataset_ids, component)
    return answered.filter(example__input_hash__in=held_back_hashes(project_id)).count()


def count_held_back(examples: ExampleQuerySet, project_id: UUID) -> int:
    """Return how many of the examples are also in an evaluation set of the project."""
    return examples.filter(input_hash__in=held_back_hashes(project_id)).count()


def held_back_hashes(project_id: UUID) -> QuerySet[Any, Any]:
    """Return the input hashes of the project's evaluation sets."""
    held = Dataset.objects.filter(project_id=project_id, role=DatasetRole.EVALUATION.value)
    return Example.objects.filter(dataset__in=held, visible=True).values("input_hash")
