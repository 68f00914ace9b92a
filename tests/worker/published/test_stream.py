"""A published recipe's stream fills the queue of its task, and goes on where it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from annex.contract import process as p
from annex.contract.enums import Role, Verdict
from django.utils import timezone

from tests.worker.annotate.conftest import Annotator, join
from tests.worker.cast import Stage
from tests.worker.published.conftest import Staged, give_recipe
from worker.link.models import OutboxEvent
from worker.projects.models import Task
from worker.published.drawing import DRAWN_AT_ONCE, LOW, Drawn, store_drawn, top_up
from worker.published.failures import FailureKind, RecipeFailed
from worker.published.models import RecipeFailure, Stream, Text
from worker.published.starting import start_recipe
from worker.published.sweeping import streams_to_draw
from worker.published.telling import answer_line
from worker.queue.filling import fill_queue
from worker.queue.models import QueueItem, QueueSize
from worker.queue.reporting import report_progress
from worker.store.answers import Decision, save_answer
from worker.store.folder import partial_file
from worker.store.hashes import fold_key
from worker.store.models import Answer, Asset, Example, ImportRun


def texts_of(stage: Any) -> list[str]:
    return [example.text for example in Example.objects.visible_in([stage.dataset.id])]


def test_a_stream_fills_the_queue(staged: Staged) -> None:
    stage = staged("polite.letters", {"count": 500})
    assert streams_to_draw() == [stage.task.id]
    assert not top_up(stage.task.id)
    stream = Stream.objects.get(task_id=stage.task.id)
    assert (stream.state, stream.taken, stream.resume) == ("open", DRAWN_AT_ONCE, DRAWN_AT_ONCE)
    examples = list(Example.objects.visible_in([stage.dataset.id]))
    assert [example.meta["number"] for example in examples] == list(range(DRAWN_AT_ONCE))
    assert QueueItem.objects.filter(task_id=stage.task.id).count() == DRAWN_AT_ONCE
    assert streams_to_draw() == []
    assert not top_up(stage.task.id), "the queue is full"
    assert Example.objects.count() == DRAWN_AT_ONCE


def test_it_goes_on_when_few_are_left_until_it_ends(staged: Staged) -> None:
    stage = staged("polite.letters", {"count": 250})
    top_up(stage.task.id)
    items = QueueItem.objects.filter(task_id=stage.task.id).order_by("position")
    answered = list(items.values_list("id", flat=True))[: DRAWN_AT_ONCE - LOW + 1]
    items.filter(id__in=answered).update(open_slots=0, missing=0)
    assert streams_to_draw() == [stage.task.id]
    top_up(stage.task.id)
    stream = Stream.objects.get(task_id=stage.task.id)
    assert (stream.state, stream.taken) == ("ended", 250)
    numbers = [e.meta["number"] for e in Example.objects.visible_in([stage.dataset.id])]
    assert numbers == list(range(250))
    QueueItem.objects.update(open_slots=0)
    assert streams_to_draw() == []


def told_counts(stage: Stage) -> list[int]:
    """What the control plane hears of how many examples the task and its dataset have."""
    OutboxEvent.objects.all().delete()
    due = {"unreported": True, "datasets_reported_at": None}
    QueueSize.objects.update_or_create(task_id=stage.task.id, defaults=due)
    report_progress()
    keys = f"task.progress:task:{stage.task.id}", f"dataset.changed:dataset:{stage.dataset.id}"
    return [OutboxEvent.objects.get(key=key).body["examples"] for key in keys]


@pytest.mark.parametrize("count", [1, 77, 250])
def test_how_many_examples_a_recipe_gives_is_told_to_nobody(staged: Staged, count: int) -> None:
    stage = staged("polite.letters", {"count": count})
    assert told_counts(stage) == [200, 200]
    top_up(stage.task.id)
    assert told_counts(stage) == [200, 200]
    annotator = join(stage, "Ada")
    (example,) = annotator.batch(1)["examples"]
    assert annotator.save(example["id"], verdict="reject").status_code == 201
    assert told_counts(stage) == [200, 200]
    Task.objects.filter(id=stage.task.id).update(state="closed")
    assert told_counts(stage) == [1, 1], "what people have done"


def test_what_people_brought_themselves_is_told_beside_a_recipe(staged: Staged) -> None:
    stage = staged("polite.letters", {"count": 77})
    asset = Asset.objects.create(
        id=uuid4(), project_id=stage.project.id, name="a", kind="data", dataset_id=stage.dataset.id
    )
    ImportRun.objects.create(asset=asset, job=uuid4(), state="visible", rows=3000)
    assert told_counts(stage) == [200, 3000]
    stage.examples(["one", "two"])
    ours = {**(stage.task.published or {}), "package": "annex"}
    Task.objects.filter(id=stage.task.id).update(published=ours)
    assert told_counts(stage) == [0, 2], "a recipe of every cluster is no stranger's"


def test_what_the_dataset_has_is_left_out_and_no_place_in_the_stream_is_lost(
    staged: Staged,
) -> None:
    stage = staged("polite.letters", {"count": 100})
    top_up(stage.task.id)
    known = texts_of(stage)
    other = staged("polite.letters", {"count": 100})
    other.examples(known[:3])
    other.examples([known[5].upper()], held_back=True)
    top_up(other.task.id)
    held = fold_key(known[5])
    expected = [text for text in known if fold_key(text) != held]
    assert len(expected) < len(known)
    assert texts_of(other) == expected
    assert Stream.objects.get(task_id=other.task.id).taken == 100


def test_a_round_that_another_process_has_stored_is_stored_once(staged: Staged) -> None:
    stage = staged("polite.letters", {"count": 100})
    first, second = (Stream.objects.get(task_id=stage.task.id) for _ in range(2))
    recipe = start_recipe(stage.task)
    said = recipe.process.ask(p.Draw(count=10), p.Drawn, seconds=5)
    recipe.process.stop()
    drawn = Drawn(said.examples, [None] * 10, ended=False, told=None)
    assert store_drawn(stage.task, first, drawn)
    assert not store_drawn(stage.task, second, drawn)
    assert Stream.objects.get(task_id=stage.task.id).taken == 10


def test_other_arguments_begin_anew_and_a_later_release_goes_on(staged: Staged) -> None:
    stage = staged("polite.letters", {"count": 60})
    top_up(stage.task.id)
    recipe = stage.task.published or {}
    changed = give_recipe(stage, recipe | {"arguments": {"count": 70}})
    assert (changed.state, changed.taken, changed.resume) == ("open", 0, None)
    QueueItem.objects.update(open_slots=0)
    top_up(stage.task.id)
    released = give_recipe(stage, recipe | {"package_version": "1.0.1", "arguments": {"count": 70}})
    assert (released.state, released.taken) == ("refused", 70)


def test_files_and_texts_lie_beside_the_recipe(staged: Staged, settings: Any) -> None:
    from worker.store.files import stored_files

    stage = staged("polite.letters", {})
    key = f"assets/{uuid4()}"
    with partial_file(stored_files().root / key) as file:  # type: ignore[attr-defined]
        file.write(b"Yes, please.\n\nNo, thank you.\n")
    asset = Asset.objects.create(
        id=uuid4(), project_id=stage.project.id, name="Replies", kind="data", state="ready",
        file_key=key,
    )  # fmt: skip
    text = Text.objects.create(project_id=stage.project.id, text="They say:", written_by=uuid4())
    arguments = {"file": str(asset.id), "greeting": str(text.id)}
    give_recipe(
        stage, (stage.task.published or {}) | {"name": "polite.replies", "arguments": arguments}
    )
    assert stage.task.view == "choices"
    assert stage.task.is_classifying
    top_up(stage.task.id)
    assert texts_of(stage) == ["They say: Yes, please.", "They say: No, thank you."]


REFUSED: dict[str, dict[str, Any]] = {
    "recipe.not_installed": {"package_version": "9.9.9"},
    "recipe.other_digest": {"digest": "1" * 64},
    "recipe.unknown": {"name": "polite.nothing"},
    "recipe.bad_arguments": {"arguments": {"count": 0}},
    "recipe.missing_resource": {"name": "polite.replies", "arguments": {"file": str(UUID(int=1))}},
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_run_here_says_why_and_serves_nothing(staged: Staged, code: str) -> None:
    stage = staged("polite.letters", {"count": 60})
    top_up(stage.task.id)
    ada = join(stage, "Ada")
    assert len(ada.batch()["examples"]) == 5
    good = stage.task.published or {}
    give_recipe(stage, good | REFUSED[code])
    assert ada.client.get(ada.url()).json()["refusal"] == code
    refused = ada.client.post(ada.url("/batch"), {}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, code)
    assert streams_to_draw() == []
    give_recipe(stage, good)
    assert len(ada.batch()["examples"]) == 5


def test_an_idle_annotator_waits_for_the_stream_and_not_for_ever(staged: Staged) -> None:
    stage = staged("polite.letters", {"count": 3})
    ada = join(stage, "Ada")
    waiting = ada.batch()
    assert (waiting["exhausted"], waiting["retry_after_seconds"]) == (False, 2)
    top_up(stage.task.id)
    examples = ada.batch()["examples"]
    for example in examples:
        assert ada.save(example["id"], verdict="reject").status_code == 201
    assert ada.batch()["exhausted"]


def test_a_router_gives_each_example_to_those_it_names(staged: Staged) -> None:
    stage = staged("polite.letters", {"count": 40, "in_turn": True}, overlap=2)
    ada, ben = join(stage, "Ada"), join(stage, "Ben")
    top_up(stage.task.id)
    who = sorted([ada, ben], key=lambda each: each.subject.id)
    for place, annotator in enumerate(who):
        numbers = [row["meta"]["number"] for row in annotator.batch(size=20)["examples"]]
        assert numbers == list(range(place, 40, 2))
    assert set(QueueItem.objects.values_list("missing", flat=True)) == {1}, "each named once"
    dev = Annotator(*sign_in_developer(stage))
    assert dev.batch()["examples"] == []

    stage.task.annotators.filter(subject=ben.subject.id).delete()
    from worker.published.routing import free_items_of_absent
    from worker.queue.actions import release

    held = list(QueueItem.objects.values_list("example_id", flat=True))
    release(stage.task, ben.subject.id, held)
    free_items_of_absent(stage.task)
    assert len(ada.batch(size=20, holding=[])["examples"]) == 20
    fill_queue(stage.task)
    assert QueueItem.objects.count() == 40


def sign_in_developer(stage: Any) -> tuple[Any, Any, Any]:
    from tests.worker.cast import sign_in

    dev = stage.person("Dev", Role.DEVELOPER)
    return sign_in(dev, {stage.project.id: Role.DEVELOPER}), stage, dev


def answer_some(stage: Any, examples: list[Example]) -> None:
    for example in examples:
        save_answer(
            answer_id=uuid4(), task_id=stage.task.id, example_id=example.id, annotator=uuid4(),
            decision=Decision(Verdict.ACCEPT, []), now=timezone.now() - timedelta(minutes=1),
        )  # fmt: skip


def test_answers_are_told_once_before_the_next_are_drawn(staged: Staged) -> None:
    stage = staged("unruly.learning", {})
    top_up(stage.task.id)
    examples = list(Example.objects.visible_in([stage.dataset.id]))
    answer_some(stage, examples[:7])
    QueueItem.objects.update(open_slots=0)
    top_up(stage.task.id)
    answer_some(stage, examples[7:9])
    QueueItem.objects.update(open_slots=0)
    top_up(stage.task.id)
    told = [e.meta["told"] for e in Example.objects.visible_in([stage.dataset.id])]
    assert told == [0] * 200 + [7] * 200 + [9] * 200
    stream = Stream.objects.get(task_id=stage.task.id)
    assert stream.told_answer == Answer.objects.order_by("answered_at", "id").last().id  # type: ignore[union-attr]
    assert not RecipeFailure.objects.exists()


def compared(staged: Staged, *lines: p.ExampleLine, view: str = "compare") -> Any:
    """Return a stage whose task has drawn these lines for a view."""
    stage = staged("polite.letters", {})
    stage.task.view = view
    stage.task.save()
    drawn = Drawn(lines, [None] * len(lines), ended=True, told=None)
    assert store_drawn(stage.task, Stream.objects.get(task_id=stage.task.id), drawn)
    return stage


def test_options_of_a_stream_reach_the_annotator_and_the_pick_the_recipe(staged: Staged) -> None:
    first = p.ExampleLine(text="Which is kinder?", options=["No.", "No, thank you, 👩‍👩‍👧."])
    stage = compared(staged, first, p.ExampleLine(text="And here?", options=["A", "B", "C"]))
    ada = join(stage, "Ada")
    examples = ada.batch()["examples"]
    assert [each["options"] for each in examples] == [first.options, ["A", "B", "C"]]
    assert ada.save(examples[0]["id"], picked=1).status_code == 201
    line = answer_line(Answer.objects.select_related("example").get())
    assert (line.text, line.picked, line.written) == ("Which is kinder?", 1, None)


@pytest.mark.parametrize(
    ("view", "options", "said"),
    [
        ("compare", ["only one"], "options"),
        ("compare", [], "options"),
        ("compare", ["A", "\0"], "NUL"),
        ("text", ["A", "B"], "compare"),
    ],
)
def test_options_that_no_screen_could_show_are_the_recipes_fault(
    staged: Staged, view: str, options: list[str], said: str
) -> None:
    with pytest.raises(RecipeFailed) as failed:
        compared(staged, p.ExampleLine(text="Which?", options=options), view=view)
    assert failed.value.kind is FailureKind.BAD_EXAMPLE
    assert said in failed.value.message
    assert not Example.objects.exists()
