from __future__ import annotations

import json
import subprocess
import sys

CANARY = "Ada was born in London"

# In a process of its own: configuring logging closes the handlers of whoever runs the tests.
PROGRAM = """
import logging.config, sys
from common.logging import logging_settings
logging.config.dictConfig(logging_settings(as_json=sys.argv[1] == "json"))
import structlog
local = {"text": sys.argv[2] + " in a variable"}
log, library = structlog.get_logger("annex"), logging.getLogger("library")
log.info("saved an answer", job="j-1", text=sys.argv[2], body=sys.argv[2])
try:
    raise ValueError(sys.argv[2])
except ValueError:
    log.exception("failed")
    library.exception("failed too")
"""


def written(form: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, form, CANARY], capture_output=True, text=True, check=True
    )
    return done.stderr


def test_a_key_off_the_list_is_dropped_and_counted() -> None:
    line = json.loads(written("json").splitlines()[0])
    assert (line["event"], line["job"], line["dropped_keys"]) == ("saved an answer", "j-1", 2)


def test_an_exception_is_logged_without_its_message() -> None:
    output = written("json")
    assert CANARY not in output
    for line in map(json.loads, output.splitlines()[1:]):
        assert line["exception_type"] == "builtins.ValueError"
        assert line["frames"] == ["<string>:10 <module>"]


def test_the_terminal_shows_the_exception_but_no_other_text() -> None:
    first, rest = written("terminal").split("\n", 1)
    assert "saved an answer" in first
    assert CANARY not in first
    assert f"ValueError: {CANARY}" in rest
    assert f"{CANARY} in a variable" not in rest
