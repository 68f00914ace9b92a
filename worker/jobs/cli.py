"""`python -m worker jobs …`: look at attempts, run one, stop one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

if TYPE_CHECKING:
    from worker.jobs.models import Attempt

app = typer.Typer(no_args_is_help=True, help="Jobs on this cluster: list, show, run, cancel.")


@app.command("list")
def list_attempts(
    everything: Annotated[bool, typer.Option("--all", help="Also those that are over.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
) -> None:
    """List attempts, newest first."""
    from rich.console import Console
    from rich.table import Table

    from worker.jobs.models import Attempt

    found = Attempt.objects.all() if everything else Attempt.objects.open()
    table = Table("attempt", "job", "epoch", "run", "recipe", "state", "stage", "done", "total")
    for a in found.order_by("-created_at")[:limit]:
        cells = (a.id, a.job, a.epoch, a.run, a.recipe, a.state, a.stage, a.done, a.total)
        table.add_row(*("" if cell is None else str(cell) for cell in cells))
    Console().print(table)


@app.command("show")
def show_attempt(attempt_id: Annotated[UUID, typer.Argument(metavar="ATTEMPT")]) -> None:
    """Show one attempt with its failures; tracebacks stay on this cluster."""
    attempt = _attempt(attempt_id)
    for field in attempt._meta.concrete_fields:
        typer.echo(f"{field.name}: {field.value_from_object(attempt)}")
    for failure in attempt.failures.order_by("at"):
        typer.echo(f"\n{failure.code} in {failure.stage}, ref {failure.ref}\n{failure.message}")
        typer.echo(failure.traceback)


@app.command("run")
def run(
    attempt_id: Annotated[UUID, typer.Argument(metavar="ATTEMPT")],
    number: Annotated[
        int, typer.Option("--run", help="Given by the supervisor: the run it has claimed.")
    ] = 0,
) -> None:
    """Run an attempt here and wait for its end. With --run: be the process of a claimed run."""
    if number:
        from worker.jobs.process import run_claimed_attempt

        raise typer.Exit(run_claimed_attempt(attempt_id, number))
    from worker.jobs.tasks import run_attempt

    run_attempt(attempt_id)
    attempt = _attempt(attempt_id)
    typer.echo(attempt.state)
    raise typer.Exit(0 if attempt.state == "succeeded" else 1)


@app.command("help", hidden=True)
def help_attempt(
    shard: Annotated[int, typer.Argument(metavar="SHARD")],
    holder: Annotated[UUID, typer.Option(help="Given by the worker that has taken the shard.")],
) -> None:
    """Do a part of a running job, and then others; started by a worker that has room."""
    from worker.jobs.helping import do_shards

    do_shards(shard, holder)


@app.command("cancel")
def cancel(job: UUID) -> None:
    """Stop a job; its process is gone within two seconds."""
    from worker.jobs.actions import request_cancel

    request_cancel(job)


def _attempt(attempt_id: UUID) -> Attempt:
    from worker.jobs.models import Attempt

    attempt = Attempt.objects.filter(id=attempt_id).first()
    if attempt is None:
        typer.echo("There is no such attempt on this cluster.", err=True)
        raise typer.Exit(2)
    return attempt
