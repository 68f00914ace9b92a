"""The notebook, run from top to bottom."""

from __future__ import annotations

import ast
import asyncio
import inspect
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from examples.demo.cluster import Cluster
from examples.demo.console import Console
from examples.demo.planes import DEMO_EMAIL, DEMO_ORGANIZATION, Planes
from tests.e2e.laptop import laptop_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

NOTEBOOK = Path(__file__).resolve().parents[2] / "examples" / "annex.ipynb"
READ = ("ANNEX_HOST", "ANNEX_TOKEN", "ANNEX_CLUSTER", "ANNEX_CLUSTER_TOKEN")


@pytest.fixture
def signed_in(
    planes: Planes, enrolled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Put what the notebook reads of the environment there."""
    console = Console(planes.console_origin, DEMO_ORGANIZATION).sign_in(DEMO_EMAIL, planes.password)
    cluster = Cluster(planes.worker_origin, console).sign_in()
    laptop = laptop_of(planes, console, cluster, tmp_path)
    for name in READ:
        monkeypatch.setenv(name, laptop.environment[name])


def cells_of(notebook: Path, kind: str) -> list[str]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == kind]


def run_cell(source: str, names: dict[str, Any]) -> Any:
    """Run a cell as notebooks do, `await` included; return what its last line is worth."""
    tree = ast.parse(source)
    last = tree.body[-1]
    if isinstance(last, ast.Expr):
        tree.body[-1] = ast.Assign([ast.Name("_", ast.Store())], last.value)
        ast.fix_missing_locations(tree)
    code = compile(tree, "cell", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    names["_"] = None
    if code.co_flags & inspect.CO_COROUTINE:
        # In a thread of its own: where a browser is driven, this one has a loop that runs.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, eval(code, names)).result()  # noqa: S307 - our own page
    else:
        exec(code, names)  # noqa: S102 - the same
    return names["_"]


def test_the_notebook_runs_from_top_to_bottom(
    signed_in: None, capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, Any] = {}
    worth = [run_cell(source, names) for source in cells_of(NOTEBOOK, "code")]
    printed = capsys.readouterr().out
    ended = [names["trained"], names["export"]]
    assert [(job.state, job.failure) for job in ended] == [("succeeded", None)] * 2
    assert "courtesy" in printed
    assert names["answers"]
    titles, rows = worth[-2]
    assert ("Courtesy" in titles, rows) == (True, 1)


def test_the_notebook_keeps_no_outputs_and_says_what_it_does() -> None:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in code)
    said = " ".join(cells_of(NOTEBOOK, "markdown"))
    assert all(word in said for word in ("Idempotency-Key", "iterator", "asynchronously"))
