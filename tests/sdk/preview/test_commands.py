"""`annex recipes init` and `test`, as they are typed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from annex.cli.exit_codes import ExitCode
from annex.cli.main import main

from tests.sdk.preview.workshop import SOURCE, write_package

Ran = tuple[int, str, str]


def _run(capsys: pytest.CaptureFixture[str], *words: object) -> Ran:
    code = main(["recipes", *map(str, words)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_new_package_can_be_tried_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = _run(capsys, "init", "polite-words")
    assert code == ExitCode.OK
    assert out.splitlines()[1] == "polite-words/polite_words/recipes.py"
    assert "annex recipes preview polite-words" in err
    # The sample is found beside the package, from wherever the command is typed.
    flags = ["--source", "sample.jsonl", "--question", "How polite?", "--count", "2"]
    code, out, _ = _run(capsys, "test", "polite-words", "polite.pick", *flags)
    assert code == ExitCode.OK
    assert out.splitlines() == [
        '   1  "Could you please send the report again?"  {"question": "How polite?"}',
        '   2  "Send it now."  {"question": "How polite?"}',
        "Killed after 1, the stream goes on with the next.",
        "A second run gives the same.",
    ]


@pytest.mark.parametrize("name", ["Polite", "taken"])
def test_a_package_that_cannot_be_written_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / "taken" / "mine").mkdir(parents=True)
    code, out, err = _run(capsys, "init", tmp_path / name)
    assert (code, out) == (ExitCode.USAGE, "")
    assert name in err


def test_what_does_not_fit_is_one_line_a_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_package(tmp_path / "works")
    flags = ["--source=sample.jsonl", "--limit.kind=by_count", "--limit.most", "0", "--sead", "1"]
    code, out, err = _run(capsys, "test", folder, "works.pick", *flags)
    assert (code, out) == (ExitCode.USAGE, "")
    wrong = [line.strip().partition(": ")[0] for line in err.splitlines() if line[:2] == "  "]
    assert sorted(wrong) == ["limit.most", "question", "sead"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["works.pik"], "works.pick.v1"),
        (["works.pick", "stray"], "Word 1"),
        (["works.pick", "--count", "none"], "--count takes"),
    ],
)
def test_what_cannot_be_meant_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    code, _, err = _run(capsys, "test", write_package(tmp_path / "works"), *words)
    assert code == ExitCode.USAGE
    assert said in err


FAULTS = {
    "raises": ("heard = []", "heard = [][1]", "works.py:39: IndexError"),
    "draws lots": (
        "line.strip(), meta",
        "str(__import__('random').random()), meta",
        "example 1 was",
    ),
    "loses its place": (
        "return Task(stream=stream()",
        "return Task(stream=lambda resume: stream()",
        "does not go on",
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), FAULTS.values(), ids=FAULTS)
def test_a_recipe_at_fault_is_told_apart_and_placed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    folder = write_package(tmp_path / "works", SOURCE.replace(old, new))
    flags = ["--source", "sample.jsonl", "--question", "Which?"]
    code, _, err = _run(capsys, "test", folder, "works.pick.v1", *flags)
    assert (code, int(ExitCode.RECIPE_AT_FAULT)) == (1, 1)
    assert said in err


def test_a_stream_without_end_and_a_job_are_tried_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_package(tmp_path / "works")
    code, out, _ = _run(capsys, "test", folder, "works.mark", "-n", 3)
    assert (code, out.splitlines()[2]) == (ExitCode.OK, '   3  "text number 2"')
    code, out, _ = _run(capsys, "test", folder, "works.count", "--upto", "2")
    assert (code, out.splitlines()) == (ExitCode.OK, ["1 of 2", "2 of 2", "Done."])


def test_the_group_runs_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "annex.cli.recipes", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert all(verb in done.stdout for verb in ("init", "preview", "test"))
