"""`annex check`: scores from the board, cases beside what was said, reports that quote no text."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from annex.cli import watch
from annex.cli.check_cases import compare, read_cases
from annex.cli.check_report import print_checks, public, write_junit
from annex.client.cluster_predictions import TextAnnotation
from annex.contract.enums import Component
from annex.errors import BadInput

from controlplane.board.models import Evaluation
from controlplane.jobs.models import Job
from controlplane.lib.tenancy import tenant
from tests.sdk.scene import Annex, Stage

TEXT = "🙂 Set MaxItems."
SECRET = "MaxItems"
SCORES = {"precision": 1.0, "recall": 1.0, "f": 1.0, "support": 50}


@pytest.fixture
def measured(stage: Stage) -> Stage:
    """The rules of Acme, measured on the held-back set."""
    cast = stage.cast
    with tenant(cast.acme.id):
        Evaluation.objects.filter(pk=cast.evaluation.pk).update(
            f=0.842, precision=0.8, recall=0.889, low=0.8, high=0.9, support=90,
            evaluation_examples=50, finished_at=datetime.now(UTC),
            per_label=[{"label": str(cast.labels[0].id), "scores": SCORES}],
        )  # fmt: skip
    return stage


def checked(annex: Annex, *words: str) -> Any:
    return annex("check", "-p", "Tickets", "--rules", "rules", *words)


def test_figures_that_are_reached_pass(measured: Stage, signed_in: Annex) -> None:
    name = measured.cast.labels[0].name
    figures = ("--min-f", "84", "--min-precision", "80", "--min-recall", "88.8")
    ran = checked(signed_in, *figures, "--label", f"{name}=100", "--json")
    assert ran.code == 0, ran.err
    assert [row["passed"] for row in ran.json] == [True] * 4
    assert [row["expected"] for row in ran.json][:2] == ["at least 84", "at least 80"]


def test_one_that_is_not_reached_fails(measured: Stage, signed_in: Annex, tmp_path: Path) -> None:
    junit = tmp_path / "checks.xml"
    labels = ("--label", "nobody=1")
    ran = checked(signed_in, "--min-precision", "80.1", *labels, "--junit", str(junit))
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "FAIL  precision of rules: expected at least 80.1, found 80",
        "FAIL  f of rules on nobody: expected at least 1, found has not been measured",
        "0 passed, 2 failed",
    ]
    assert "client.check_failed" in ran.err
    suite = ElementTree.parse(junit).getroot()[0]  # noqa: S314 - we wrote it ourselves
    assert (suite.get("tests"), suite.get("failures"), len(suite)) == ("2", "2", 2)


def test_what_was_never_measured_has_failed(stage: Stage, signed_in: Annex) -> None:
    ran = checked(signed_in, "--min-f", "0")
    assert (ran.code, "has not been measured" in ran.out) == (1, True)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--rules", "rules"), 2),
        (("--rules", "rules", "--model", "small", "--min-f", "1"), 2),
        (("--min-f", "1"), 2),
        (("--rules", "rules", "--label", "FIELD=much"), 2),
        (("--rules", "nothing", "--min-f", "1"), 4),
        (("--rules", "rules", "--min-f", "1", "--dataset", "nothing"), 4),
    ],
)
def test_what_cannot_be_checked_is_no_failed_check(
    stage: Stage, signed_in: Annex, words: tuple[str, ...], code: int
) -> None:
    assert signed_in("check", "-p", "Tickets", *words).code == code


def ending(stage: Stage, state: str) -> Callable[[float], None]:
    def end(seconds: float) -> None:
        with tenant(stage.cast.acme.id):
            Job.objects.update(state=state)

    return end


def test_run_evaluates_first(
    measured: Stage, signed_in: Annex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "pause", ending(measured, "succeeded"))
    assert checked(signed_in, "--run", "--min-f", "80").code == 0
    with tenant(measured.cast.acme.id):
        job = Job.objects.get()
    assert (job.recipe, job.arguments["dataset"]) == (
        "evaluate.v1",
        str(measured.cast.held_back.id),
    )
    monkeypatch.setattr(watch, "pause", ending(measured, "failed"))
    assert checked(signed_in, "--run", "--min-f", "80").code == 8


def cases(tmp_path: Path, *lines: str) -> Any:
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return read_cases(file)


def said(*marks: tuple[int, int, str], choices: tuple[str, ...] = ()) -> TextAnnotation:
    spans = [{"start": start, "end": end, "label": label} for start, end, label in marks]
    return TextAnnotation.model_validate({"spans": spans, "choices": choices})


def test_a_case_wants_exactly_its_marks(tmp_path: Path, capsys: Any) -> None:
    mark = '{"start": 6, "end": 14, "label": "FIELD"}'
    wanted, none = cases(
        tmp_path,
        f'{{"text": "{TEXT}", "name": "a field", "spans": [{mark}]}}',
        "",
        f'{{"text": "{TEXT}", "spans": []}}',
    )
    assert compare(wanted, said((6, 14, "FIELD")), Component.NER).passed
    assert compare(none, said(), Component.NER).passed
    missing = compare(wanted, said(), Component.NER)
    extra = compare(none, said((6, 14, "FIELD")), Component.NER)
    assert [missing.passed, extra.passed] == [False, False]
    assert not compare(none, said(choices=("A",)), Component.TEXTCAT).passed
    print_checks([missing, extra], as_json=False)
    out = capsys.readouterr().out
    assert 'missing: FIELD "MaxItems"' in out
    assert "cases.jsonl:3: expected no mark, found FIELD 6 to 14" in out
    write_junit([missing, extra], tmp_path / "checks.xml")
    kept = (tmp_path / "checks.xml").read_text() + str([public(missing), public(extra)])
    assert SECRET not in kept
    assert "cases.jsonl:1 a field" in kept


def test_a_case_wants_exactly_its_choices(tmp_path: Path) -> None:
    (case,) = cases(tmp_path, '{"text": "x", "choices": ["A", "B"]}')
    assert compare(case, said(choices=("B", "A")), Component.TEXTCAT_MULTILABEL).passed
    assert not compare(case, said(choices=("A",)), Component.TEXTCAT_MULTILABEL).passed
    assert not compare(case, said(), Component.NER).passed


@pytest.mark.parametrize(
    "line",
    [
        '{"text": "MaxItems"}',
        '{"text": "MaxItems", "spans": [], "more": 1}',
        '{"text": "MaxItems", "spans": [{"start": 4, "end": 9, "label": "A"}]}',
        '{"text": "MaxItems", "spans": [{"start": 2, "end": 2, "label": "A"}]}',
        '{"text": "", "spans": []}',
        '["MaxItems"]',
        "MaxItems",
        "",
    ],
)
def test_a_bad_case_is_told_by_its_line_and_not_repeated(tmp_path: Path, line: str) -> None:
    with pytest.raises(BadInput, match=r"cases\.jsonl") as told:
        cases(tmp_path, line)
    assert SECRET not in str(told.value)


def test_cases_need_a_login_on_their_cluster(
    stage: Stage, signed_in: Annex, tmp_path: Path
) -> None:
    cases(tmp_path, '{"text": "x", "spans": []}')
    file = str(tmp_path / "cases.jsonl")
    ran = checked(signed_in, "--case", file)
    assert ran.code == 3
    assert f"There is no token for {stage.cast.cluster.origin}." in ran.err
    ids = ("check", "-p", str(uuid.uuid4()), "--model", str(uuid.uuid4()), "--case", file)
    assert signed_in(*ids).code == 3
