"""`python -m worker jobs …` on the same rows as the sweeper."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from tests.worker.jobs.conftest import offer_for
from tests.worker.jobs.staged import recipes as staged_recipes
from tests.worker.jobs.waiting import state_of
from worker.jobs.actions import accept_job
from worker.jobs.cli import app


def test_run_show_list_and_cancel(staged: Path) -> None:
    failing = accept_job(offer_for(staged_recipes.FAIL), 1)
    waiting = accept_job(offer_for(staged_recipes.HANG), 1)
    cli = CliRunner()
    ran = cli.invoke(app, ["run", str(failing.id)])
    assert (ran.exit_code, ran.stdout.strip()) == (1, "failed")
    shown = cli.invoke(app, ["show", str(failing.id)]).stdout
    assert "dataset.no_examples in reading" in shown
    assert "Traceback" in shown
    assert cli.invoke(app, ["list"]).exit_code == 0
    assert cli.invoke(app, ["cancel", str(waiting.job)]).exit_code == 0
    assert state_of(waiting) == "cancelled"
    assert cli.invoke(app, ["show", str(waiting.job)]).exit_code == 2
