"""Verbs that carry text: between this machine and a cluster, never through the control plane.

annex assets push · annex datasets pull · annex models pull · annex jobs logs
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annex.cli.cluster_credentials import current_cluster
from annex.cli.cluster_exports import export_dataset
from annex.cli.cluster_names import Located, locate_asset, locate_model
from annex.cli.options import AsJson, InProject
from annex.cli.output import note, plain, print_json, print_one
from annex.contract.enums import ExportFormat

if TYPE_CHECKING:
    from annex.client.cluster import ClusterClient
    from annex.client.cluster_types import AttemptLog, FailureLog, JobLog, SavedFile
    from annex.client.transfers import OnBytes

OnCluster = Annotated[
    str,
    typer.Option("--cluster", help="Address of the cluster [env: ANNEX_CLUSTER]."),
]
Output = Annotated[Path, typer.Option("--output", "-o", help="A file, or a folder to put it in.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace what lies there.")]


def push_asset(
    asset: Annotated[str, typer.Argument(help="Id of the asset, or with --project its name.")],
    file: Annotated[Path, typer.Argument(help="The data file.")],
    *,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Import it as the cluster guesses it is to be read.")
    ] = False,
    hold_back: Annotated[
        int, typer.Option("--hold-back", min=0, help="Inputs to keep for evaluation.")
    ] = 0,
    may_overlap: Annotated[
        bool, typer.Option("--overlapping", help="Spans that share text are no mistake.")
    ] = False,
    project: InProject = "",
    cluster: OnCluster = "",
    as_json: AsJson = False,
) -> None:
    """Upload a data file to the cluster as the next version of an asset."""
    if (hold_back or may_overlap) and not confirm:
        option = "--hold-back" if hold_back else "--overlapping"
        raise typer.BadParameter(f"{option} needs --confirm.")
    found = locate_asset(asset, project)
    with signed_in(cluster or found.origin) as client, progress(_size_of(file)) as on_bytes:
        pushed = client.push_asset(
            found.id,
            file,
            confirm=confirm,
            hold_back=hold_back,
            may_overlap=may_overlap,
            on_bytes=on_bytes,
        )
    print_one(pushed, as_json=as_json)
    if not confirm:
        note("Look at it on the cluster's Data page and confirm it there, or push with --confirm.")


def pull_dataset(
    dataset: Annotated[str, typer.Argument(help="Name or id; it is exported anew.")] = "",
    *,
    job: Annotated[
        str, typer.Option("--job", help="Instead: what this export job has written.")
    ] = "",
    kind: Annotated[
        ExportFormat, typer.Option("--format", help="What to export it as.")
    ] = ExportFormat.JSONL,
    output: Output = Path(),
    overwrite: Overwrite = False,
    project: InProject = "",
    cluster: OnCluster = "",
    as_json: AsJson = False,
) -> None:
    """Download a dataset's answers, exported anew, or what an export job wrote."""
    if bool(dataset) == bool(job):
        raise typer.BadParameter("Give a dataset, or --job.")
    found = Located(job, cluster)
    if dataset:
        found = export_dataset(dataset, project, kind, cluster=cluster)
    with signed_in(found.origin) as client, progress(None) as on_bytes:
        saved = client.pull_export(found.id, output, overwrite=overwrite, on_bytes=on_bytes)
    print_saved(saved, as_json=as_json)


def pull_model(
    model: Annotated[str, typer.Argument(help="Id of the model, or with --project its name.")],
    *,
    output: Output = Path(),
    overwrite: Overwrite = False,
    project: InProject = "",
    cluster: OnCluster = "",
    as_json: AsJson = False,
) -> None:
    """Download a model's wheel, which `pip install` takes."""
    found = locate_model(model, project)
    with signed_in(cluster or found.origin) as client, progress(None) as on_bytes:
        saved = client.pull_model(found.id, output, overwrite=overwrite, on_bytes=on_bytes)
    print_saved(saved, as_json=as_json)


def show_log(
    job: Annotated[str, typer.Argument(help="Id of the job.")],
    cluster: OnCluster = "",
    as_json: AsJson = False,
) -> None:
    """Show what became of a job on the cluster, with its failures in full."""
    with signed_in(cluster) as client:
        log = client.job_log(job)
    if as_json:
        print_json(plain(log))
        return
    for line in lines_of(log):
        typer.echo(line)


@contextmanager
def signed_in(cluster: str) -> Iterator[ClusterClient]:
    """Give the client of the cluster that this machine is signed in on. Raises: SignInOnCluster."""
    credential = current_cluster(cluster)
    from annex.client.cluster import ClusterClient

    with ClusterClient(*credential) as client:
        yield client


def print_saved(saved: SavedFile, *, as_json: bool) -> None:
    """Print where a download lies and what it is."""
    if as_json:
        print_json(
            {"path": str(saved.path), "size_bytes": saved.size_bytes, "sha256": saved.sha256}
        )
        return
    typer.echo(saved.path)
    note(f"{saved.size_bytes:,} bytes, SHA-256 {saved.sha256}")


def lines_of(log: JobLog) -> Iterator[str]:
    """Yield a job's log as people read it."""
    yield f"{log.recipe}  job {log.job}"
    for attempt in log.attempts:
        yield from _lines_of_attempt(attempt)


def _lines_of_attempt(attempt: AttemptLog) -> Iterator[str]:
    of = "" if attempt.total is None else f" of {attempt.total:,}"
    yield f"try {attempt.epoch}: {attempt.state} while {attempt.stage}, {attempt.done:,}{of} done"
    for failure in attempt.failures:
        yield from _lines_of_failure(failure)


def _lines_of_failure(failure: FailureLog) -> Iterator[str]:
    yield ""
    yield f"{failure.at:%Y-%m-%d %H:%M:%S} UTC  {failure.code} while {failure.stage}"
    yield f"reference {failure.ref}"
    yield from (part for part in (failure.message, failure.traceback) if part)


@contextmanager
def progress(total_bytes: int | None) -> Iterator[OnBytes | None]:
    """Show a bar on standard error while bytes pass, where somebody looks at it."""
    import sys

    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import DownloadColumn, Progress, TransferSpeedColumn

    columns = (*Progress.get_default_columns()[:2], DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total_bytes)
        yield lambda size: bar.advance(task, size)


def _size_of(file: Path) -> int | None:
    return file.stat().st_size if file.is_file() else None
