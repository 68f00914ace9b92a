"""Trying regular expressions that people wrote, in a process that can be stopped.

Python's `re` can need exponential time and cannot be interrupted from another thread.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence

TRIAL_SECONDS = 3.0
BATCH = 20
"""So many expressions share one process and the time above; usual ones need milliseconds."""

# Runs isolated (-I): no environment, no site packages, nothing but the standard library.
TRIAL = r"""
import json, re, sys
# Runs of one kind of character, ended by one that does not fit, make a regex backtrack most.
runs = [kind * 1000 + end for kind in ("a", "A", "0", " ", "_", "-", ".", "aA", "a ", "a0")
        for end in ("", "\x00")]
for regex in json.load(sys.stdin):
    compiled = re.compile(regex)
    own = "".join(c for c in regex if c.isalnum())[:40]
    for text in (*runs, *((own * 30 + "\x00",) if own else ())):
        for _ in compiled.finditer(text):
            pass
    print("done", flush=True)
"""


def slow_regex(regexes: Sequence[str]) -> int | None:
    """Return the position of the first expression that takes too long, or None.

    Args: regexes: all compile.
    """
    for start in range(0, len(regexes), BATCH):
        done = _tried(regexes[start : start + BATCH])
        if done is not None:
            return start + done
    return None


def _tried(regexes: Sequence[str]) -> int | None:
    command = [sys.executable, "-I", "-S", "-c", TRIAL]
    try:
        subprocess.run(
            command,
            input=json.dumps(list(regexes)).encode(),
            capture_output=True,
            timeout=TRIAL_SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired as expired:
        return (expired.stdout or b"").count(b"done")
    return None
