"""Options that many commands share."""

from __future__ import annotations

from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, to stdout.")]
ExistsOk = Annotated[
    bool, typer.Option("--exists-ok", help="If there is one of that name already, show that one.")
]
InProject = Annotated[
    str, typer.Option("--project", "-p", help="Title or id of the project [env: ANNEX_PROJECT].")
]
Sure = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask whether you are sure.")]
