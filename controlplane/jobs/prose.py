"""What people read about jobs: titles of recipes, and per failure what happened and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from annex.contract.enums import FailureCode, Family, JobRecipe


@dataclass(frozen=True)
class Prose:
    """One failure in words. `what_to_do` is advice that a developer can follow."""

    family: Family
    title: str
    what_to_do: str


RECIPE_TITLES: Final[dict[JobRecipe, str]] = {
    JobRecipe.IMPORT: "Import data",
    JobRecipe.EXPORT: "Export answers",
    JobRecipe.PREDICT: "Prepare suggestions",
    JobRecipe.EVALUATE: "Measure a predictor",
    JobRecipe.TRAIN: "Train a model",
    JobRecipe.TRAIN_CURVE: "Train a learning curve",
    JobRecipe.PACKAGE: "Package a model",
}

FAILURES: Final[dict[FailureCode, Prose]] = {
    FailureCode.BAD_ROWS: Prose(
        Family.CUSTOMER,
        "Some rows of the file could not be read",
        "Open the data page on the cluster: it lists each bad row by line. Correct the file, or"
        " choose to skip bad rows, and import again.",
    ),
    FailureCode.SOURCE_MISSING: Prose(
        Family.CUSTOMER,
        "The file is no longer where it was",
        "Pick or upload the file again on the cluster's data page.",
    ),
    FailureCode.UNREADABLE_FORMAT: Prose(
        Family.CUSTOMER,
        "The file is not in the format that was chosen",
        "Open the data page on the cluster, check format, encoding and delimiter in the preview,"
        " and import again.",
    ),
    FailureCode.UNREGISTERED_LABELS: Prose(
        Family.CUSTOMER,
        "The file uses labels that the project does not have",
        "Add the labels that the cluster's data page shows to the label scheme, or remove them"
        " from the file.",
    ),
    FailureCode.NO_EXAMPLES: Prose(
        Family.CUSTOMER,
        "The dataset has no examples",
        "Import data into the dataset first.",
    ),
    FailureCode.EVALUATION_OVERLAP: Prose(
        Family.CUSTOMER,
        "Some training texts are also in the evaluation set",
        "Remove them from one of the two: a model that has seen its test would look better than"
        " it is.",
    ),
    FailureCode.NOT_ENOUGH_ANSWERS: Prose(
        Family.CUSTOMER,
        "There are too few answers to train on",
        "Answer more examples, then train again.",
    ),
    FailureCode.BAD_PATTERNS: Prose(
        Family.CUSTOMER,
        "The rules could not be read",
        "Open the rules on the cluster; the page names the lines that are wrong.",
    ),
    FailureCode.PREDICTOR_MISSING: Prose(
        Family.CUSTOMER,
        "The predictor is not on the cluster",
        "Train the model again, or make the rules ready on the cluster.",
    ),
    FailureCode.MODEL_TOO_LARGE: Prose(
        Family.CUSTOMER,
        "The model is too large to package",
        "Train a smaller model, or raise the limit in the cluster's settings.",
    ),
    FailureCode.REFUSED_OPERATION: Prose(
        Family.CUSTOMER,
        "The cluster does not allow this operation",
        "Ask the cluster's administrator to allow the recipe (ANNEX_ALLOWED_RECIPES), or upgrade"
        " the worker.",
    ),
    FailureCode.BAD_ARGUMENTS: Prose(
        Family.CUSTOMER,
        "The job names something that the cluster does not have",
        "Check that the data, datasets and models of the job still exist, and start it again.",
    ),
    FailureCode.OUT_OF_MEMORY: Prose(
        Family.CUSTOMER,
        "The job needed more memory than it may use",
        "Give the worker more memory, or use less data at a time.",
    ),
    FailureCode.OUT_OF_DISK: Prose(
        Family.CUSTOMER,
        "The cluster's disk is full",
        "Free space on the worker's volume, then start the job again.",
    ),
    FailureCode.TIMED_OUT: Prose(
        Family.TRANSIENT,
        "The job took longer than it may",
        "Start it again; if it happens again, use less data or raise the limit on the cluster.",
    ),
    FailureCode.CRASHED: Prose(
        Family.TRANSIENT,
        "The job's process died",
        "Start it again; if it happens again, open the failure on the cluster.",
    ),
    FailureCode.INTERNAL: Prose(
        Family.OURS,
        "Something went wrong on our side",
        "Open the failure on the cluster, where its details are, and report its reference.",
    ),
}
