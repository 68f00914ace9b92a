"""How many statements each endpoint costs; `query_counts.json` is the whole budget.

A change that costs more changes that file, where a reader sees it, and so does a new URL. What an
annotator's hot requests cost when they succeed is in tests/worker/annotate/query_counts.json.
"""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from tests.worker.annotate.test_query_counts import count
from tests.worker.isolation.scene import ROUTES, Scene
from worker.queue.filling import fill_queue

BUDGET: dict[str, int] = json.loads((Path(__file__).parent / "query_counts.json").read_text())
METHODS = ("get", "post", "put")


def bodies(scene: Scene) -> dict[str, Any]:
    """Return bodies of writes that would be refused without one."""
    plan = {"format": "jsonl"}
    example = str(scene.ids["example"])
    answer = {"example": example, "verdict": "accept"}
    return {
        "put answer": answer,
        "post answers": {"answers": [answer | {"id": str(uuid.uuid4())}]},
        "put draft": {"spans": []},
        "put comment": {"text": "Is this a field?"},
        "post extend": {"examples": [example]},
        "post release": {"examples": [example]},
        "post asset-pick": {"root": "files", "path": "none.jsonl"},
        "post asset-preview": {"plan": plan},
        "post asset-confirm": {"plan": plan, "hold_back": 0},
        "put asset-patterns": {"patterns": [{"label": "FIELD", "pattern": "x"}]},
        "put asset-guidelines": {"markdown": "Mark."},
        "post device-logins": {"laptop": "a laptop"},
        "post device-login-token": {"device_code": "never made"},
    }


def costs(scene: Scene, methods: tuple[str, ...]) -> dict[str, int]:
    """Return what each URL costs an owner, by method and name; without those it has not."""
    sent, found = bodies(scene), {}
    for name in sorted(ROUTES, key=lambda name: name == "logout"):  # last: it ends the session
        for method in methods:
            asked = f"{method} {name}"
            send = getattr(scene.people["owner"], method)
            address, body, answers = scene.url(name), sent.get(asked), []
            spent = count(
                lambda: answers.append(send(address, body, content_type="application/json"))  # noqa: B023
            )
            if answers[0].status_code != 405:
                found[asked] = spent
    return found


def test_every_endpoint_stays_within_its_budget(scene: Scene) -> None:
    spent = costs(scene, METHODS)
    assert spent == BUDGET, f"query_counts.json should be:\n{json.dumps(spent, indent=2)}"


def test_no_read_costs_more_with_more_rows(scene: Scene) -> None:
    before = costs(scene, ("get",))
    scene.stage.examples([f"Another text {'x' * n}." for n in range(50)])
    fill_queue(scene.stage.task)
    assert costs(scene, ("get",)) == before
