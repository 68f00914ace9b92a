"""What the exit status says, and that each family has its own."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from annex.cli.exit_codes import MEANINGS, ExitCode, exit_code_of
from annex.contract.enums import Family, Role
from annex.errors import AnnexError, CheckFailed, JobEnded, Problem, Unreachable

from tests.sdk.scene import Annex, Stage

PAGE = Path(__file__).parents[3] / "docs" / "cli.md"


def problem(status: int, family: Family) -> Problem:
    return Problem.of({"code": "a.b", "family": family.value, "title": "T"}, status=status)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (problem(400, Family.CUSTOMER), ExitCode.USAGE),
        (problem(401, Family.CUSTOMER), ExitCode.NOT_SIGNED_IN),
        (problem(403, Family.CUSTOMER), ExitCode.NOT_ALLOWED),
        (problem(404, Family.CUSTOMER), ExitCode.NOT_ALLOWED),
        (problem(409, Family.CUSTOMER), ExitCode.CONFLICT),
        (problem(422, Family.CUSTOMER), ExitCode.USAGE),
        (problem(429, Family.TRANSIENT), ExitCode.UNREACHABLE),
        (problem(500, Family.OURS), ExitCode.OURS),
        (problem(503, Family.TRANSIENT), ExitCode.UNREACHABLE),
        (Unreachable(), ExitCode.UNREACHABLE),
        (JobEnded(), ExitCode.JOB_FAILED),
        (CheckFailed(), ExitCode.CHECK_FAILED),
        (AnnexError(), ExitCode.OURS),
    ],
)
def test_the_family_decides(error: AnnexError, code: ExitCode) -> None:
    assert exit_code_of(error) is code


def test_the_page_shows_the_whole_table() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for code in ExitCode:
        assert f"| {code.value} | {MEANINGS[code]} |" in text


def test_a_command_that_does_not_exist_is_usage(annex: Annex) -> None:
    ran = annex("projcts")
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert "projects" in ran.err


def test_nobody_listening_is_unreachable(annex: Annex, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("ANNEX_HOST", f"http://127.0.0.1:{free.getsockname()[1]}")
    monkeypatch.setenv("ANNEX_TOKEN", "anx_x")
    monkeypatch.setattr("annex.client.calls.random.uniform", lambda low, high: 0.0)
    ran = annex("whoami")
    assert (ran.code, ran.out) == (ExitCode.UNREACHABLE, "")


def test_a_role_that_is_too_weak_is_not_allowed(
    stage: Stage, annex: Annex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANNEX_HOST", stage.url)
    monkeypatch.setenv("ANNEX_TOKEN", stage.token(stage.cast.dev, Role.ANNOTATOR))
    ran = annex("people", "list")
    assert ran.code == ExitCode.NOT_ALLOWED
    assert "request.forbidden" in ran.err
