"""A recipe's figures cross roughly, seldom and under declared names; no text crosses with them."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from annex.contract.outbound import MAX_FIGURES, MAX_METRICS
from hypothesis import given
from hypothesis import strategies as st

from tests.worker.published.conftest import Staged
from worker.link.models import OutboxEvent
from worker.published.drawing import top_up
from worker.published.figures import (
    DIFFERENT,
    LARGEST,
    MOST_BITS,
    SMALLEST,
    bits_an_hour,
    coarse,
    declared,
    tell_figures,
)
from worker.published.models import TaskFigures

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)


def told() -> list[dict[str, Any]]:
    bodies = OutboxEvent.objects.order_by("pk").values_list("body", flat=True)
    return [body for body in bodies if body["type"] == "task.measured"]


def test_an_hour_of_figures_tells_less_than_the_bound() -> None:
    assert bits_an_hour() <= MOST_BITS
    digits = {
        sign * float(f"{number / 100:.2f}e{power}")
        for number in range(100, 1000)
        for power in range(-3, 6)
        for sign in (-1, 1)
    }
    assert len(digits | {0.0}) == DIFFERENT


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_three_digits_of_a_figure_are_left(value: float) -> None:
    rough = coarse(value)
    assert coarse(rough) == rough
    assert rough == 0 or SMALLEST <= abs(rough) <= LARGEST
    assert rough == float(f"{rough:.2e}")
    if SMALLEST <= abs(value) <= LARGEST:
        assert math.isclose(rough, value, rel_tol=0.0051)


def test_only_declared_names_count() -> None:
    assert declared({"f": 0.81254, "zebrafinch": 1.0}, ["seen", "f"]) == [None, 0.813]


@pytest.fixture
def measured(staged: Staged) -> TaskFigures:
    """A task whose recipe spelled what it had read."""
    stage = staged("unruly.spelling", {})
    assert not top_up(stage.task.id)
    return TaskFigures.objects.get(task_id=stage.task.id)


def test_a_recipe_that_spells_text_tells_four_numbers_an_hour(measured: TaskFigures) -> None:
    assert len(measured.figures) == MAX_METRICS
    assert told() == []
    kept = TaskFigures.objects.filter(task_id=measured.task_id)
    for second in range(0, 3 * 3600, 5):
        now = NOON + timedelta(seconds=second)
        # It measures again all the time, and each time something else.
        kept.update(figures=[coarse(second + at) for at in range(MAX_METRICS)])
        kept.filter(measured_at=None).update(measured_at=now)
        kept.filter(measured_at__gt=now).update(measured_at=now)
        tell_figures(now)
    bodies = told()
    assert len(bodies) == 3
    assert [[one["metric"] for one in body["figures"]] for body in bodies] == [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
        [0, 1, 2, 3],
    ]
    for body in bodies:
        assert set(body) == {"type", "task", "figures"}
        assert len(body["figures"]) <= MAX_FIGURES
        assert all(one["value"] == coarse(one["value"]) for one in body["figures"])


def test_figures_wait_for_the_minute_and_are_told_once(measured: TaskFigures) -> None:
    kept = TaskFigures.objects.filter(task_id=measured.task_id)
    kept.update(figures=[0.5, None], measured_at=NOON + timedelta(seconds=10))
    tell_figures(NOON + timedelta(seconds=55))
    assert told() == []
    tell_figures(NOON + timedelta(seconds=62))
    tell_figures(NOON + timedelta(hours=5))
    [body] = told()
    assert (body["task"], body["figures"]) == (
        str(measured.task_id),
        [{"metric": 0, "value": 0.5}],
    )


def test_to_leave_a_turn_out_costs_it(measured: TaskFigures) -> None:
    """Otherwise a recipe could say something by which of its figures there are."""
    kept = TaskFigures.objects.filter(task_id=measured.task_id)
    kept.update(figures=[None] * 4 + [1.0] * 4, measured_at=NOON)
    for minute in range(1, 61):
        tell_figures(NOON + timedelta(minutes=minute))
    assert told() == []
    tell_figures(NOON + timedelta(minutes=61))
    assert [one["metric"] for one in told()[0]["figures"]] == [4, 5, 6, 7]
