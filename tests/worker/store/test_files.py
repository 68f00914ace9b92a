"""The folder storage, and guessing how a file is to be read."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from worker.store.files import FileMissing, FileTooLarge, Folder
from worker.store.formats.detect import guess_plan


def test_a_file_is_stored_whole_with_its_digest(tmp_path: Path) -> None:
    files = Folder(tmp_path)
    written = files.put("exports/a.jsonl", BytesIO(b"abc"))
    assert (written.size_bytes, written.sha256[:8]) == (3, "ba7816bf")
    files.put("exports/a.jsonl", BytesIO(b"d"))
    with files.open("exports/a.jsonl") as stream:
        assert stream.read() == b"d"


def test_too_many_bytes_leave_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileTooLarge):
        Folder(tmp_path).put("uploads/a", BytesIO(b"abcd"), max_bytes=3)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_stream_that_breaks_leaves_the_former_file(tmp_path: Path) -> None:
    class Broken(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError("gone")

    files = Folder(tmp_path)
    files.put("uploads/a", BytesIO(b"kept"))
    with pytest.raises(OSError, match="gone"):
        files.put("uploads/a", Broken())
    assert files.path("uploads/a").read_bytes() == b"kept"


@pytest.mark.parametrize(
    "key", ["../a", "/a", "a/../b", "A b", ".hidden", "a//b", "a\0", "", "a\n"]
)
def test_a_key_is_made_of_ids(key: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="key"):
        Folder(tmp_path).put(key, BytesIO(b""))


def test_a_deleted_file_is_missing(tmp_path: Path) -> None:
    files = Folder(tmp_path)
    files.put("uploads/a", BytesIO(b"x"))
    files.delete("uploads/a")
    files.delete("uploads/a")
    with pytest.raises(FileMissing):
        files.path("uploads/a")


RUSSIAN = "текст;ответ\nсъешь ещё этих мягких французских булок;да\nвыпей чаю;нет\n" * 20  # noqa: RUF001
GUESSES: list[tuple[bytes, str, dict[str, Any]]] = [
    (b'{"text": "a", "spans": []}\n', "x", {"format": "jsonl", "spans_column": "spans"}),
    (b'\xef\xbb\xbf{"body": "a", "meta": {}}\n', "x", {"text_column": "body", "format": "jsonl"}),
    (b"id,text\n1,a\n2,b\n", "x", {"format": "csv", "text_column": "text", "delimiter": ","}),
    (b"id\tText\n1\ta\n", "x.tsv", {"format": "csv", "text_column": "Text", "delimiter": "\t"}),
    (b'a;b\n"x;\r\ny";2\n', "x", {"format": "csv", "delimiter": ";"}),
    (b"one\ntwo, three\n", "x.txt", {"format": "txt"}),
    (b"one line\nand another, with a comma\n", "x", {"format": "txt"}),
    ("text\n\u00e9".encode("utf-16"), "x.csv", {"encoding": "utf-16"}),
    (RUSSIAN.encode("cp1251"), "x.csv", {"encoding": "cp1251", "delimiter": ";"}),
    ("a,text\n1,\u65e5\u672c".encode()[:-1], "x.csv", {"encoding": "utf-8"}),
    (b"", "x.txt", {"format": "txt"}),
]


@pytest.mark.parametrize(("sample", "name", "expected"), GUESSES)
def test_a_plan_is_guessed_from_the_first_bytes(
    sample: bytes, name: str, expected: dict[str, Any]
) -> None:
    guessed = guess_plan(sample, name).model_dump(mode="json")
    assert {key: guessed[key] for key in expected} == expected
