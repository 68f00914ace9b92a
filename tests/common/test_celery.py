from __future__ import annotations

import uuid

import pytest
from celery import Celery

from common.celery import SETTINGS, DoorbellTask, NotADoorbell, check_doorbell


@pytest.fixture
def app() -> Celery:
    return Celery("test", task_cls=DoorbellTask, broker="memory://", set_as_current=False)


def echo(value: object) -> object:
    return value


def test_ids_and_numbers_pass() -> None:
    check_doorbell([str(uuid.uuid4()), 7, uuid.uuid4().hex])


@pytest.mark.parametrize("value", ["Ada Lovelace", b"x", None, 1.5, True, [1], {"a": 1}, ""])
def test_anything_else_is_refused_without_repeating_it(value: object) -> None:
    with pytest.raises(NotADoorbell) as caught:
        check_doorbell([value])
    assert caught.value.detail == f"got a {type(value).__name__}"


def test_a_task_refuses_text_before_it_reaches_the_broker(app: Celery) -> None:
    task = app.task(name="t")(echo)
    with pytest.raises(NotADoorbell):
        task.delay("the text")
    with pytest.raises(NotADoorbell):
        task.apply_async(kwargs={"value": "the text"})


def test_a_task_refuses_text_that_arrives(app: Celery) -> None:
    task = app.task(name="t")(echo)
    with pytest.raises(NotADoorbell):
        task("the text")
    assert task(7) == 7


def test_a_slow_task_ends_before_the_broker_delivers_it_again() -> None:
    visibility = SETTINGS["broker_transport_options"]["visibility_timeout"]
    assert SETTINGS["task_time_limit"] < visibility
    assert SETTINGS["result_backend_transport_options"]["visibility_timeout"] == visibility
    assert SETTINGS["result_backend"] is None
