"""The one write behind almost every save: answer, lease, slot and totals in a single statement.

A statement is a transaction of its own, so a save is one round trip and one commit. It applies
when the annotator holds the example and has not answered it, which is the rule; anything else
leaves no trace here and is settled by `worker.annotate.saving`.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from annex.contract.enums import Verdict
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from worker.store.answers import Decision

_SAVE = """
WITH held AS (
  DELETE FROM worker_queue_lease
  WHERE task_id = %(task)s AND subject = %(subject)s AND example_id = %(example)s RETURNING 1),
item AS (
  UPDATE worker_queue_queueitem SET missing = missing - 1
  WHERE task_id = %(task)s AND example_id = %(example)s AND missing > 0
    AND EXISTS (SELECT FROM held)
  RETURNING (missing = 0)::int AS finished, (lane = 'evaluation')::int AS held_back),
answer AS (
  INSERT INTO worker_store_answer (id, example_id, task_id, annotator, verdict, spans, flagged,
    note, version, working_ms, answered_at)
  SELECT %(answer)s, %(example)s, %(task)s, %(subject)s, %(verdict)s, %(spans)s::jsonb,
    %(flagged)s, %(note)s, 1, %(working_ms)s, %(now)s FROM item RETURNING 1)
INSERT INTO worker_queue_tally AS tally (task_id, subject, day, served, accepted, rejected, ignored,
  finished, evaluation_finished, working_ms, today_answers, today_working_ms, unreported)
SELECT %(task)s, %(subject)s, %(day)s, 0, %(accepted)s, %(rejected)s, %(ignored)s, finished,
  finished * held_back, %(working_ms)s, 1, %(working_ms)s, true FROM item, answer
ON CONFLICT (task_id, subject) DO UPDATE SET
  accepted = tally.accepted + excluded.accepted,
  rejected = tally.rejected + excluded.rejected,
  ignored = tally.ignored + excluded.ignored,
  finished = tally.finished + excluded.finished,
  evaluation_finished = tally.evaluation_finished + excluded.evaluation_finished,
  working_ms = tally.working_ms + excluded.working_ms,
  today_answers = excluded.today_answers
    + CASE WHEN tally.day = excluded.day THEN tally.today_answers ELSE 0 END,
  today_working_ms = excluded.today_working_ms
    + CASE WHEN tally.day = excluded.day THEN tally.today_working_ms ELSE 0 END,
  day = excluded.day, unreported = true
RETURNING 1
"""


def save_held(
    *, answer_id: UUID, task_id: UUID, example_id: int, subject: UUID, decision: Decision
) -> bool:
    """Save a first answer to an example that the annotator holds.

    Returns: False, with nothing changed, when they do not hold it, or the answer's id is taken.
    """
    now = timezone.now()
    values = {
        "answer": answer_id,
        "task": task_id,
        "example": example_id,
        "subject": subject,
        "verdict": decision.verdict.value,
        "spans": json.dumps(decision.spans),
        "flagged": decision.flagged,
        "note": decision.note,
        "working_ms": decision.working_ms,
        "now": now,
        "day": now.date(),
        "accepted": int(decision.verdict is Verdict.ACCEPT),
        "rejected": int(decision.verdict is Verdict.REJECT),
        "ignored": int(decision.verdict is Verdict.IGNORE),
    }
    try:
        return _execute(values)
    except IntegrityError:
        return False


def _execute(values: dict[str, Any]) -> bool:
    # Among others in one transaction a refused statement must not spoil the rest.
    if connection.in_atomic_block:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_SAVE, values)
            return cursor.fetchone() is not None
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, values)
        return cursor.fetchone() is not None
