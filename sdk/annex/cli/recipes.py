"""`annex recipes`: begin a package of recipes, look at it and try it, without a cluster."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annex.cli.groups import group
from annex.cli.output import note
from annex.cli.publish import list_recipes, publish
from annex.errors import BadInput, FieldError, RecipeAtFault

if TYPE_CHECKING:
    from annex.preview.server import PreviewServer

app = group("Recipes of your own.")
app.command("list")(list_recipes)
app.command("publish")(publish)

Folder = Annotated[Path, typer.Argument(help="The folder of the package.")]


@app.command("init")
def init(folder: Folder) -> None:
    """Write a new package with a first recipe that runs."""
    from annex.recipes.scaffolding import BadPackageName, write_package

    try:
        written = write_package(folder)
    except (BadPackageName, FileExistsError) as error:
        raise BadInput(str(error)) from None
    for path in written:
        typer.echo(path)
    note(f"\nNext:\n  annex recipes preview {folder}")


@app.command("preview")
def preview(
    folder: Folder = Path(),
    port: Annotated[int, typer.Option("--port", help="The port; else any free one.")] = 0,
    opens: Annotated[bool, typer.Option("--open/--no-open", help="Show it in the browser.")] = True,
    seconds: Annotated[
        float, typer.Option("--seconds", min=0.1, help="How long a recipe may take to answer.")
    ] = 10.0,
) -> None:
    """Show a recipe's form and annotation screen here, anew on every save, until Ctrl-C."""
    from annex.preview.files import NotBuilt
    from annex.preview.server import previewing

    try:
        with previewing(folder, port, seconds) as server:
            typer.echo(server.address)
            note("A save shows at once. Ctrl-C ends it.")
            _attend(server, opens=opens)
    except NotBuilt as error:
        raise BadInput(str(error)) from None
    except OSError as error:
        raise BadInput(f"It cannot listen on port {port}: {error.strerror}.") from None


def _attend(server: PreviewServer, *, opens: bool) -> None:
    """Stay until Ctrl-C, or until the system asks it to end."""
    import signal
    from threading import Event

    over = Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: over.set())
    if opens:
        typer.launch(server.address)
    over.wait()
    note("Ended.")


@app.command("test", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def try_out(
    context: typer.Context,
    folder: Folder,
    recipe: Annotated[str, typer.Argument(help="The recipe's name, as `polite.pick`.")],
    count: Annotated[
        int,
        typer.Option("-n", min=1, max=1000, help="How many examples to draw; also --count."),
    ] = 10,
) -> None:
    """Draw a recipe's first examples, and check that its stream goes on after a kill and repeats.

    Its arguments follow as flags, which the preview shows. Exit status 1: the recipe is at fault.
    """
    from annex.contract.values import BadValues
    from annex.preview.faults import Faulty
    from annex.preview.trial import NoSuchRecipe, try_recipe
    from annex.recipes.flags import NotAFlag

    try:
        for line in try_recipe(folder, recipe, context.args, count):
            typer.echo(line)
    except (NotAFlag, NoSuchRecipe) as error:
        raise BadInput(str(error)) from None
    except BadValues as bad:
        wrong = [FieldError(error.field, error.message) for error in bad.errors]
        raise BadInput("Some arguments do not fit the recipe.", errors=wrong) from None
    except Faulty as faulty:
        note(faulty.fault.traceback)
        place = f"{faulty.fault.place}: " if faulty.fault.place else ""
        raise RecipeAtFault(f"{place}{faulty.fault.message}") from None


if __name__ == "__main__":
    from annex.cli.main import main

    sys.exit(main(group=app, name="annex recipes"))
