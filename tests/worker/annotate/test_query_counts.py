"""How many statements a request of an annotator costs; `query_counts.json` is the whole budget.

A change that costs more changes that file, where a reader sees it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connection

from tests.worker.annotate.conftest import join, stage_with

BUDGET: dict[str, int] = json.loads((Path(__file__).parent / "query_counts.json").read_text())
TEXTS = [f"The field number {n} is required." for n in range(40)]


def count(work: Callable[[], Any]) -> int:
    seen: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        work()
    # A test runs in a transaction, which makes savepoints of what would be BEGIN and COMMIT.
    return sum("SAVEPOINT" not in sql for sql in seen)


def test_requests_stay_within_their_budget(db: None) -> None:
    ada = join(stage_with(TEXTS), "Ada")
    examples = [row["id"] for row in ada.batch(size=20)["examples"]]
    answer_id = uuid4()
    ten = [{"id": str(uuid4()), "example": uid, "verdict": "accept"} for uid in examples[5:15]]
    spent = {
        "task": count(lambda: ada.client.get(ada.url())),
        "batch of new examples": count(lambda: ada.batch(holding=examples)),
        "batch after a reload": count(ada.batch),
        "save": count(lambda: ada.save(examples[0], answer_id)),
        "save again": count(lambda: ada.save(examples[0], answer_id)),
        "save ten": count(
            lambda: ada.client.post(
                ada.url("/answers"), {"answers": ten}, content_type="application/json"
            )
        ),
        "keep a draft": count(
            lambda: ada.client.put(
                ada.url(f"/drafts/{examples[1]}"), {"spans": []}, content_type="application/json"
            )
        ),
        "history": count(lambda: ada.client.get(ada.url("/history"))),
    }
    assert spent == BUDGET


def test_more_answers_cost_no_more_statements(db: None) -> None:
    ada = join(stage_with(TEXTS), "Ada")
    examples = [row["id"] for row in ada.batch(size=20)["examples"]]

    def save(uids: list[str]) -> Any:
        answers = [{"id": str(uuid4()), "example": uid, "verdict": "accept"} for uid in uids]
        body = {"answers": answers}
        return ada.client.post(ada.url("/answers"), body, content_type="application/json")

    assert count(lambda: save(examples[:2])) == count(lambda: save(examples[2:20]))
    assert ada.client.get(ada.url()).json()["progress"]["mine"] == 20
