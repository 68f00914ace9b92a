"""The one write behind almost every save: answers, leases, slots and totals in a single statement.

A statement is a transaction of its own, so a save is one round trip and one commit, however many
answers it brings. It saves those to examples that the annotator holds and has not answered, which
is the rule; the others leave no trace here and are settled by `worker.annotate.saving`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from common.database.prepared import run_prepared
from worker.queue.tallies import Progress
from worker.store.answers import Decision

# Rows are locked in the order of their examples, so that two saves cannot lock each other out.
_SAVE = """
WITH sent AS (
  SELECT answer.*, example.id AS example_id
  FROM jsonb_to_recordset(%(answers)s::jsonb) AS answer (id uuid, example uuid, last_end bigint,
    verdict text, spans jsonb, choices uuid[], relations jsonb, written text, picked int,
    flagged boolean, note text, working_ms bigint)
  JOIN worker_store_example example ON example.uid = answer.example
  -- Said twice for the planner, which takes the recordset for a hundred rows.
  WHERE example.uid = ANY(%(examples)s::uuid[])
    AND example.dataset_id = ANY(%(datasets)s::uuid[]) AND example.visible
    AND length(example.text) >= answer.last_end
    AND coalesce(answer.picked, -1) < cardinality(example.options)),
mine AS (
  SELECT lease.id FROM worker_queue_lease lease
  WHERE lease.task_id = %(task)s::uuid AND lease.subject = %(subject)s::uuid
    AND lease.example_id IN (SELECT example_id FROM sent)
  ORDER BY lease.example_id FOR UPDATE),
held AS (
  DELETE FROM worker_queue_lease lease USING mine WHERE lease.id = mine.id
  RETURNING lease.example_id),
slot AS (
  SELECT item.id FROM worker_queue_queueitem item
  WHERE item.task_id = %(task)s::uuid AND item.example_id IN (SELECT example_id FROM held)
  ORDER BY item.example_id FOR UPDATE),
item AS (
  UPDATE worker_queue_queueitem item SET missing = item.missing - 1 FROM slot
  WHERE item.id = slot.id AND item.missing > 0
  RETURNING item.example_id, (item.missing = 0)::int AS finished,
    (item.missing = 0 AND item.lane = 'evaluation')::int AS evaluation_finished),
saved AS (
  INSERT INTO worker_store_answer (id, example_id, task_id, annotator, verdict, spans, choices,
    relations, written, picked, flagged, note, version, working_ms, answered_at)
  SELECT sent.id, sent.example_id, %(task)s::uuid, %(subject)s::uuid, sent.verdict, sent.spans,
    sent.choices, sent.relations, sent.written, sent.picked, sent.flagged, sent.note, 1,
    sent.working_ms,
    %(now)s::timestamptz
  FROM sent JOIN item ON item.example_id = sent.example_id
  RETURNING id, example_id, verdict, working_ms),
total AS (
  SELECT count(*) AS answers, coalesce(sum(saved.working_ms), 0) AS working_ms,
    count(*) FILTER (WHERE saved.verdict = 'accept') AS accepted,
    count(*) FILTER (WHERE saved.verdict = 'reject') AS rejected,
    count(*) FILTER (WHERE saved.verdict = 'ignore') AS ignored,
    coalesce(sum(item.finished), 0) AS finished,
    coalesce(sum(item.evaluation_finished), 0) AS evaluation_finished
  FROM saved JOIN item ON item.example_id = saved.example_id),
tally AS (
  INSERT INTO worker_queue_tally AS tally (task_id, subject, day, served, accepted, rejected,
    ignored, finished, evaluation_finished, working_ms, today_answers, today_working_ms, unreported)
  SELECT %(task)s::uuid, %(subject)s::uuid, %(now)s::timestamptz::date, 0, accepted, rejected,
    ignored, finished, evaluation_finished, working_ms, answers, working_ms, true
  FROM total WHERE answers > 0
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
  RETURNING *)
SELECT (SELECT array_agg(id) FROM saved), tally.accepted + tally.rejected + tally.ignored,
  tally.today_answers, tally.today_working_ms / 1000,
  -- The statement does not see what it wrote itself: the others' totals, and the new one of this.
  tally.finished + coalesce((SELECT sum(finished) FROM worker_queue_tally other
    WHERE other.task_id = %(task)s::uuid AND other.subject <> %(subject)s::uuid), 0),
  coalesce((SELECT examples FROM worker_queue_queuesize WHERE task_id = %(task)s::uuid), 0)
FROM tally
"""


@dataclass(frozen=True)
class FirstAnswer:
    """A first answer of the annotator to an example of the task, by the id the client made."""

    id: UUID
    example: UUID
    decision: Decision

    @property
    def last_end(self) -> int:
        """Where the last mark ends, which must be within the text."""
        return max((span["end"] for span in self.decision.spans or ()), default=0)


@dataclass(frozen=True)
class SavedHeld:
    """The ids of the answers that were saved, and how far annotator and task are with them."""

    ids: frozenset[UUID]
    progress: Progress


def save_held(
    task_id: UUID, datasets: list[UUID], subject: UUID, answers: Collection[FirstAnswer]
) -> SavedHeld | None:
    """Save first answers to examples of the datasets that the annotator holds; leave the others.

    Also left is an answer that marks something behind the end of its text, or picks what is not
    among its options.
    Returns: None, with nothing changed, when none is held or the id of one is taken.
    """
    if not answers:
        return None
    values = {
        "task": task_id,
        "datasets": datasets,
        "subject": subject,
        "now": timezone.now(),
        "examples": [answer.example for answer in answers],
        "answers": orjson.dumps([_row_of(answer) for answer in answers]).decode(),
    }
    try:
        return _execute(values)
    except IntegrityError:
        return None


def _row_of(answer: FirstAnswer) -> dict[str, Any]:
    decision = answer.decision
    return {
        "id": answer.id,
        "example": answer.example,
        "last_end": answer.last_end,
        "verdict": decision.verdict.value,
        "spans": decision.spans,
        "choices": decision.choices,
        "relations": decision.relations,
        "written": decision.written,
        "picked": decision.picked,
        "flagged": decision.flagged,
        "note": decision.note,
        "working_ms": decision.working_ms,
    }


def _execute(values: dict[str, Any]) -> SavedHeld | None:
    # Among others in one transaction a refused statement must not spoil the rest.
    if connection.in_atomic_block:
        with transaction.atomic():
            rows = run_prepared(_SAVE, values)
    else:
        rows = run_prepared(_SAVE, values)
    if not rows:
        return None
    ids, *progress = rows[0]
    return SavedHeld(frozenset(ids), Progress(*map(int, progress)))
