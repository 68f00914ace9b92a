"""CSV and TSV with a header row. A cell may hold JSON; line ends inside quotes are kept."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from worker.store.formats.delimiters import Quoting
from worker.store.formats.lines import bounded_lines, decoded_stream
from worker.store.formats.rows import Record, RowProblem
from worker.store.plans import Plan

FIELD_LIMIT_CODEPOINTS = 2 * 1024 * 1024
"""The csv module's own limit of 131,072 is below a long document; texts are checked for theirs."""
MAX_LINES_READ_AGAIN = 1_000_000
"""Enough for every honest file, and an end for one in which every line begins a quote."""
TAB = "\t"


def read_csv(
    stream: BinaryIO, plan: Plan, *, delimiter: str | None = None
) -> Iterator[Record | RowProblem]:
    """Yield every record that is not blank; `line` is where the record starts."""
    csv.field_size_limit(FIELD_LIMIT_CODEPOINTS)
    lines = Lines(bounded_lines(decoded_stream(stream, plan.encoding, newline="")))
    header: list[str] | None = None
    for line, cells in _records(lines, delimiter or plan.delimiter, quoted=plan.quoted):
        if isinstance(cells, RowProblem):
            yield cells
        elif header is None:
            header = [name.removeprefix("\ufeff").strip() for name in cells]
        elif cells:
            yield _record_of(line, header, cells)


read_tsv = partial(read_csv, delimiter=TAB)


class Lines:
    """Lines that can be read again from the second line of the present record on.

    A quote that nobody closes would otherwise take the rows behind it along.
    """

    def __init__(self, lines: Iterator[str]) -> None:
        self._fresh = lines
        self._again: deque[str] = deque()
        self._record: list[str] = []
        self._left = MAX_LINES_READ_AGAIN
        self.number = 0

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._fresh)
        self._record.append(line)
        self.number += 1
        return line

    def begin_record(self) -> int:
        """Return the number, from 1, of the line that comes next."""
        self._record.clear()
        return self.number + 1

    def step_back(self) -> None:
        """Let what follows the record's first line come again."""
        later = self._record[1:]
        if len(later) <= self._left:
            self._left -= len(later)
            self.number -= len(later)
            self._again.extendleft(reversed(later))


def _records(
    lines: Lines, delimiter: str, *, quoted: bool
) -> Iterator[tuple[int, list[str] | RowProblem]]:
    quoting: Quoting = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    reader = csv.reader(lines, delimiter=delimiter, strict=True, quoting=quoting)
    while True:
        line = lines.begin_record()
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            lines.step_back()
            yield line, RowProblem(line, "row.bad_csv", f"Not CSV: {error}.")


def _record_of(line: int, header: list[str], cells: list[str]) -> Record | RowProblem:
    if len(cells) != len(header):
        message = f"The row has {len(cells)} cells, the header {len(header)}."
        return RowProblem(line, "row.wrong_width", message)
    return Record(line, dict(zip(header, cells, strict=True)))
