"""From the API call that makes a job to its attempt claimed: `python -m benchmarks.claim_delay`.

Real processes of both planes: the console's REST API, the long poll, the link and its claim. The
job scores rules on a few examples. What a peer takes was measured elsewhere, with its own queue.
"""

from __future__ import annotations

import statistics
import sys
import time
from itertools import product
from typing import Any

from benchmarks.figures import Figure, finish
from benchmarks.planes_ground import running_ground
from examples.demo.journey import Journey

TRIES = 5
PEER_SECONDS = 2.5
HIGH_SECONDS = 0.3
UNCLAIMED = frozenset({"queued", "offered"})
ROWS = [
    {"text": f"Set the {name} field.", "spans": [{"start": 8, "end": 12, "label": "FIELD"}]}
    for name in map("".join, product("ABCD", "aeiou", "lm", "na"))  # differing in more than digits
]
RULES = [{"label": "FIELD", "regex": r"\b[A-D][a-z]+\b"}]


def measure(tries: int = TRIES) -> list[float]:
    """Return the seconds of each try, after one that warms everything up."""
    with running_ground("FIELD") as ground:
        job = prepare(ground.journey)
        return [claim_seconds(ground.journey, job) for _ in range(tries + 1)][1:]


def prepare(journey: Journey) -> dict[str, Any]:
    """Bring rows and rules; return the job to make."""
    gold = journey.import_rows("Rows", ROWS, hold_back=20, advance=lambda done, total: None)
    rules = journey.write_rules("Rules", RULES)
    predictor = {"kind": "rules", "id": rules}
    arguments = {"predictor": predictor, "dataset": gold["evaluation_dataset"]}
    return {"recipe": "evaluate.v1", "arguments": arguments}


def claim_seconds(journey: Journey, job: dict[str, Any]) -> float:
    """Make a job and return how long until the cluster has claimed it; then let it end."""
    begun = time.perf_counter()
    made = journey.console.post(journey.path("jobs"), job)
    while journey.console.get(f"jobs/{made['id']}")["state"] in UNCLAIMED:
        time.sleep(0.02)
    took = time.perf_counter() - begun
    journey.follow(lambda row: row["id"] == made["id"], 60, lambda done, total: None)
    return took


def main() -> int:
    """Measure and compare with the peer's figure."""
    median = statistics.median(measure())
    what = "API call to attempt claimed, median"
    beside = Figure(what, median, "s", PEER_SECONDS, "a peer")
    return finish([beside, Figure(what, median, "s", high=HIGH_SECONDS)])


if __name__ == "__main__":
    sys.exit(main())
