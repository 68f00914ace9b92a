"""`annex jobs`."""

from __future__ import annotations

from typing import Annotated

import typer

from annex.cli.cluster_verbs import show_log
from annex.cli.groups import group
from annex.cli.job_arguments import read_arguments, with_ids
from annex.cli.options import AsJson, InProject
from annex.cli.output import note, print_one, print_rows
from annex.cli.recipe_arguments import arguments_from_flags, recipe_named
from annex.cli.session import session
from annex.cli.watch import finish
from annex.contract.enums import JobRecipe
from annex.errors import BadInput

app = group("Jobs: import, export, predict, evaluate, train, package.")
app.command("logs")(show_log)

COLUMNS = {
    "ID": lambda row: row.id,
    "RECIPE": lambda row: row.recipe,
    "TITLE": lambda row: row.title,
    "STATE": lambda row: "silent" if row.silent else row.state,
    "STAGE": lambda row: row.progress and row.progress.stage,
    "STARTED": lambda row: row.started_at,
}
Wanted = Annotated[str, typer.Argument(help="Id of the job.")]


@app.command("list")
def list_jobs(project: InProject = "", as_json: AsJson = False) -> None:
    """List a project's jobs, newest first."""
    print_rows(session().project(project).jobs.list(), COLUMNS, as_json=as_json)


@app.command()
def show(job: Wanted, as_json: AsJson = False) -> None:
    """Show a job with its progress, or why it failed."""
    print_one(session().organization.jobs.show(job), as_json=as_json)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def run(
    ctx: typer.Context,
    recipe: Annotated[str, typer.Argument(help="Such as train; then its arguments.")],
    project: InProject = "",
    wait: Annotated[
        bool, typer.Option("--wait", "-w", help="Wait for it, and end as it does.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Start a job.

    For example: annex jobs run train name=small datasets=answers --wait

    Arguments are key=value, key:=JSON, --key value or --flag. Datasets, assets, models and
    predictors may be given by name; several values have commas between, or repeat the key. Any
    recipe of `annex recipes list` takes what it asks for as flags.
    """
    if recipe.startswith("-") or "=" in recipe:
        raise BadInput("Name the recipe before its arguments.")
    now = session()
    project_id = now.project_id(project)
    scope = now.organization.project(project_id)
    built_in = recipe if ".v" in recipe else f"{recipe}.v1"
    if built_in in set(JobRecipe):
        job = scope.jobs.start(built_in, with_ids(scope, read_arguments(ctx.args)))
    else:
        found = recipe_named(now, recipe)
        arguments = arguments_from_flags(now, project_id, found, ctx.args)
        job = scope.jobs.start(found.recipe, arguments)
    if wait:
        finish(now, job, as_json=as_json)
        return
    print_one(job, as_json=as_json)
    note(f"annex jobs watch {job.id} shows how far it is.")


@app.command()
def watch(job: Wanted, as_json: AsJson = False) -> None:
    """Wait for a job, and end as it does."""
    now = session()
    finish(now, now.organization.jobs.show(job), as_json=as_json)


@app.command()
def cancel(job: Wanted, as_json: AsJson = False) -> None:
    """Cancel a job: at once where nobody works on it, else as soon as the cluster stops."""
    print_one(session().organization.jobs.cancel(job), as_json=as_json)


@app.command()
def restart(job: Wanted, as_json: AsJson = False) -> None:
    """Queue a job that has fallen silent again."""
    print_one(session().organization.jobs.restart(job), as_json=as_json)
