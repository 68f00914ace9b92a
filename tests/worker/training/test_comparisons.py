"""Two predictors on the same texts, and how far the figures can be trusted."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from annex.contract.enums import Component, PredictorKind, Role
from hypothesis import given
from hypothesis import strategies as st

from tests.worker.annotate.test_query_counts import count
from tests.worker.cast import make_stage, sign_in
from tests.worker.training.measured import keep_evaluation, spans
from tests.worker.training.test_evaluation_api import TEXT, hold_back, marked
from worker.predictors.base import Annotation
from worker.training.bootstrap import counts_from, difference_interval, f_interval, f_of
from worker.training.comparisons import Change, Paired, difference_of, differing, rivals_of
from worker.training.models import Evaluation, Prediction

ROWS = st.lists(st.tuples(*[st.integers(0, 4)] * 3), min_size=1, max_size=12)
RIGHT, HALF = spans((4, 12, "FIELD"), (16, 19, "VALUE")), spans((4, 12, "FIELD"))


def row(example: int, counts: tuple[int, int, int]) -> Prediction:
    right, wrong, missed = counts
    return Prediction(example_id=example, right=right, wrong=wrong, missed=missed)


@given(st.lists(st.tuples(*[st.tuples(*[st.integers(0, 4)] * 3)] * 2), max_size=12))
def test_fixed_broken_and_same_are_all(
    rows: list[tuple[tuple[int, int, int], tuple[int, int, int]]],
) -> None:
    pairs = [Paired(row(n, one), row(n, other)) for n, (one, other) in enumerate(rows)]
    shown = [pair for change in Change for pair in differing(pairs, change)]
    assert Counter(map(id, shown)) == Counter(map(id, pairs))
    turned = [Paired(pair.after, pair.before) for pair in pairs]
    assert len(differing(turned, Change.FIXED)) == len(differing(pairs, Change.BROKEN))


@given(ROWS)
def test_interval_lies_in_range_and_is_the_same_every_time(
    rows: list[tuple[int, int, int]],
) -> None:
    low, high = f_interval(counts_from(rows))
    assert 0 <= low <= high <= 1
    assert (low, high) == f_interval(counts_from(rows))
    assert difference_interval(counts_from(rows), counts_from(rows)) == (0, 0)


def test_interval_covers_the_true_value_about_as_often_as_it_says() -> None:
    dice = np.random.default_rng(1)
    true = f_of(np.array([600, 200, 200]))
    drawn = [dice.multinomial(2, [0.6, 0.2, 0.2], size=300) for _ in range(200)]
    intervals = [f_interval(counts) for counts in drawn]
    covered = [bool(low <= true <= high) for low, high in intervals]
    assert 180 <= sum(covered) <= 199


def test_pairs_tell_apart_what_two_intervals_cannot() -> None:
    dice = np.random.default_rng(2)
    before = dice.multinomial(2, [0.6, 0.2, 0.2], size=300)
    after = before.copy()
    better = np.flatnonzero(before[:, 2])[:20]
    after[better] += [1, 0, -1]
    assert f_interval(after).low < f_interval(before).high
    difference = difference_of(before, after)
    assert difference.is_told
    assert difference.interval.low > 0
    with pytest.raises(ValueError, match="paired"):
        difference_interval(before, after[1:])


def test_nothing_measured_is_no_difference() -> None:
    nothing = counts_from([])
    assert difference_of(nothing, nothing).interval == (0, 0)


@pytest.mark.django_db
def test_page_counts_and_shows_what_was_fixed_and_broken() -> None:
    stage = make_stage()
    marked(stage, 4)
    before = keep_evaluation(stage, [RIGHT, HALF, HALF, spans()])
    after = keep_evaluation(stage, [HALF, RIGHT, HALF, RIGHT], kind=PredictorKind.RULES)
    client = sign_in(stage.person("Dev", Role.DEVELOPER), {stage.project.id: Role.DEVELOPER})
    url = f"/api/evaluations/{after.id}/against/{before.id}"
    body = client.get(url).json()
    assert body["changes"] == {"fixed": 2, "broken": 1, "same": 1}
    assert body["difference"] == pytest.approx(
        after.scores["overall"]["f"] - before.scores["overall"]["f"]
    )
    assert [row["text"] for row in body["shown"]] == [f"{TEXT} 0"]
    assert len(body["shown"][0]["before"]["spans"]) == 2
    fixed = client.get(url, {"change": "fixed"}).json()["shown"]
    assert [row["text"][-1] for row in fixed] == ["3", "1"]
    assert client.get(url, {"change": "changed"}).status_code == 400
    assert count(lambda: client.get(url)) <= 16
    rivals = client.get(f"/api/evaluations/{after.id}/rivals").json()["rivals"]
    assert [row["id"] for row in rivals] == [str(before.id)]


@pytest.mark.django_db
def test_only_like_is_compared_with_like() -> None:
    stage, other = make_stage(), make_stage("Other")
    marked(stage, 2)
    marks = keep_evaluation(stage, [RIGHT, HALF])
    elsewhere = keep_evaluation(other, [])
    hold_back(other, 1, spans=None, choices=[other.labels[0].id])
    labels = keep_evaluation(other, [Annotation()], component=Component.TEXTCAT)
    assert rivals_of(marks) == rivals_of(labels) == rivals_of(elsewhere) == []
    dev = stage.person("Dev", Role.DEVELOPER)
    client = sign_in(dev, {stage.project.id: Role.DEVELOPER})
    assert client.get(f"/api/evaluations/{marks.id}/against/{elsewhere.id}").status_code == 404
    neighbour = sign_in(other.person("Ned", Role.DEVELOPER), {other.project.id: Role.DEVELOPER})
    answer = neighbour.get(f"/api/evaluations/{labels.id}/against/{elsewhere.id}")
    assert (answer.status_code, answer.json()["code"]) == (400, "evaluation.not_comparable")


@pytest.mark.django_db
def test_rivals_are_the_newest_of_each_other_predictor() -> None:
    stage = make_stage()
    marked(stage, 1)
    model = uuid.uuid4()
    old, new = (keep_evaluation(stage, [said], predictor=model) for said in (HALF, RIGHT))
    Evaluation.objects.filter(id=old.id).update(at=datetime.now(UTC) - timedelta(days=1))
    mine = keep_evaluation(stage, [RIGHT], kind=PredictorKind.RULES)
    assert [rival.id for rival in rivals_of(mine)] == [new.id]
