r"""A patterns asset: JSON lines, each a label with a phrase, a token pattern or a regex.

{"label": "BRAND", "pattern": "Levi's"}
{"label": "BRAND", "pattern": [{"LOWER": "j"}, {"LOWER": "crew"}]}
{"label": "CODE", "regex": "[A-Z]{2}-\\d+"}
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from worker.predictors.errors import BadPatterns

MAX_LABEL_CODEPOINTS = 200


@dataclass(frozen=True)
class Pattern:
    """One rule: exactly one of `phrase`, `tokens` and `regex` is set. `line` is 1-based."""

    line: int
    label: str
    phrase: str = ""
    tokens: tuple[dict[str, Any], ...] = ()
    regex: re.Pattern[str] | None = None


def parse_patterns(lines: Iterable[str]) -> Iterator[Pattern]:
    """Yield the patterns of a file; blank lines count but say nothing.

    Token patterns are checked for their shape here and by spaCy when they are first used.
    Raises: BadPatterns (customer) with the line.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield parse_pattern(line, number)


def parse_pattern(line: str, number: int) -> Pattern:
    """Read one line. Raises: BadPatterns (customer)."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BadPatterns(f"Line {number} is not JSON.", line=number) from error
    if not isinstance(row, dict):
        raise BadPatterns(f"Line {number} must be an object with label and pattern.", line=number)
    label = row.get("label")
    if not isinstance(label, str) or not 0 < len(label) <= MAX_LABEL_CODEPOINTS:
        raise BadPatterns(f"Line {number} has no label.", line=number, field="label")
    if ("pattern" in row) == ("regex" in row):
        raise BadPatterns(f"Line {number} needs either pattern or regex.", line=number)
    return _regex(row, label, number) if "regex" in row else _pattern(row, label, number)


def _regex(row: dict[str, Any], label: str, number: int) -> Pattern:
    source = row["regex"]
    if not isinstance(source, str) or not source:
        raise BadPatterns(f"Line {number}: regex must be text.", line=number, field="regex")
    try:
        return Pattern(number, label, regex=re.compile(source))
    except re.error as error:
        message = f"Line {number}: the regular expression is wrong: {error}."
        raise BadPatterns(message, line=number, field="regex") from error


def _pattern(row: dict[str, Any], label: str, number: int) -> Pattern:
    pattern = row["pattern"]
    if isinstance(pattern, str) and pattern.strip():
        return Pattern(number, label, phrase=pattern)
    if isinstance(pattern, list) and pattern and all(isinstance(t, dict) for t in pattern):
        return Pattern(number, label, tokens=tuple(pattern))
    message = f"Line {number}: pattern must be a phrase or a list of token descriptions."
    raise BadPatterns(message, line=number, field="pattern")
