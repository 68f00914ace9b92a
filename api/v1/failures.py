"""Prose for why a job failed: what happened, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from annex.contract.enums import FailureCode, Family


@dataclass(frozen=True)
class FailureProse:
    """Whose fault it is and the words for it."""

    family: Family
    title: str
    what_to_do: str


_DETAILS = "Open the details on the cluster; if it happens again, report the reference."

PROSE: dict[FailureCode, FailureProse] = {
    FailureCode.BAD_ROWS: FailureProse(
        Family.CUSTOMER,
        "Some rows of the file cannot be read",
        "Look at the list of rows on the cluster's Data page, then correct the file or skip them.",
    ),
    FailureCode.SOURCE_MISSING: FailureProse(
        Family.CUSTOMER,
        "The file is not where it was picked",
        "Pick or upload it again on the cluster's Data page.",
    ),
    FailureCode.SOURCE_REWRITTEN: FailureProse(
        Family.CUSTOMER,
        "The data was rewritten since the last import",
        "Open the asset's page on the cluster and import everything again.",
    ),
    FailureCode.UNREADABLE_FORMAT: FailureProse(
        Family.CUSTOMER,
        "The file is not in the format that was chosen",
        "Choose the format again on the cluster's Data page and look at the preview.",
    ),
    FailureCode.UNREGISTERED_LABELS: FailureProse(
        Family.CUSTOMER,
        "The file has labels that the project does not",
        "Add them on the Labels page, then start the import again.",
    ),
    FailureCode.NO_EXAMPLES: FailureProse(
        Family.CUSTOMER,
        "There is nothing to work on yet",
        "Answer some examples, or import a file that has rows, then start it again.",
    ),
    FailureCode.EVALUATION_OVERLAP: FailureProse(
        Family.CUSTOMER,
        "Some training examples are also held back for evaluation",
        "Import the data again without them: a model must not be measured on what it has seen.",
    ),
    FailureCode.NOT_ENOUGH_ANSWERS: FailureProse(
        Family.CUSTOMER,
        "There are too few answers to train on",
        "Answer more examples, then train again.",
    ),
    FailureCode.BAD_PATTERNS: FailureProse(
        Family.CUSTOMER, "Some patterns are not valid", "Correct them on the cluster's Rules page."
    ),
    FailureCode.OUTPUT_MISSING: FailureProse(
        Family.CUSTOMER,
        "The cluster has no such root to write to",
        "Name one of its writable roots, or ask its administrator for one.",
    ),
    FailureCode.PREDICTOR_MISSING: FailureProse(
        Family.CUSTOMER,
        "The predictor is not on the cluster any more",
        "Choose another predictor, or train the model again.",
    ),
    FailureCode.MODEL_TOO_LARGE: FailureProse(
        Family.CUSTOMER,
        "The model is too large to package",
        "Train a smaller model, or raise the limit on the cluster.",
    ),
    FailureCode.RECIPE_REFUSED: FailureProse(
        Family.CUSTOMER,
        "The cluster cannot run this recipe",
        "See on the cluster whether its package is installed there in the same version.",
    ),
    FailureCode.RECIPE_FAILED: FailureProse(
        Family.CUSTOMER,
        "The recipe failed",
        "Read on the cluster where in its code, correct it, and publish a new version.",
    ),
    FailureCode.REFUSED_OPERATION: FailureProse(
        Family.CUSTOMER,
        "The cluster does not allow this kind of job",
        "Ask its administrator to allow the recipe.",
    ),
    FailureCode.BAD_ARGUMENTS: FailureProse(
        Family.OURS,
        "The cluster did not understand the job's arguments",
        "Upgrade the worker if it is older than the control plane; else report the reference.",
    ),
    FailureCode.STORAGE_UNREACHABLE: FailureProse(
        Family.TRANSIENT,
        "The cluster's storage did not answer",
        "Start it again; if it stays so, ask the cluster's administrator.",
    ),
    FailureCode.STORAGE_REFUSED: FailureProse(
        Family.CUSTOMER,
        "The cluster's storage refused it",
        "Its administrator must check the bucket's name, key and policy.",
    ),
    FailureCode.FILE_CHANGED: FailureProse(
        Family.TRANSIENT,
        "A file was changed while it was being read",
        "Start it again once nobody writes to the file.",
    ),
    FailureCode.OUT_OF_MEMORY: FailureProse(
        Family.CUSTOMER,
        "The job needed more memory than the cluster gives it",
        "Give the worker more memory, or use fewer examples at once.",
    ),
    FailureCode.OUT_OF_DISK: FailureProse(
        Family.CUSTOMER, "The cluster's disk is full", "Free some space there, then start it again."
    ),
    FailureCode.TIMED_OUT: FailureProse(
        Family.TRANSIENT, "The job took longer than it may", "Start it again with less to do."
    ),
    FailureCode.CRASHED: FailureProse(
        Family.TRANSIENT, "The job's process ended unexpectedly", "Start it again. " + _DETAILS
    ),
    FailureCode.INTERNAL: FailureProse(
        Family.OURS, "Something went wrong inside the job", _DETAILS
    ),
}
