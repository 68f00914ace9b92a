"""`python -m worker evaluate --check`: what falls short ends with an exit code."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from typer.testing import CliRunner

from common.errors import AnnexError
from tests.worker.cast import Stage, make_stage
from tests.worker.training.test_evaluation_api import TEXT, hold_back
from tests.worker.workbench.test_trying import rules
from worker.workbench.checks import BadChecks, read_checks
from worker.workbench.cli import app

pytestmark = pytest.mark.django_db
CASE = f"[[cases]]\nname = 'field'\ntext = '{TEXT}'\n"


@pytest.fixture
def stage() -> Stage:
    stage = make_stage()
    field, value = (str(label.id) for label in stage.labels)
    gold = [{"start": 4, "end": 12, "label": field}, {"start": 16, "end": 19, "label": value}]
    hold_back(stage, 10, spans=gold)
    return stage


@pytest.mark.parametrize(
    ("checks", "code"),
    [
        ("", 0),
        ("[overall]\nf = 0.6\nprecision = 1.0", 0),
        ("[overall]\nf = 0.7", 1),
        ("[labels.FIELD]\nrecall = 1.0", 0),
        ("[labels.VALUE]\nrecall = 0.1", 1),
        ("[labels.NEVER]\nf = 0.1", 1),
        (CASE + "spans = [{text = 'MaxItems', label = 'FIELD'}]", 0),
        (CASE + "spans = [{start = 4, end = 12, label = 'FIELD'}]", 0),
        (CASE + "spans = [{text = 'MaxItems', label = 'VALUE'}]", 1),
        (CASE + "spans = []", 1),
        (CASE + "choices = []", 0),
    ],
)
def test_exit_code_says_whether_everything_holds(
    stage: Stage, tmp_path: Path, checks: str, code: int
) -> None:
    path = tmp_path / "thresholds.toml"
    path.write_text(checks, encoding="utf-8")
    arguments = ["--rules", str(rules(stage).id), "--dataset", str(stage.evaluation.id)]
    ran = CliRunner().invoke(app, [*arguments, "--check", str(path)])
    assert ran.exit_code == code, ran.output
    assert "0.667" in ran.output
    assert ("falls short" in ran.output) is (code == 1)


@pytest.mark.parametrize(
    "checks",
    [
        "[overall]\nf = 70",
        "[overall]\nfscore = 0.7",
        "[overal]\nf = 0.7",
        "not toml",
        CASE + "spans = [{text = 'e', label = 'FIELD'}]",
        CASE + "spans = [{start = 4, end = 400, label = 'FIELD'}]",
        CASE + "spans = [{start = 4, label = 'FIELD'}]",
    ],
)
def test_a_file_that_cannot_be_used_is_refused(checks: str) -> None:
    with pytest.raises(BadChecks):
        read_checks(checks)


def test_what_cannot_be_measured_is_an_error_not_a_failure(stage: Stage) -> None:
    missing, dataset = str(uuid.uuid4()), str(stage.evaluation.id)
    wrong = (["--dataset", missing], ["--dataset", dataset], ["--model", missing])
    for arguments in wrong:
        ran = CliRunner().invoke(app, ["--dataset", dataset, *arguments])
        assert isinstance(ran.exception, AnnexError)
        assert ran.exception.exit_code == 2
