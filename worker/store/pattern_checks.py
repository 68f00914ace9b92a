r"""Patterns: the rules of a `rules` predictor, one JSON object a line as in Prodigy and spaCy.

{"label": "BRAND", "pattern": "Levi's"}
{"label": "BRAND", "pattern": [{"LOWER": "j"}, {"LOWER": "crew"}]}
{"label": "CODE", "regex": "[A-Z]{2}-\\d+"}
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from common.errors import InvalidRequest
from worker.store.regex_trial import slow_regex
from worker.store.token_patterns import token_pattern_problem

MAX_PATTERNS = 20_000
MAX_REGEXES = 1000
MAX_LISTED_ERRORS = 100
MAX_REGEX_CODEPOINTS = 2000

Pattern = dict[str, Any]
"""`{"label", "pattern": text or token dicts}` or `{"label", "regex": text}`."""


class BadPatterns(InvalidRequest):
    """Some patterns cannot be used; `errors` lists each with its line."""

    code = "patterns.invalid"
    title = "Some patterns cannot be used"
    what_to_do = "Correct the lines listed under errors and save again."


@dataclass(frozen=True)
class PatternProblem:
    """What is wrong with the pattern on a line, counting from 1."""

    line: int
    message: str


def parse_patterns(text: str) -> dict[int, Any]:
    """Read patterns as people paste them, one JSON value a line; blank lines only count.

    Returns: the values by line, counting from 1, not yet checked. Raises: BadPatterns (customer).
    """
    patterns, problems = {}, []
    for line, source in enumerate(text.split("\n"), start=1):
        if not source.strip():
            continue
        try:
            patterns[line] = orjson.loads(source)
        except orjson.JSONDecodeError as error:
            problems.append(PatternProblem(line, f"Not JSON: {error.msg}."))
    refuse_bad(problems)
    return patterns


def check_patterns(patterns: Mapping[int, Any], labels: Collection[str]) -> list[PatternProblem]:
    """Return what is wrong, by line; an empty list when everything can be used."""
    if len(patterns) > MAX_PATTERNS:
        return [PatternProblem(MAX_PATTERNS + 1, f"There are more than {MAX_PATTERNS:,}.")]
    problems = [
        PatternProblem(line, message)
        for line, pattern in patterns.items()
        if (message := pattern_problem(pattern, labels))
    ]
    return problems or _slow_problems(patterns)


def pattern_problem(pattern: Any, labels: Collection[str]) -> str | None:
    """Return what is wrong with one pattern, or None. Does not try how long it takes."""
    if not isinstance(pattern, dict):
        return "A pattern is an object with label and pattern, or label and regex."
    label = pattern.get("label")
    if not isinstance(label, str) or label not in labels:
        return "The label is not in the project's scheme."
    if ("regex" in pattern) == ("pattern" in pattern):
        return "A pattern needs either pattern or regex."
    if "regex" in pattern:
        return regex_problem(pattern["regex"])
    return phrase_or_token_problem(pattern["pattern"])


def regex_problem(regex: Any) -> str | None:
    """Return why a regular expression cannot be used, or None."""
    if not isinstance(regex, str) or not 0 < len(regex) <= MAX_REGEX_CODEPOINTS:
        return f"A regex is a text of at most {MAX_REGEX_CODEPOINTS:,} characters."
    try:
        compiled = re.compile(regex)
    except (re.error, RecursionError, OverflowError) as error:
        return f"Not a regular expression: {error}."
    return "The regex matches the empty text." if compiled.fullmatch("") else None


def phrase_or_token_problem(pattern: Any) -> str | None:
    """Return why a phrase or a list of token dicts cannot be used, or None."""
    if isinstance(pattern, str):
        return None if pattern.strip() else "The phrase is empty."
    if isinstance(pattern, list):
        return token_pattern_problem(pattern)
    return "A pattern is a phrase or a list of token descriptions."


def refuse_bad(problems: Iterable[PatternProblem]) -> None:
    """Raise BadPatterns when there are any problems."""
    found = list(problems)
    if found:
        first = found[0]
        raise BadPatterns(
            f"Line {first.line}: {first.message}",
            line=first.line,
            errors=[
                {"field": f"patterns[{p.line - 1}]", "line": str(p.line), "message": p.message}
                for p in found[:MAX_LISTED_ERRORS]
            ],
        )


def _slow_problems(patterns: Mapping[int, Pattern]) -> list[PatternProblem]:
    """Try the regular expressions, those inside token patterns too, against the worst texts."""
    regexes = [(line, regex) for line, p in patterns.items() for regex in regexes_in(p)]
    if len(regexes) > MAX_REGEXES:
        return [PatternProblem(regexes[MAX_REGEXES][0], f"There are over {MAX_REGEXES} regexes.")]
    slow = slow_regex([regex for _, regex in regexes])
    if slow is None:
        return []
    return [PatternProblem(regexes[slow][0], "The regex takes too long on some texts.")]


def regexes_in(value: Any) -> list[str]:
    """Return every regular expression in a pattern, wherever it stands."""
    if isinstance(value, list):
        return [regex for part in value for regex in regexes_in(part)]
    if not isinstance(value, dict):
        return []
    own = [v for k, v in value.items() if k in {"regex", "REGEX"} and isinstance(v, str)]
    return own + [regex for part in value.values() for regex in regexes_in(part)]
