"""Write the answers of a dataset to a file that can be downloaded from this cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from annex.contract.enums import ExportFormat, FailureCode, JobRecipe, Stage
from annex.contract.outbound import ExportWritten
from annex.contract.recipes import ExportArguments

from worker.jobs.context import JobContext
from worker.jobs.errors import JobFailure
from worker.link.outbox import emit
from worker.recipes.registry import job_recipe
from worker.store.exports import ExportedAnswer, count_answers, exported_answers
from worker.store.files import Written, stored_files
from worker.store.formats.jsonl_out import write_jsonl
from worker.store.formats.totals import Exported
from worker.store.models import Artefact, Dataset

SAY_EVERY = 500
"""Answers; far under the two seconds within which a cancelled job must stop."""

Writer = Callable[[Path, Iterable[ExportedAnswer]], Exported]


@job_recipe(JobRecipe.EXPORT)
def run(context: JobContext, arguments: ExportArguments) -> None:
    """Write, store and announce the file. Running again replaces it."""
    dataset = find_dataset(context, arguments)
    total = count_answers(dataset.id)
    if total == 0:
        raise JobFailure(FailureCode.NO_EXAMPLES, 0, "Nobody has answered an example of it yet.")
    path = context.folder / f"export.{arguments.format.value}"
    answers = exported_answers(dataset.id, context.project_id)
    exported = writer_for(arguments.format)(path, with_progress(context, answers, total))
    key = f"exports/{context.job}.{arguments.format.value}"
    with path.open("rb") as stream:
        written = stored_files().put(key, stream)
    with context.write():
        record_artefact(context, dataset, arguments.format, written, exported)


def find_dataset(context: JobContext, arguments: ExportArguments) -> Dataset:
    """Return the dataset, of the job's own project. Raises: JobFailure."""
    dataset = Dataset.objects.filter(id=arguments.dataset, project_id=context.project_id).first()
    if dataset is None:
        raise JobFailure(FailureCode.BAD_ARGUMENTS, detail="The dataset is not of this project.")
    return dataset


def writer_for(export_format: ExportFormat) -> Writer:
    """Return the format's writer; what is slow to import is imported only where it is needed."""
    if export_format is ExportFormat.SPACY:
        from worker.store.formats.spacy_out import write_spacy

        return write_spacy
    if export_format is ExportFormat.CONLL:
        from worker.store.formats.conll_out import write_conll

        return write_conll
    if export_format is ExportFormat.PARQUET:
        from worker.store.formats.parquet_out import write_parquet

        return write_parquet
    return write_jsonl


def with_progress(
    context: JobContext, answers: Iterable[ExportedAnswer], total: int
) -> Iterator[ExportedAnswer]:
    """Pass the answers through and say now and then how many have passed."""
    for done, answer in enumerate(answers, start=1):
        yield answer
        if done % SAY_EVERY == 0 or done == total:
            context.progress(Stage.WRITING, done, total)


def record_artefact(
    context: JobContext,
    dataset: Dataset,
    export_format: ExportFormat,
    written: Written,
    exported: Exported,
) -> None:
    """Record the file under the job's id and tell the control plane its size."""
    figures = {"examples": exported.written, "not_expressible": exported.not_expressible}
    Artefact.objects.update_or_create(
        id=context.job,
        defaults={
            "project_id": context.project_id,
            "kind": Artefact.Kind.EXPORT,
            "file_key": f"exports/{context.job}.{export_format.value}",
            "file_name": f"{dataset.name}.{export_format.value}",
            "size_bytes": written.size_bytes,
            "sha256": written.sha256,
            "details": {"format": export_format.value, **figures, "lacking": listed(exported)},
        },
    )
    emit(
        ExportWritten(
            job=context.job,
            job_epoch=context.attempt.epoch,
            size_bytes=written.size_bytes,
            **figures,
        )
    )


def listed(exported: Exported) -> list[dict[str, Any]]:
    """Return what the format could not hold, for the cluster's own page: texts never leave it."""
    return [
        {
            "lack": entry.lack.value,
            "leaves_out": entry.lack.leaves_out,
            "count": entry.count,
            "texts": entry.texts,
        }
        for entry in exported.lacking.values()
    ]
