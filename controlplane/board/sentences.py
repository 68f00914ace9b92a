"""What numbers mean, in sentences that a newcomer understands. Scores here are ratios, 0 to 1."""

from __future__ import annotations

from dataclasses import dataclass

from controlplane.board.statistics import margin_points

FEW_EXAMPLES = 100
"""Below this the sentence says that the measurement is a rough one."""
HARDLY_ANY = 10
"""Below this many gold marks no number is worth a sentence."""


OUTDATED = "Measured on an earlier label scheme: measure again to compare."
ALL_OUTDATED = (
    "Everything here was measured on an earlier label scheme. Measure again to see who is ahead."
)


@dataclass(frozen=True)
class Measured:
    """The numbers a sentence is made of. `support` counts what is right in the gold.

    `noun` is what is counted: marks in texts, or labels of texts.
    """

    name: str
    precision: float
    recall: float
    f: float
    examples: int
    support: int
    noun: str = "mark"

    @property
    def margin(self) -> int:
        """Give or take so many points of 100."""
        return margin_points(self.f, self.support)


def row_sentence(row: Measured) -> str:
    """Say how much a predictor finds, how often it is wrong, and how sure that is."""
    if row.support < HARDLY_ANY:
        return (
            f"Too little to tell: the {plural(row.examples, 'example')} held back contain only "
            f"{plural(row.support, row.noun)}. Hold back more."
        )
    found = f"Finds {round(100 * row.recall)} of 100; "
    wrong = f"{round(100 * (1 - row.precision))} of 100 of its {row.noun}s are wrong. "
    if row.precision == 0 and row.recall == 0:
        found, wrong = f"Finds none of the {row.noun}s. ", ""
    return found + wrong + _how_sure(row)


def _how_sure(row: Measured) -> str:
    if row.examples < FEW_EXAMPLES:
        return (
            f"Measured on only {plural(row.examples, 'example')}, give or take {row.margin}: "
            "hold back more to be sure."
        )
    return f"Measured on {row.examples:,} examples, give or take {row.margin}."


def plural(count: int, noun: str) -> str:
    """Return "1 example", "2 examples"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def board_sentence(
    *,
    rules: Measured | None,
    model: Measured | None,
    passes_at: int | None,
    target_f: float | None,
) -> str:
    """Say who is ahead and what to do next.

    Args: rules, model: the best of each. passes_at: examples at which the curve passes the rules.
        target_f: 0 to 1.
    """
    if model is None:
        return _without_model(rules)
    if rules is None:
        verdict = f"{model.name} scores {_points(model.f)}. Measure rules to have a baseline."
    else:
        verdict = _compare(rules, model, passes_at)
    return f"{verdict} {_target(model, target_f)}".strip()


def _without_model(rules: Measured | None) -> str:
    if rules is None:
        return "Nothing has been measured yet. Measure rules or train a model."
    return f"{rules.name} scores {_points(rules.f)}. Train a model to see whether it does better."


def _compare(rules: Measured, model: Measured, passes_at: int | None) -> str:
    ahead = _points(model.f) - _points(rules.f)
    # The margin of a difference on the same examples is at most that of the less sure side.
    margin = max(rules.margin, model.margin)
    if abs(ahead) <= margin:
        return (
            f"{model.name} and {rules.name} are level: {plural(abs(ahead), 'point')} apart, "
            f"give or take {margin}."
        )
    if ahead < 0:
        return (
            f"{rules.name} is the better choice so far: {plural(-ahead, 'point')} "
            f"ahead of {model.name}."
        )
    since = f", from about {plural(passes_at, 'example')} on" if passes_at else ""
    return f"{model.name} beats {rules.name} by {plural(ahead, 'point')}{since}."


def _target(model: Measured, target_f: float | None) -> str:
    if target_f is None:
        return ""
    missing = _points(target_f) - _points(model.f)
    if missing <= 0:
        return f"The target of {_points(target_f)} is reached."
    return f"{plural(missing, 'point')} to go to the target of {_points(target_f)}."


def _points(ratio: float) -> int:
    return round(100 * ratio)
