"""`annex tasks`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from annex.cli.creating import created
from annex.cli.groups import group
from annex.cli.labels import labels_named
from annex.cli.names import one_named
from annex.cli.options import AsJson, ExistsOk, InProject
from annex.cli.output import print_one, print_rows
from annex.cli.people import member_named
from annex.cli.recipe_arguments import arguments_from_flags, recipe_named
from annex.cli.scope_names import asset_named, dataset_named, predictor_named
from annex.cli.session import Session, session
from annex.contract.enums import TaskRecipe, TaskState
from annex.errors import BadInput

if TYPE_CHECKING:
    from annex.client.nouns import Sync
    from annex.client.project import ProjectScope
    from annex.client.types import Task

app = group("Annotation tasks.")

COLUMNS = {
    "ID": lambda row: row.id,
    "TITLE": lambda row: row.title,
    "STATE": lambda row: row.state,
    "EXAMPLES": lambda row: row.progress.examples,
    "ANSWERED": lambda row: row.progress.answered,
    "PEOPLE": lambda row: len(row.annotators),
}
Wanted = Annotated[str, typer.Argument(help="Title or id.")]
DatasetName = Annotated[
    str, typer.Option("--dataset", "-d", help="What is annotated, by name or id.")
]
HeldBack = Annotated[
    str, typer.Option("--evaluation-dataset", help="Held-back dataset, by name or id.")
]
HeldBackShare = Annotated[
    float | None,
    typer.Option("--evaluation-share", help="How much of what is served is held back: 0 to 1."),
]
RecipeName = Annotated[
    str, typer.Option("--recipe", help="What people do: `annex recipes list` shows all.")
]
Labels = Annotated[
    list[str], typer.Option("--label", "-l", help="Name or id; default all; may be repeated.")
]
Guidelines = Annotated[
    str, typer.Option("--guidelines", help="Asset of guidelines, by name or id.")
]
Overlap = Annotated[
    int | None, typer.Option("--overlap", min=1, help="How many people answer each example.")
]
Suggestions = Annotated[
    str, typer.Option("--suggestions", help="Predictor whose marks are shown, by name or id.")
]
UnsureFirst = Annotated[
    bool | None,
    typer.Option(
        "--unsure-first/--given-order", help="Whether what the model is least sure of comes first."
    ),
]
Annotators = Annotated[
    list[str], typer.Option("--annotator", "-a", help="Mail, name or id; may be repeated.")
]


@app.command("list")
def list_tasks(project: InProject = "", as_json: AsJson = False) -> None:
    """List a project's tasks with their progress."""
    print_rows(session().project(project).tasks.list(), COLUMNS, as_json=as_json)


@app.command()
def show(task: Wanted, project: InProject = "", as_json: AsJson = False) -> None:
    """Show a task, and the page on the cluster where people work on it."""
    print_one(task_named(session().project(project), task), as_json=as_json)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def create(
    context: typer.Context,
    title: Annotated[str, typer.Argument(help="Title of the new task.")],
    dataset: DatasetName = "",
    *,
    project: InProject = "",
    evaluation_dataset: HeldBack = "",
    evaluation_share: HeldBackShare = None,
    recipe: RecipeName = "",
    labels: Labels = [],  # noqa: B006 - Typer copies it
    annotators: Annotators = [],  # noqa: B006 - the same
    suggestions: Suggestions = "",
    guidelines: Guidelines = "",
    overlap: Overlap = None,
    exclusive: Annotated[
        bool, typer.Option("--exclusive", help="Exactly one label of a text is right.")
    ] = False,
    blind: Annotated[bool, typer.Option("--blind", help="Annotators get no suggestions.")] = False,
    unsure_first: UnsureFirst = None,
    no_start: Annotated[
        bool, typer.Option("--no-start", help="Make it paused; `annex tasks resume` opens it.")
    ] = False,
    exists_ok: ExistsOk = False,
    as_json: AsJson = False,
) -> None:
    """Make a task; it is open at once unless --no-start.

    What a published recipe asks for follows as flags; a text goes to the cluster alone.
    """
    now = session()
    project_id = now.project_id(project)
    scope = now.organization.project(project_id)

    def make() -> Task:
        named = {
            "evaluation_dataset": evaluation_dataset and dataset_named(scope, evaluation_dataset),
            "labels": labels and labels_named(scope, labels),
            "annotators": annotators and _members(now, annotators),
            "suggestions": suggestions and predictor_named(scope, suggestions),
            "guidelines": guidelines and asset_named(scope, guidelines),
            "dataset": dataset and dataset_named(scope, dataset),
            **_recipe(now, project_id, recipe, context.args),
            "exclusive": exclusive,
            "blind": blind,
            "unsure_first": unsure_first,
            "overlap": overlap,
            "state": TaskState.PAUSED if no_start else None,
        }
        given: dict[str, Any] = {name: value for name, value in named.items() if value}
        if evaluation_share is not None:
            given["evaluation_share"] = evaluation_share
        return scope.tasks.create(title, **given)

    row = created(
        "task",
        title,
        make,
        exists_ok=exists_ok,
        rows=scope.tasks.list,
        name_of=lambda row: row.title,
    )
    print_one(row, as_json=as_json)


@app.command()
def change(
    task: Wanted,
    *,
    project: InProject = "",
    title: Annotated[str, typer.Option("--title", help="The new title.")] = "",
    annotators: Annotators = [],  # noqa: B006 - Typer copies it
    suggestions: Suggestions = "",
    unsure_first: UnsureFirst = None,
    overlap: Overlap = None,
    as_json: AsJson = False,
) -> None:
    """Change a task; --annotator gives the whole new list."""
    now = session()
    scope = now.project(project)
    wanted = task_named(scope, task).id
    named = {
        "title": title,
        "annotators": annotators and _members(now, annotators),
        "suggestions": suggestions and predictor_named(scope, suggestions),
        "overlap": overlap,
    }
    given: dict[str, Any] = {name: value for name, value in named.items() if value}
    if unsure_first is not None:
        given["unsure_first"] = unsure_first
    print_one(scope.tasks.change(wanted, **given), as_json=as_json)


@app.command()
def pause(task: Wanted, project: InProject = "", as_json: AsJson = False) -> None:
    """Serve no more examples for now."""
    _set_state(task, project, TaskState.PAUSED, as_json=as_json)


@app.command()
def resume(task: Wanted, project: InProject = "", as_json: AsJson = False) -> None:
    """Serve examples (again)."""
    _set_state(task, project, TaskState.OPEN, as_json=as_json)


@app.command()
def close(task: Wanted, project: InProject = "", as_json: AsJson = False) -> None:
    """End a task; its answers stay."""
    _set_state(task, project, TaskState.CLOSED, as_json=as_json)


def task_named(scope: ProjectScope[Sync], wanted: str) -> Task:
    """Return a task by its title or id. Raises: NoneOfThatName, BadInput."""
    return one_named("task", wanted, scope.tasks.list(), lambda row: row.title)


def _set_state(task: str, project: str, state: TaskState, *, as_json: bool) -> None:
    scope = session().project(project)
    row = scope.tasks.change(task_named(scope, task).id, state=state)
    print_one(row, as_json=as_json)


def _recipe(now: Session, project: UUID, wanted: str, words: list[str]) -> dict[str, Any]:
    """Return which recipe a task runs and its arguments. Raises: BadInput."""
    if not words and (not wanted or wanted in set(TaskRecipe)):
        return {"recipe": wanted}
    if not wanted:
        raise BadInput(f"{words[0]} is no option of a task without --recipe.")
    found = recipe_named(now, wanted)
    arguments = arguments_from_flags(now, project, found, words)
    return {"recipe": found.recipe, "arguments": arguments}


def _members(now: Session, wanted: list[str]) -> list[Any]:
    return [member_named(now.organization, each).id for each in wanted]
