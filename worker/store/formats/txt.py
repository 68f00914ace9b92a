"""Plain text: one example a line, blank lines passed over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from worker.store.formats.lines import decoded_lines
from worker.store.formats.rows import Record, RowProblem
from worker.store.plans import Plan


def read_txt(stream: BinaryIO, plan: Plan) -> Iterator[Record | RowProblem]:
    """Yield one record a line, without its line end and otherwise untouched."""
    for number, line in enumerate(decoded_lines(stream, plan.encoding), start=1):
        text = line.removesuffix("\n").removesuffix("\r")
        if text.strip():
            yield Record(number, {plan.text_column: text})
