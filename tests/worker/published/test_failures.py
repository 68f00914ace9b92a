"""However a stream fails: nothing is stored, developers read why, nobody else and no log does."""

from __future__ import annotations

from typing import Any

import pytest
from annex.contract.enums import Role
from django.conf import settings

from tests.worker.annotate.conftest import join
from tests.worker.cast import Stage, sign_in
from tests.worker.published.conftest import Staged, give_recipe
from worker.link.models import OutboxEvent
from worker.published.drawing import top_up
from worker.published.failures import FailureKind
from worker.published.models import RecipeFailure, Stream
from worker.published.sweeping import streams_to_draw
from worker.store.models import Example

CANARY = "zebrafinch-7731"
KINDS = {
    "raise": FailureKind.RAISED,
    "memory": FailureKind.RAISED,
    "exit": FailureKind.EXITED,
    "hang": FailureKind.TIMED_OUT,
    "garbage": FailureKind.GARBAGE,
    "other-answer": FailureKind.GARBAGE,
    "long-line": FailureKind.TOO_LONG,
    "bad-text": FailureKind.BAD_EXAMPLE,
}


def developer(stage: Stage) -> Any:
    return sign_in(stage.person("Dev", Role.DEVELOPER), {stage.project.id: Role.DEVELOPER})


@pytest.mark.parametrize("how", KINDS)
def test_a_failed_draw(
    staged: Staged, how: str, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.RECIPE_SECONDS = 8.0 if how == "hang" else settings.RECIPE_SECONDS
    stage = staged("unruly.stream", {"how": how, "after": 3})
    assert not top_up(stage.task.id)
    assert not Example.objects.exists()
    stream, failure = Stream.objects.get(task_id=stage.task.id), RecipeFailure.objects.get()
    assert (stream.state, stream.taken, stream.failure) == ("failed", 0, failure)
    assert failure.kind == KINDS[how]
    assert streams_to_draw() == [], "it is not tried again by itself"

    ada, dev = join(stage, "Ada"), developer(stage)
    none_left = ada.client.post(ada.url("/batch"), {}, content_type="application/json")
    assert (none_left.status_code, none_left.json()["code"]) == (409, "recipe.failed")
    shown = dev.get(ada.url("/stream")).json()
    assert (shown["state"], shown["failures"][0]["code"]) == ("failed", KINDS[how])
    assert CANARY not in caplog.text
    assert CANARY not in str(list(OutboxEvent.objects.values_list("body", flat=True)))


def test_a_failed_stream_goes_on_when_a_developer_says_so(staged: Staged) -> None:
    stage = staged("unruly.stream", {"how": "raise", "after": 230})
    top_up(stage.task.id)
    assert Stream.objects.get(task_id=stage.task.id).taken == 200
    from worker.queue.models import QueueItem

    QueueItem.objects.update(open_slots=0)
    top_up(stage.task.id)
    address, dev = f"/api/tasks/{stage.task.id}/stream", developer(stage)
    assert dev.get(address).json()["state"] == "failed"
    tried = dev.post(address).json()
    assert (tried["state"], tried["taken"], len(tried["failures"])) == ("open", 200, 1)
    assert streams_to_draw() == [stage.task.id]
    give_recipe(stage, (stage.task.published or {}) | {"arguments": {"how": "exit", "after": 230}})
    assert Stream.objects.get(task_id=stage.task.id).taken == 0


def test_texts_are_developers_own(staged: Staged) -> None:
    stage = staged("polite.letters", {})
    address, dev, ada = (
        f"/api/projects/{stage.project.id}/texts",
        developer(stage),
        join(stage, "A"),
    )
    written = dev.post(address, {"text": CANARY}, content_type="application/json")
    assert (written.status_code, written.json()["written_by"]) == (201, "Dev")
    told = dev.get(address).json()
    [listed] = told["texts"]
    assert told["console"] == settings.CONTROL_PLANE
    assert (listed["id"], listed["text"]) == (written.json()["id"], CANARY)
    assert ada.client.get(address).status_code == 404
    empty = dev.post(address, {"text": "\0"}, content_type="application/json")
    assert empty.status_code == 400
