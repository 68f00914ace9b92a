"""Guessing how a file is to be read."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from worker.store.formats.detect import guess_plan

RUSSIAN = "текст;ответ\nсъешь ещё этих мягких французских булок;да\nвыпей чаю;нет\n" * 20  # noqa: RUF001
GUESSES: list[tuple[bytes, str, dict[str, Any]]] = [
    (b'{"text": "a", "spans": []}\n', "x", {"format": "jsonl", "spans_column": "spans"}),
    (b'\xef\xbb\xbf{"body": "a", "meta": {}}\n', "x", {"text_column": "body", "format": "jsonl"}),
    (b"id,text\n1,a\n2,b\n", "x", {"format": "csv", "text_column": "text", "delimiter": ","}),
    (b"id\tText\n1\ta\n", "x.tsv", {"format": "tsv", "text_column": "Text"}),
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
    guessed = guess_plan(BytesIO(sample), name).model_dump(mode="json")
    assert {key: guessed[key] for key in expected} == expected
