"""Many files as one asset: patterns, and what is imported through one."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from annex.contract.enums import FailureCode
from django.test import Client

from tests.worker.cast import Stage
from tests.worker.store.conftest import Place, address, jsonl, pick_pattern, send
from worker.jobs.context import JobContext
from worker.jobs.errors import JobFailure
from worker.link.models import OutboxEvent
from worker.store import globs
from worker.store.globs import Glob, TooManyFiles, find_files
from worker.store.models import BadRow, Example
from worker.store.roots import BadPath, NotUnderRoot

Run = Callable[..., JobContext]

MATCHES = [
    ("*.jsonl", "a.jsonl", True),
    ("*.jsonl", "sub/a.jsonl", False),
    ("*.jsonl", ".a.jsonl", False),
    (".*", ".a.jsonl", True),
    ("**", "a.jsonl", True),
    ("**", "sub/deep/a.jsonl", True),
    ("**", "sub/.git/a.jsonl", False),
    ("sub/**", "sub/a", True),
    ("sub/**", "submarine/a", False),
    ("**/*.jsonl", "a.jsonl", True),
    ("2026-*/**/*.jsonl", "2026-01/x/y/a.jsonl", True),
    ("2026-*/**/*.jsonl", "2026-01/a.jsonl", True),
    ("2026-*/**/*.jsonl", "2025-01/a.jsonl", False),
    ("**/deep/**/a?.csv", "x/deep/y/deep/z/a1.csv", True),
    ("a[0-2].csv", "a1.csv", True),
    ("a[!0-2].csv", "a1.csv", False),
    ("a[*]b/**", "a*b/c", True),
    ("a[*]b/**", "axb/c", False),
    ("A.csv", "a.csv", False),
    ("*" + "a*" * 60 + "b", "a" * 200, False),
]


@pytest.mark.parametrize(("pattern", "path", "expected"), MATCHES)
def test_a_pattern_matches_as_in_a_shell(pattern: str, path: str, expected: bool) -> None:
    glob = Glob(pattern)
    at = glob.start
    for name in path.split("/"):
        at = glob.after(at, name)
    assert glob.is_whole(at) is expected


def test_files_are_found_in_the_order_of_their_paths(place: Place) -> None:
    for name in ("b/2.jsonl", "a/9.jsonl", "b/1.jsonl", "b.jsonl", "b/x/3.jsonl", "b/.hidden"):
        place.write(name, name)
    assert [file.path for file in find_files("data", "**")] == [
        "a/9.jsonl", "b.jsonl", "b/1.jsonl", "b/2.jsonl", "b/x/3.jsonl",
    ]  # fmt: skip
    assert [(f.path, f.size_bytes) for f in find_files("data", "b/*")] == [
        ("b/1.jsonl", 9), ("b/2.jsonl", 9),
    ]  # fmt: skip


@pytest.mark.parametrize("pattern", ["../**", "/etc/*", "a/../../*", "a\0*"])
def test_no_pattern_leads_out_of_a_root(pattern: str, place: Place) -> None:
    with pytest.raises(BadPath):
        find_files("data", pattern)
    with pytest.raises(NotUnderRoot):
        find_files("other", "**")


def test_too_many_files_are_refused(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        place.write(f"{number}.txt", "x")
    monkeypatch.setattr(globs, "MAX_FILES", 3)
    with pytest.raises(TooManyFiles):
        find_files("data", "*")
    monkeypatch.setattr(globs, "MAX_LOOKED_AT", 3)
    with pytest.raises(TooManyFiles):
        find_files("data", "never")


def test_a_pattern_is_counted_before_it_is_taken(
    place: Place, stage: Stage, developer: Client
) -> None:
    for number in range(30):
        place.write(f"2026/{number:02}.jsonl", jsonl("x"))
    shown = developer.get("/api/roots/data/matches", {"pattern": "2026/*"}).json()
    assert (shown["files"], shown["size_bytes"]) == (30, 30 * 14)
    assert [file["path"] for file in shown["first"]][:2] == ["2026/00.jsonl", "2026/01.jsonl"]
    assert len(shown["first"]) == 20
    for pattern in ("", "x" * 1025, "../*"):
        refused = developer.get("/api/roots/data/matches", {"pattern": pattern})
        assert refused.status_code == 400, pattern


def test_all_files_are_imported_in_order(
    place: Place, stage: Stage, developer: Client, run_import: Run
) -> None:
    place.write("b/1.jsonl", jsonl("three", "four"))
    place.write("a.jsonl", jsonl("one", "two", "one"))
    place.write("c/empty.jsonl", "")
    pick_pattern(developer, stage, "**/*.jsonl")
    shown = developer.get(address(stage.asset)).json()["file"]
    assert (shown["name"], shown["files"], shown["rows"]) == ("**/*.jsonl", 3, 5)
    run_import()
    texts = Example.objects.visible_in([stage.dataset.id]).values_list("text", flat=True)
    assert list(texts) == ["one", "two", "three", "four"]
    told = json.dumps([event.body for event in OutboxEvent.objects.all()])
    assert ".jsonl" not in told


def test_problems_name_their_file(
    place: Place, stage: Stage, developer: Client, run_import: Run
) -> None:
    place.write("a.jsonl", jsonl("one", "two"))
    place.write("b.jsonl", jsonl("three") + "{oops\n")
    pick_pattern(developer, stage, "*.jsonl")
    plan = {"plan": stage.asset.plan}
    previewed = send(developer, "post", address(stage.asset, "/preview"), plan).json()
    assert [(p["file"], p["line"]) for p in previewed["problems"]] == [("b.jsonl", 2)]
    assert [(r["file"], r["line"]) for r in previewed["rows"]] == [
        ("a.jsonl", 1), ("a.jsonl", 2), ("b.jsonl", 1), ("b.jsonl", 2),
    ]  # fmt: skip
    with pytest.raises(JobFailure, match=r"b\.jsonl, line 2"):
        run_import()
    assert list(BadRow.objects.values_list("file", "line")) == [("b.jsonl", 2)]
    listed = developer.get(address(stage.asset, "/problems")).json()["listed"]
    assert (listed[0]["file"], listed[0]["line"]) == ("b.jsonl", 2)
    assert not Example.objects.exists()


def test_each_csv_has_its_own_header(
    place: Place, stage: Stage, developer: Client, run_import: Run
) -> None:
    place.write("a.csv", "id,text\n1,one\n")
    place.write("b.csv", "text,id\ntwo,2\n")
    pick_pattern(developer, stage, "*.csv")
    run_import()
    assert set(Example.objects.values_list("text", flat=True)) == {"one", "two"}


def test_files_that_went_away_fail_the_import(
    place: Place, stage: Stage, developer: Client, run_import: Run
) -> None:
    place.write("a.jsonl", jsonl("one"))
    pick_pattern(developer, stage, "*.jsonl")
    place.remove("a.jsonl")
    with pytest.raises(JobFailure) as raised:
        run_import()
    assert raised.value.code is FailureCode.SOURCE_MISSING


def test_a_pattern_that_finds_nothing_is_refused(
    place: Place, stage: Stage, developer: Client
) -> None:
    place.write("a.jsonl", jsonl("one"))
    for body in ({"root": "data", "pattern": "*.csv"}, {"root": "data"}):
        refused = send(developer, "post", address(stage.asset, "/pick"), body)
        assert refused.status_code == 400
    stage.asset.refresh_from_db()
    assert stage.asset.state == "empty"
