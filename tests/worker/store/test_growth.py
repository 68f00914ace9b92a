"""What is added to files is imported from where the last import stopped, and nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from annex.contract.enums import FailureCode
from django.test import Client

from tests.worker.cast import Stage
from tests.worker.store.conftest import Place, address, give_file, jsonl, pick_pattern, send
from worker.jobs.context import JobContext
from worker.jobs.errors import JobFailure
from worker.link.models import OutboxEvent
from worker.store.marks import EDGE_BYTES
from worker.store.models import BadRow, Example, ImportedFile, ImportRun

Run = Callable[..., JobContext]


@dataclass
class Growing:
    """A root, an asset of it, and the developer who asks what is new."""

    place: Place
    stage: Stage
    developer: Client
    run: Callable[[], JobContext]

    def start(self, pattern: str, hold_back: int = 0) -> None:
        """Take what the pattern finds, and import it."""
        pick_pattern(self.developer, self.stage, pattern, hold_back)
        self.run()

    def look(self) -> Any:
        return self.developer.get(address(self.stage.asset, "/growth")).json()

    def again(self, *, whole: bool = False) -> Any:
        """Ask for the import; it is the caller's to run."""
        body = {"whole": whole}
        answer = send(self.developer, "post", address(self.stage.asset, "/growth"), body)
        self.stage.asset.refresh_from_db()
        return answer

    def texts(self) -> list[str]:
        found = Example.objects.visible_in([self.stage.dataset.id])
        return list(found.values_list("text", flat=True))


@pytest.fixture
def growing(place: Place, stage: Stage, developer: Client, run_import: Run) -> Growing:
    return Growing(place, stage, developer, run_import)


def test_appended_rows_and_new_files_are_imported(growing: Growing) -> None:
    growing.place.write("a.jsonl", jsonl("one", "two"))
    growing.place.write("b.jsonl", jsonl("three"))
    growing.start("*.jsonl")
    assert growing.look() == {
        "rows": 0, "size_bytes": 0, "new_files": 0, "grown_files": 0,
        "rewritten_files": 0, "rewritten": [],
    }  # fmt: skip
    growing.place.write("a.jsonl", jsonl("one", "two", "four", "one"))
    growing.place.write("c.jsonl", jsonl("five"))
    seen = growing.look()
    assert (seen["rows"], seen["new_files"], seen["grown_files"]) == (3, 1, 1)
    assert seen["size_bytes"] == len(jsonl("four", "one", "five"))
    asked = growing.again().json()
    assert (asked["state"], asked["import_state"], asked["file"]["rows"]) == ("ready", None, 6)
    growing.run()
    assert growing.texts() == ["one", "two", "three", "four", "five"]
    assert ImportRun.objects.latest("started_at").duplicates == 1
    assert growing.developer.get(address(growing.stage.asset)).json()["import_state"] == "visible"
    assert growing.look()["rows"] == 0
    refused = growing.again()
    assert (refused.status_code, refused.json()["code"]) == (409, "asset.nothing_new")


FORMATS = [
    ("x.jsonl", jsonl("one"), jsonl("two"), ["one", "two"]),
    ("x.jsonl", jsonl("one").rstrip(), "\n" + jsonl("two"), ["one", "two"]),
    ("x.txt", "one\n", "two\n", ["one", "two"]),
    ("x.csv", "id,text\n1,one\n", '2,"tw\no"\n', ["one", "tw\no"]),
    ("x.csv", "\ufeffid,text\n1,one\n", "2,two\n", ["one", "two"]),
]


@pytest.mark.parametrize(("name", "before", "added", "expected"), FORMATS)
def test_every_format_of_lines_goes_on_where_it_stopped(
    name: str,
    before: str,
    added: str,
    expected: list[str],
    growing: Growing,
) -> None:
    growing.place.write(name, before)
    growing.start(name)
    growing.place.write(name, before + added)
    assert growing.look()["grown_files"] == 1
    assert growing.again().status_code == 200
    growing.run()
    assert growing.texts() == expected


def test_only_what_was_added_is_read(growing: Growing) -> None:
    before = jsonl(*(f"text {number}" for number in range(20_000)))
    growing.place.write("a.jsonl", before)
    growing.start("a.jsonl")
    growing.place.write("a.jsonl", before + jsonl("new"))
    growing.again()
    growing.run()
    run = ImportRun.objects.latest("started_at")
    assert (run.rows, run.duplicates) == (1, 0)


def test_a_bad_row_that_was_added_is_named_by_its_own_line(growing: Growing) -> None:
    growing.place.write("a.csv", "id,text\n1,one\n2,two\n")
    growing.start("a.csv")
    growing.place.write("a.csv", "id,text\n1,one\n2,two\n3,three\n4\n")
    growing.again()
    with pytest.raises(JobFailure) as raised:
        growing.run()
    assert raised.value.code is FailureCode.BAD_ROWS
    assert list(BadRow.objects.values_list("file", "line")) == [("a.csv", 5)]
    assert growing.texts() == ["one", "two"]
    assert ImportedFile.objects.get().size_bytes == len("id,text\n1,one\n2,two\n")


REWRITTEN = [
    ("shorter", jsonl("one"), jsonl("o")),
    ("the start", jsonl("one", *["x" * 100] * 2000), jsonl("ONE", *["x" * 100] * 2000, "two")),
    ("the end", jsonl(*["x" * 100] * 2000, "one"), jsonl(*["x" * 100] * 2000, "ONE", "two")),
    ("same size", jsonl("one"), jsonl("two")),
    ("a csv that did not end", "id,text\n1,one", "id,text\n1,one\n2,two\n"),
]


@pytest.mark.parametrize(("what", "before", "after"), REWRITTEN)
def test_a_file_that_was_rewritten_is_noticed_and_not_guessed_at(
    what: str,
    before: str,
    after: str,
    growing: Growing,
) -> None:
    assert what == "shorter" or len(after) >= len(before)
    growing.place.write("a", before)
    growing.place.write("b", before)
    growing.start("*")
    former = growing.texts()
    growing.place.write("a", after)
    seen = growing.look()
    assert (seen["rows"], seen["rewritten_files"], seen["rewritten"]) == (0, 1, ["a"])
    assert growing.again().json()["code"] == "asset.nothing_new"
    with pytest.raises(JobFailure) as raised:
        growing.run()
    assert (raised.value.code, raised.value.affected) == (FailureCode.SOURCE_REWRITTEN, 1)
    assert growing.again(whole=True).status_code == 200
    growing.run()
    assert growing.texts()[: len(former)] == former
    assert len(growing.texts()) == len(set(growing.texts()))
    assert growing.look()["rewritten_files"] == 0


def test_what_models_are_measured_on_stays_as_it_is(growing: Growing) -> None:
    before = jsonl(*(f"alpha {'a' * n}" for n in range(1, 9)), "alpha a")
    growing.place.write("a.jsonl", before)
    growing.start("a.jsonl", hold_back=9)
    held = Example.objects.visible_in([growing.stage.evaluation.id])
    kept = list(held.values_list("id", flat=True))
    assert len(kept) == 8  # nine were wished for, and one is there twice
    growing.place.write("a.jsonl", before + jsonl("beta", "ALPHA AA"))
    for whole in (False, True):
        growing.again(whole=whole)
        growing.run()
        assert list(held.all().values_list("id", flat=True)) == kept
        assert growing.texts() == ["beta"]


def test_a_wide_encoding_is_read_whole_again(growing: Growing) -> None:
    growing.place.write("a.txt", "one\n".encode("utf-16"))
    growing.start("a.txt")
    growing.place.write("a.txt", "one\ntwo\n".encode("utf-16"))
    assert growing.look()["rewritten_files"] == 1


def test_importing_once_more_changes_nothing(growing: Growing) -> None:
    growing.place.write("a.jsonl", jsonl("one"))
    growing.start("*.jsonl")
    growing.run()
    assert growing.texts() == ["one"]
    assert ImportRun.objects.latest("started_at").rows == 0


def test_another_file_or_plan_begins_anew(growing: Growing) -> None:
    growing.place.write("a.jsonl", jsonl("one"))
    growing.start("*.jsonl")
    assert ImportedFile.objects.count() == 1
    pick_pattern(growing.developer, growing.stage, "*.jsonl")
    assert not ImportedFile.objects.exists()


def test_what_is_not_imported_cannot_have_grown(growing: Growing) -> None:
    assert growing.look()["code"] == "asset.not_imported"
    give_file(growing.stage, jsonl("one"))
    growing.run()
    assert growing.look()["rows"] == 0
    ImportRun.objects.update(state=ImportRun.State.RUNNING)
    assert growing.again().json()["code"] == "asset.not_imported"


def test_the_control_plane_is_told_numbers_only(growing: Growing) -> None:
    growing.place.write("a.jsonl", jsonl("one"))
    growing.start("*.jsonl")
    growing.place.write("a.jsonl", jsonl("one", "two"))
    growing.again()
    told = OutboxEvent.objects.filter(kind="asset.changed").latest("id").body
    assert (told["state"], told["rows"], told["version"]) == (
        "ready",
        2,
        growing.stage.asset.version,
    )
    assert "jsonl" not in str(told)


def test_the_rewritten_cases_are_long_enough_to_tell_both_ends_apart() -> None:
    assert len(REWRITTEN[1][1]) > 2 * EDGE_BYTES
