"""What the board says, as a person reads it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controlplane.board.sentences import (
    Duel,
    Measured,
    Verdict,
    board_sentence,
    row_sentence,
    set_sentence,
)
from controlplane.board.statistics import Interval, crossing, wilson_interval

RULES = Measured("Quick rules", 0.62, 0.55, 0.58, examples=500, support=900)
MODEL = Measured("Small model", 0.88, 0.71, 0.80, examples=500, support=900)
ratios = st.floats(min_value=0, max_value=1)


def test_a_row_says_what_it_finds_how_often_it_is_wrong_and_how_sure_that_is() -> None:
    assert row_sentence(MODEL) == (
        "Finds 71 of 100; 12 of 100 of its marks are wrong. "
        "Measured on 500 examples, give or take 3."
    )


def test_a_small_set_is_called_small() -> None:
    row = Measured("m", 0.9, 0.8, 0.85, examples=40, support=30)
    assert row_sentence(row).endswith(
        "Measured on only 40 examples, give or take 13: hold back more to be sure."
    )


def test_hardly_any_marks_give_no_numbers_at_all() -> None:
    row = Measured("m", 1.0, 1.0, 1.0, examples=20, support=3)
    assert row_sentence(row) == (
        "Too little to tell: the 20 examples held back contain only 3 marks. Hold back more."
    )


def test_a_predictor_that_finds_nothing_is_not_called_always_wrong() -> None:
    row = Measured("m", 0.0, 0.0, 0.0, examples=500, support=900)
    assert row_sentence(row).startswith("Finds none of the marks. Measured on 500")


@pytest.mark.parametrize(
    ("rules", "model", "passes_at", "target", "sentence"),
    [
        (
            None,
            None,
            None,
            None,
            "Nothing has been measured yet. Measure rules or train a model.",
        ),
        (
            RULES,
            None,
            None,
            None,
            "Quick rules scores 58. Train a model to see whether it does better.",
        ),
        (None, MODEL, None, None, "Small model scores 80. Measure rules to have a baseline."),
        (
            RULES,
            MODEL,
            300,
            0.85,
            "Small model beats Quick rules by 22 points, give or take 4, "
            "from about 300 examples on. "
            "5 points to go to the target of 85.",
        ),
        (
            MODEL,
            RULES,
            None,
            0.5,
            "Small model is the better choice so far: 22 points ahead of Quick rules, "
            "give or take 4. "
            "The target of 50 is reached.",
        ),
    ],
)
def test_the_board_says_who_is_ahead(
    rules: Measured | None,
    model: Measured | None,
    passes_at: int | None,
    target: float | None,
    sentence: str,
) -> None:
    said = board_sentence(rules=rules, model=model, passes_at=passes_at, target_f=target)
    assert said == sentence


def test_a_difference_within_the_margin_is_no_victory() -> None:
    close = Measured("Small model", 0.6, 0.6, 0.60, examples=500, support=900)
    said = board_sentence(rules=RULES, model=close, passes_at=100, target_f=None)
    assert said == (
        "Too close to tell: Small model and Quick rules are 2 points apart, give or take 4."
    )


@pytest.mark.parametrize(
    ("paired", "verdict"),
    [
        (Interval(0.005, 0.035), Verdict.AHEAD),
        (Interval(-0.005, 0.045), Verdict.TOO_CLOSE),
        (Interval(-0.04, -0.01), Verdict.BEHIND),
        (None, Verdict.TOO_CLOSE),
    ],
)
def test_the_paired_interval_decides(paired: Interval | None, verdict: Verdict) -> None:
    close = Measured("Small model", 0.6, 0.6, 0.60, examples=500, support=900)
    assert Duel(close, RULES, paired).verdict is verdict


@pytest.mark.parametrize(
    ("rules", "model", "sentence"),
    [
        (0.70, 0.60, "On Unseen services, Quick rules is ahead (F 70 against 60)."),
        (0.58, 0.80, "On Unseen services, Small model is ahead (F 80 against 58)."),
        (
            0.70,
            0.69,
            "On Unseen services, Small model and Quick rules are too close to tell (F 69 and 70).",
        ),
        (0.70, None, "On Unseen services, Quick rules scores 70."),
        (None, None, "On Unseen services, nothing has been measured."),
    ],
)
def test_each_held_back_set_says_who_is_ahead_there(
    rules: float | None, model: float | None, sentence: str
) -> None:
    sides = [
        None if f is None else replace(side, f=f) for side, f in ((RULES, rules), (MODEL, model))
    ]
    assert set_sentence("Unseen services", rules=sides[0], model=sides[1]) == sentence


@given(score=ratios, trials=st.integers(min_value=1, max_value=10**6))
def test_an_interval_holds_its_score_and_stays_within_bounds(score: float, trials: int) -> None:
    low, high = wilson_interval(score, trials)
    assert 0 <= low <= score + 1e-9
    assert score - 1e-9 <= high <= 1


@given(score=ratios, trials=st.integers(min_value=1, max_value=10**5))
def test_more_spans_never_widen_the_margin(score: float, trials: int) -> None:
    assert wilson_interval(score, 2 * trials).margin <= wilson_interval(score, trials).margin


def test_an_interval_agrees_with_the_published_one() -> None:
    low, high = wilson_interval(0.5, 100)
    assert (round(low, 4), round(high, 4)) == (0.4038, 0.5962)


@pytest.mark.parametrize(
    ("points", "level", "examples"),
    [
        ([], 0.5, None),
        ([(100, 0.3), (200, 0.4)], 0.5, None),
        ([(100, 0.6), (200, 0.7)], 0.5, 100),
        ([(100, 0.4), (200, 0.6)], 0.5, 150),
        ([(100, 0.4), (200, 0.5), (300, 0.6)], 0.5, 200),
        ([(100, 0.4), (200, 0.6), (300, 0.45)], 0.5, 150),
    ],
)
def test_the_curve_passes_between_its_points(
    points: list[tuple[int, float]], level: float, examples: int | None
) -> None:
    assert crossing(points, level) == examples
