"""Labels change under 200 answers: none is lost, an undo restores all, held-back ones stay put."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from annex.contract.enums import LabelChangeKind, LabelChangeStep, Role, Verdict
from annex.contract.inbound import ChangeLabels
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.worker.cast import Stage, make_stage
from worker.link.commands import CommandRefused, run_handler
from worker.link.models import OutboxEvent
from worker.projects.models import Label
from worker.queue.filling import fill_queue
from worker.queue.label_changes import settle_changes
from worker.queue.models import SecondLook
from worker.store.answers import Decision, save_answer
from worker.store.label_changes import scheme_digest
from worker.store.label_maps import label_map
from worker.store.models import Answer, AnswerRevision, Example, LabelChange
from worker.store.spans import Span

pytestmark = pytest.mark.django_db
ANSWERS, HELD_BACK = 200, 20


@dataclass
class Scheme:
    """A project with 200 answers, a tenth of them held back, under the labels A to E.

    Every fourth answer chose labels for the whole text; the others marked words.
    """

    stage: Stage
    labels: dict[str, str]
    sent: list[ChangeLabels] = field(default_factory=list)

    def change(
        self, kind: LabelChangeKind, labels: str, into: str = "", **options: Any
    ) -> ChangeLabels:
        """Apply a change and retire what it leaves, as the control plane does."""
        body = ChangeLabels(
            change=uuid4(), project=self.stage.project.id, kind=kind, step=LabelChangeStep.APPLY,
            labels=[UUID(self.labels[name]) for name in labels],
            into=[UUID(self.labels[name]) for name in into], **options,
        )  # fmt: skip
        send(body)
        Label.objects.filter(id__in=set(body.labels) - set(body.into)).update(retired=True)
        self.sent.append(body)
        return body

    def undo(self, body: ChangeLabels) -> None:
        Label.objects.filter(id__in=body.labels).update(retired=False)
        send(body.model_copy(update={"step": LabelChangeStep.UNDO}))

    def names(self, answer: Answer) -> list[str]:
        by_id = {label_id: name for name, label_id in self.labels.items()}
        return [by_id[span["label"]] for span in answer.spans or []]


def send(body: ChangeLabels) -> None:
    with transaction.atomic():
        run_handler(uuid4(), body)


def reported() -> dict[str, Any]:
    row = OutboxEvent.objects.filter(kind="labels.changed").latest("id")
    return dict(row.body)


def state(**which: Any) -> dict[UUID, tuple[Any, ...]]:
    """Everything of the answers that an undo must bring back."""
    columns = (
        "spans",
        "choices",
        "verdict",
        "flagged",
        "note",
        "answered_at",
        "working_ms",
        "annotator",
    )
    rows = Answer.objects.filter(**which).values_list("id", *columns)
    return {answer_id: tuple(rest) for answer_id, *rest in rows}


@pytest.fixture
def scheme(db: None) -> Scheme:
    return make_scheme()


def make_scheme(seed: int = 1) -> Scheme:
    stage = make_stage()
    stage.person("Ada", Role.ANNOTATOR, on_task=True)
    ada = stage.people["Ada"].id
    labels = {
        name: str(
            Label.objects.create(
                id=uuid4(), project=stage.project, name=name, colour="#1f6f5c", key="", position=n
            ).id
        )
        for n, name in enumerate("ABCDE")
    }
    stage.task.label_ids = [UUID(label) for label in labels.values()]
    stage.task.save()
    text = "one two three four"
    main = stage.examples([f"{text} {n}" for n in range(ANSWERS - HELD_BACK)])
    held = stage.examples([f"{text} held {n}" for n in range(HELD_BACK)], held_back=True)
    fill_queue(stage.task)
    chance = random.Random(seed)
    for number, example in enumerate(main + held):
        spans = _some_spans(chance, labels)
        choices = sorted({UUID(span["label"]) for span in spans})
        said: dict[str, Any] = (
            {"spans": None, "choices": choices} if number % 4 == 0 else {"spans": spans}
        )
        answer(stage, example, ada, said, chance)
    return Scheme(stage, labels)


def _some_spans(chance: random.Random, labels: dict[str, str]) -> list[Span]:
    words = [(0, 3), (4, 7), (8, 13), (14, 18)]
    chosen = sorted(chance.sample(words, chance.randint(0, 4)))
    return [{"start": s, "end": e, "label": labels[chance.choice("ABCDE")]} for s, e in chosen]


def answer(
    stage: Stage, example: Example, who: UUID, said: dict[str, Any], chance: random.Random
) -> None:
    save_answer(
        answer_id=uuid4(), task_id=stage.task.id, example_id=example.id, annotator=who,
        decision=Decision(chance.choice(list(Verdict)), note=str(chance.random()), **said),
    )  # fmt: skip


def edit(row: Answer, spans: list[Span]) -> None:
    save_answer(
        answer_id=row.id, task_id=row.task_id, example_id=row.example_id, annotator=row.annotator,
        decision=Decision(Verdict.ACCEPT, spans), base_version=row.version,
    )  # fmt: skip


CHANGES = {
    "merge": (LabelChangeKind.MERGE, "AB", "C"),
    "merge into one of them": (LabelChangeKind.MERGE, "A", "B"),
    "split": (LabelChangeKind.SPLIT, "A", "BC"),
    "split, the label stays as a part": (LabelChangeKind.SPLIT, "A", "AB"),
    "delete": (LabelChangeKind.DELETE, "A", ""),
}


@pytest.mark.parametrize(("kind", "labels", "into"), CHANGES.values(), ids=CHANGES)
def test_a_change_loses_nothing_and_an_undo_restores_it(
    scheme: Scheme, kind: LabelChangeKind, labels: str, into: str
) -> None:
    before = state()
    body = scheme.change(kind, labels, into, evaluation=True, look_again=True)
    after = state()
    assert before.keys() == after.keys()
    assert len(after) == ANSWERS
    assert [row[2:] for row in before.values()] == [after[key][2:] for key in before]
    gone = {scheme.labels[name] for name in labels} - {scheme.labels[name] for name in into[:1]}
    target = scheme.labels[into[0]] if into else None
    for key, (spans, choices, *_) in before.items():
        if choices is not None:
            became = {target if str(label) in gone else str(label) for label in choices} - {None}
            assert sorted(map(str, after[key][1])) == sorted(map(str, became))
            continue
        expected = [s | {"label": target} if s["label"] in gone else s for s in spans]
        assert after[key][0] == [span for span in expected if span["label"]]
    touched = sum(bool(_used(row) & _ids(scheme, labels)) for row in before.values())
    told = reported()
    assert told["answers"] + told["evaluation_answers"] == touched > 50
    assert told["look_again"] == SecondLook.objects.count() == touched
    scheme.undo(body)
    assert state() == before
    assert reported()["not_restored"] == 0
    assert not SecondLook.objects.exists()


def _used(row: tuple[Any, ...]) -> set[str]:
    spans, choices, *_ = row
    return {span["label"] for span in spans or ()} | {str(label) for label in choices or ()}


def _ids(scheme: Scheme, names: str) -> set[str]:
    return {scheme.labels[name] for name in names}


def test_the_count_beforehand_is_what_is_touched_then(scheme: Scheme) -> None:
    before = state()
    body = ChangeLabels(
        change=uuid4(), project=scheme.stage.project.id, kind=LabelChangeKind.MERGE,
        step=LabelChangeStep.COUNT, labels=[UUID(scheme.labels["A"])],
        into=[UUID(scheme.labels["B"])],
    )  # fmt: skip
    send(body)
    counted = reported()
    assert state() == before
    assert not LabelChange.objects.exists()
    applied = body.model_copy(update={"step": LabelChangeStep.APPLY, "evaluation": True})
    send(applied)
    told = reported()
    columns = ("answers", "evaluation_answers")
    assert [counted[c] for c in columns] == [told[c] for c in columns]


@pytest.mark.parametrize("ticked", [False, True])
def test_held_back_answers_move_only_when_asked(scheme: Scheme, ticked: bool) -> None:
    held = {"example__dataset": scheme.stage.evaluation}
    before, digest = state(**held), scheme_digest(scheme.stage.evaluation.id)
    body = scheme.change(LabelChangeKind.MERGE, "AB", "C", evaluation=ticked)
    assert (state(**held) != before) is ticked
    assert (scheme_digest(scheme.stage.evaluation.id) != digest) is ticked
    scheme.undo(body)
    assert state(**held) == before
    assert scheme_digest(scheme.stage.evaluation.id) == digest


def test_a_repeated_command_changes_nothing(scheme: Scheme) -> None:
    body = scheme.change(LabelChangeKind.MERGE, "A", "B", look_again=True)
    after, told = state(), reported()
    versions = set(Answer.objects.values_list("id", "version"))
    send(body)
    assert (state(), reported()) == (after, told)
    assert versions == set(Answer.objects.values_list("id", "version"))
    scheme.undo(body)
    restored = state()
    scheme.undo(body)
    assert state() == restored
    with pytest.raises(CommandRefused):
        send(body)


def test_changes_are_undone_newest_first(scheme: Scheme) -> None:
    states = [state()]
    first = scheme.change(LabelChangeKind.MERGE, "AB", "C")
    states.append(state())
    second = scheme.change(LabelChangeKind.DELETE, "C")
    with pytest.raises(CommandRefused):
        scheme.undo(first)
    scheme.undo(second)
    assert state() == states[1]
    scheme.undo(first)
    assert state() == states[0]


def test_an_answer_edited_since_keeps_the_edit(scheme: Scheme) -> None:
    before = state()
    body = scheme.change(LabelChangeKind.MERGE, "A", "B")
    edited = AnswerRevision.objects.select_related("answer")[0].answer
    mine: list[Span] = [{"start": 0, "end": 3, "label": scheme.labels["D"]}]
    edit(edited, mine)
    scheme.undo(body)
    after = state()
    assert after.pop(edited.id)[0] == mine
    before.pop(edited.id)
    assert after == before
    assert reported()["not_restored"] == 1


def test_an_answer_saved_while_the_change_was_on_its_way_follows_too(scheme: Scheme) -> None:
    body = scheme.change(LabelChangeKind.MERGE, "A", "B")
    late = Answer.objects.filter(spans=[], example__dataset=scheme.stage.dataset)[0]
    edit(late, [{"start": 0, "end": 3, "label": scheme.labels["A"]}])
    told = reported()["answers"]
    LabelChange.objects.update(retired_at=timezone.now() - timedelta(minutes=5))
    assert settle_changes() == 1
    late.refresh_from_db()
    assert scheme.names(late) == ["B"]
    assert reported()["answers"] == told + 1
    assert settle_changes() == 0
    scheme.undo(body)
    late.refresh_from_db()
    assert scheme.names(late) == ["A"]


def test_a_change_of_another_projects_labels_is_refused(scheme: Scheme) -> None:
    other = make_stage("Other")
    before = state()
    body = ChangeLabels(
        change=uuid4(), project=other.project.id, kind=LabelChangeKind.DELETE,
        step=LabelChangeStep.APPLY, labels=[UUID(scheme.labels["A"])],
    )  # fmt: skip
    with pytest.raises(CommandRefused):
        send(body)
    assert state() == before
    assert not LabelChange.objects.exists()


def test_a_label_brought_back_is_itself_again(scheme: Scheme) -> None:
    scheme.change(LabelChangeKind.MERGE, "A", "B")
    scheme.change(LabelChangeKind.MERGE, "B", "C")
    scheme.change(LabelChangeKind.DELETE, "D")
    a, b, c, d = (scheme.labels[name] for name in "ABCD")
    project = scheme.stage.project.id
    assert label_map(project) == {a: c, b: c, d: None}
    assert label_map(project, held_back=True) == {}
    Label.objects.filter(id=b).update(retired=False)
    assert label_map(project) == {a: b, d: None}


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(list(CHANGES)), st.booleans(), st.booleans()),
        st.just("undo"),
    ),
    min_size=1,
    max_size=6,
)


@given(steps=STEPS, seed=st.integers(0, 1000))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_changes_undone_in_reverse_restore_everything(
    db: None, steps: list[Any], seed: int
) -> None:
    with transaction.atomic():
        scheme = make_scheme(seed)
        states = [state()]
        for step in steps:
            if step == "undo":
                if scheme.sent:
                    scheme.undo(scheme.sent.pop())
                    states.pop()
                    assert state() == states[-1]
                continue
            name, evaluation, look_again = step
            scheme.change(*CHANGES[name], evaluation=evaluation, look_again=look_again)
            assert state().keys() == states[0].keys()
            states.append(state())
        for body in reversed(scheme.sent):
            scheme.undo(body)
        assert state() == states[0]
        transaction.set_rollback(True)
