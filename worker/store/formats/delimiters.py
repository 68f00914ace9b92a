"""Guessing how a table of text parts its cells."""

from __future__ import annotations

import csv
import io
from typing import Literal

DELIMITERS = (",", ";", "\t", "|")
Quoting = Literal[0, 3]
"""Of the csv module: a quote may begin a cell, or is a character like others."""
LOOKED_AT = 20
"""Records."""


def guess_delimiter(text: str) -> str | None:
    """Return the delimiter under which the first records are equally, and most, wide."""
    widths = {delimiter: common_width(text, delimiter) for delimiter in DELIMITERS}
    best = max(widths, key=lambda delimiter: widths[delimiter])
    return best if widths[best] > 1 else None


def has_quotes(text: str, delimiter: str) -> bool:
    """Tell whether a quote begins a quoted cell here; if not, it is a character like others."""
    if '"' not in text or common_width(text, delimiter, strict=True):
        return True
    return not common_width(text, delimiter, quoted=False)


def common_width(text: str, delimiter: str, *, quoted: bool = True, strict: bool = False) -> int:
    """Return how many cells each of the first records has; 0 if they differ or are not CSV."""
    rows = io.StringIO(text, newline="")
    quoting: Quoting = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    records = csv.reader(rows, delimiter=delimiter, quoting=quoting, strict=strict)
    widths: list[int] = []
    try:
        widths.extend(len(c) for _, c in zip(range(LOOKED_AT), records, strict=False) if c)
    except csv.Error:
        # The last record of a sample may be cut off within its quotes.
        if rows.tell() < len(text):
            return 0
    whole = widths[:-1] or widths
    return whole[0] if whole and len(set(whole)) == 1 else 0
