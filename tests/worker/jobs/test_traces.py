"""A traceback says where in the code, not where on the machine's disk."""

from __future__ import annotations

import json
import traceback
from json import decoder as json_decoder

import pydantic
import pytest

from worker.jobs import process
from worker.jobs.traces import short_path, shorten_paths


@pytest.mark.parametrize(
    ("path", "short"),
    [
        (process.__file__, "worker/jobs/process.py"),
        (__file__, "tests/worker/jobs/test_traces.py"),
        (pydantic.__file__, "pydantic/__init__.py"),
        (json_decoder.__file__, "json/decoder.py"),
        ("/elsewhere/worker/jobs/process.py", "/elsewhere/worker/jobs/process.py"),
        ("<frozen runpy>", "<frozen runpy>"),
    ],
)
def test_a_file_is_named_from_where_code_lies(path: str, short: str) -> None:
    assert short_path(path) == short


def report_of(error: Exception) -> list[str]:
    return shorten_paths("".join(traceback.format_exception(error))).splitlines()


def read_badly() -> None:
    try:
        json.loads("{")
    except ValueError as error:
        raise ValueError(f"bad row in {__file__}, line 3") from error


def test_every_frame_is_short_and_nothing_else_changes() -> None:
    with pytest.raises(ValueError, match="bad row") as caught:
        read_badly()
    lines = report_of(caught.value)
    frames = [line.split('"')[1] for line in lines if line.startswith("  File ")]
    assert set(frames) == {
        "json/__init__.py",
        "json/decoder.py",
        "tests/worker/jobs/test_traces.py",
    }
    assert lines[-1] == f"ValueError: bad row in {__file__}, line 3"


def test_the_frames_of_a_group_are_short_too() -> None:
    with pytest.raises(ExceptionGroup) as caught:
        raise ExceptionGroup("two", [ValueError("one")])
    frames = [line for line in report_of(caught.value) if "File " in line]
    assert frames
    assert all('File "tests/worker/jobs/test_traces.py"' in line for line in frames)
