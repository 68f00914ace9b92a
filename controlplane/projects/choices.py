"""Closed vocabularies and defaults of projects."""

from __future__ import annotations

from enum import StrEnum

from annex.contract.enums import (
    AssetKind,
    AssetState,
    DatasetRole,
    LabelChangeKind,
    PredictorKind,
    TaskState,
)


def choices_of(vocabulary: type[StrEnum]) -> list[tuple[str, str]]:
    """Return a contract enum in the form of Django's `choices`."""
    return [(member.value, member.value) for member in vocabulary]


ASSET_KINDS = choices_of(AssetKind)
ASSET_STATES = choices_of(AssetState)
DATASET_ROLES = choices_of(DatasetRole)
TASK_STATES = choices_of(TaskState)
PREDICTOR_KINDS = choices_of(PredictorKind)
LABEL_CHANGE_KINDS = choices_of(LabelChangeKind)


class LabelChangeState(StrEnum):
    """Where a label change stands. Only what is `counted` can be applied, `applied` be undone."""

    COUNTING = "counting"
    COUNTED = "counted"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"
    REFUSED = "refused"


LABEL_CHANGE_STATES = choices_of(LabelChangeState)

LABEL_COLOURS: tuple[str, ...] = (
    "#2f6fdf",
    "#c2410c",
    "#15803d",
    "#9333ea",
    "#b91c5c",
    "#0e7490",
    "#a16207",
    "#4d5bd1",
    "#be123c",
    "#3f6212",
    "#7c3aed",
    "#0f766e",
)
"""Given to labels in turn when the caller chooses none; the screens derive readable shades."""

LABEL_KEYS = "1234567890qweryuiopashklvbn"
"""Keyboard keys given to labels in turn, none that the annotation app has a use for
(x z f t c g d j m); one without a key is still reached by mouse. The console gives the same: a test
compares.
"""
