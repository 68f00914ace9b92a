"""Typed arguments of the built-in recipes, as they stand in the API and in a command.

Only ids, enums, bounded numbers and flags: file names, patterns, mappings and prompts are assets
on the cluster, and an argument names them by id.
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from annex.contract.enums import (
    Component,
    ExportFormat,
    JobRecipe,
    LeaseClass,
    PredictedFormat,
    PredictorKind,
)
from annex.contract.leaves import Message, Ratio, Slug
from annex.contract.published import PublishedRecipe


def check_predicts(component: Component) -> Component:
    """Return a component that says something of texts. Raises: ValueError."""
    if not component.predicts:
        raise ValueError(f"{component.value} predicts nothing; pretrain it")
    return component


Predicting = Annotated[Component, AfterValidator(check_predicts)]


class PredictorRef(Message):
    """Rules are an asset of kind `patterns`; a model is a trained model; both together have an id
    of their own, which the project's configuration explains.
    """

    kind: PredictorKind
    id: UUID


class ImportArguments(Message):
    """Bring a ready data asset into a dataset, holding back the number chosen on the Data page."""

    asset: UUID
    dataset: UUID
    evaluation_dataset: UUID | None = None


class ExportArguments(Message):
    """Write the answers of a dataset to a file on the cluster."""

    dataset: UUID
    format: ExportFormat = ExportFormat.JSONL


class PredictArguments(Message):
    """Store a predictor's annotations as suggestions for every example of a dataset."""

    dataset: UUID
    predictor: PredictorRef


class PredictFilesArguments(Message):
    """Write a predictor's annotations of every row of a data asset's files.

    `output` is a root of the cluster that its administrator has made writable.
    """

    predictor: PredictorRef
    asset: UUID
    output: Slug
    format: PredictedFormat = PredictedFormat.JSONL


class EvaluateArguments(Message):
    """Measure a predictor on an evaluation dataset; the score is reported under `evaluation`."""

    predictor: PredictorRef
    dataset: UUID
    evaluation: UUID


class TrainArguments(Message):
    """Train one model on the accepted and rejected answers of the datasets.

    `max_steps` are optimiser steps; `evaluation` is the id under which the model's score on
    `evaluation_dataset` is reported, both null together; `pretrained` is a pretrained layer to
    start from.
    """

    model: UUID
    datasets: Annotated[list[UUID], Field(min_length=1, max_length=32)]
    component: Predicting = Component.NER
    evaluation_dataset: UUID | None = None
    evaluation: UUID | None = None
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    max_steps: Annotated[int, Field(ge=20, le=100_000)] = 4000
    pretrained: UUID | None = None


class CurvePoint(Message):
    """One training on a fraction of the answers, reported under `evaluation`."""

    fraction: Annotated[Ratio, Field(gt=0.0)]
    evaluation: UUID


class TrainCurveArguments(Message):
    """Train at each fraction of the answers; the last point (1.0) is kept as the model."""

    model: UUID
    datasets: Annotated[list[UUID], Field(min_length=1, max_length=32)]
    component: Predicting = Component.NER
    evaluation_dataset: UUID
    points: Annotated[list[CurvePoint], Field(min_length=1, max_length=8)]
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    max_steps: Annotated[int, Field(ge=20, le=100_000)] = 4000
    pretrained: UUID | None = None


class PretrainArguments(Message):
    """Teach the layer that others start from the texts of the datasets, answered or not."""

    model: UUID
    datasets: Annotated[list[UUID], Field(min_length=1, max_length=32)]
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    max_steps: Annotated[int, Field(ge=20, le=100_000)] = 2000


class PackageArguments(Message):
    """Make an installable wheel of a model."""

    model: UUID


JobArguments = (
    ImportArguments
    | ExportArguments
    | PredictArguments
    | PredictFilesArguments
    | EvaluateArguments
    | TrainArguments
    | TrainCurveArguments
    | PretrainArguments
    | PackageArguments
    | PublishedRecipe
)

ARGUMENTS_OF: dict[JobRecipe, type[Message]] = {
    JobRecipe.IMPORT: ImportArguments,
    JobRecipe.EXPORT: ExportArguments,
    JobRecipe.PREDICT: PredictArguments,
    JobRecipe.PREDICT_FILES: PredictFilesArguments,
    JobRecipe.EVALUATE: EvaluateArguments,
    JobRecipe.TRAIN: TrainArguments,
    JobRecipe.TRAIN_CURVE: TrainCurveArguments,
    JobRecipe.PRETRAIN: PretrainArguments,
    JobRecipe.PACKAGE: PackageArguments,
    JobRecipe.PUBLISHED: PublishedRecipe,
}

LONG = frozenset(
    {
        JobRecipe.TRAIN,
        JobRecipe.TRAIN_CURVE,
        JobRecipe.PRETRAIN,
        JobRecipe.PREDICT_FILES,
        JobRecipe.PUBLISHED,
    }
)

LEASE_CLASS_OF: dict[JobRecipe, LeaseClass] = {
    recipe: LeaseClass.STICKY if recipe in LONG else LeaseClass.STRICT for recipe in JobRecipe
}
