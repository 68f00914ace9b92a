"""What the form asks: the recipes, what is wrong with what is typed, and a start."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from annex.contract.values import FieldError
from annex.preview.bench import Bench, key_of
from annex.preview.exchange import Request, Response, json_response
from annex.preview.faults import Fault
from annex.preview.form import command_for
from annex.preview.shapes import Typed


class FormApi:
    """The addresses under /preview/ that answer with data."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def state(self, _: Request) -> Response:
        """Return all that the form shows."""
        return json_response(self._bench.look(_state_of))

    def news(self, request: Request) -> Response:
        """Answer once there is something newer than `after`, or after a while."""
        after = request.query.get("after", "")
        return json_response({"generation": self._bench.news.wait(int(after or 0))})

    def answers(self, _: Request) -> Response:
        """Return the answers as the recipe has them saved, in JSON lines."""
        rows = self._bench.look(lambda bench: bench.desk.lines() if bench.desk else [])
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        return Response(body=lines.encode(), type="text/plain; charset=utf-8")

    def check(self, request: Request) -> Response:
        """Say what is wrong with the form as it stands, and the command that means the same."""
        typed = request.read(Typed)
        return json_response(self._judged(typed, self._bench.check(typed).errors))

    def start(self, request: Request) -> Response:
        """Start the recipe with what is typed; answers where its screen is, or what is wrong."""
        typed = request.read(Typed)
        errors = self._bench.start(typed)
        fault, desk = self._bench.look(lambda bench: (bench.fault, bench.desk))
        screen = f"/t/{desk.id}" if desk and not errors else None
        return json_response(
            {**self._judged(typed, errors), "fault": fault_shape(fault), "screen": screen}
        )

    def _judged(self, typed: Typed, errors: list[FieldError]) -> dict[str, Any]:
        recipe = self._bench.find(typed.recipe)
        command = command_for(recipe, typed, _from_here(self._bench.source.folder))
        return {"errors": [vars(error) for error in errors], "command": command}


def _from_here(folder: Path) -> str:
    """Return a folder as it is typed where the preview was started."""
    here = Path.cwd()
    return str(folder.relative_to(here)) if folder.is_relative_to(here) else str(folder)


def _state_of(bench: Bench) -> dict[str, Any]:
    recipes = bench.package.recipes if bench.package else []
    return {
        "generation": bench.news.generation,
        "package": bench.package.name if bench.package else bench.source.folder.name,
        "version": bench.package.version if bench.package else "",
        "fault": fault_shape(bench.fault),
        "chosen": bench.typed.recipe if bench.typed else None,
        "screen": f"/t/{bench.desk.id}" if bench.desk else None,
        "answered": len(bench.desk.given) if bench.desk else 0,
        "recipes": [
            {
                "key": key_of(recipe),
                **recipe.model_dump(mode="json"),
                "typed": bench.typed_for(recipe).model_dump(mode="json"),
            }
            for recipe in recipes
        ],
    }


def fault_shape(fault: Fault | None) -> dict[str, Any] | None:
    """Return a fault as the pages show it."""
    if fault is None:
        return None
    return {**vars(fault), "place": fault.place, "excerpt": fault.excerpt}
