"""The console has words for every verb that the audit log can hold."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from annex.contract.enums import LoginOutcome

REPOSITORY = Path(__file__).parents[3]
WORDS = REPOSITORY / "frontend/console/src/features/audit/auditWords.ts"
RECORDERS = {"record", "record_for_cluster"}
COMPUTED = {
    "f'login.{event.outcome.value}'": {f"login.{outcome.value}" for outcome in LoginOutcome}
}


def recorded_verbs() -> Iterator[ast.expr]:
    """Yield the `verb` of every call that writes an audit row."""
    for room in ("controlplane", "api"):
        for source in sorted((REPOSITORY / room).rglob("*.py")):
            for node in ast.walk(ast.parse(source.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RECORDERS:
                    yield next(word.value for word in node.keywords if word.arg == "verb")


def test_the_console_has_words_for_every_verb() -> None:
    written: set[str] = set()
    for verb in recorded_verbs():
        known = isinstance(verb, ast.Constant)
        written |= {str(ast.literal_eval(verb))} if known else COMPUTED[ast.unparse(verb)]
    assert len(written) > len(LoginOutcome)
    told = set(re.findall(r'^  "([a-z_.]+)": "', WORDS.read_text(), re.MULTILINE))
    assert told == written
