"""Running totals: one cheap write per save, and what the screens show of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from annex.contract.enums import Verdict
from django.db import connection
from django.utils import timezone

from worker.queue.actions import Completion
from worker.queue.models import Lane

_ADD = """
INSERT INTO worker_queue_tally AS tally (task_id, subject, day, served, accepted, rejected, ignored,
  finished, evaluation_finished, working_ms, today_answers, today_working_ms, unreported)
VALUES (%(task)s, %(subject)s, %(day)s, 0, %(accepted)s, %(rejected)s, %(ignored)s,
  %(finished)s, %(evaluation_finished)s, %(working_ms)s, %(answers)s, %(working_ms)s, true)
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
"""

_RECOUNT = """
UPDATE worker_queue_tally tally
SET accepted = counts.accepted, rejected = counts.rejected, ignored = counts.ignored,
    today_working_ms = greatest(0, counts.working_ms - tally.working_ms)
      + CASE WHEN tally.day = %(day)s THEN tally.today_working_ms ELSE 0 END,
    today_answers = CASE WHEN tally.day = %(day)s THEN tally.today_answers ELSE 0 END,
    working_ms = counts.working_ms, day = %(day)s, unreported = true
FROM (SELECT count(*) FILTER (WHERE verdict = 'accept') AS accepted,
             count(*) FILTER (WHERE verdict = 'reject') AS rejected,
             count(*) FILTER (WHERE verdict = 'ignore') AS ignored,
             coalesce(sum(working_ms), 0) AS working_ms
      FROM worker_store_answer WHERE task_id = %(task)s AND annotator = %(subject)s) counts
WHERE tally.task_id = %(task)s AND tally.subject = %(subject)s
"""

_PROGRESS = """
SELECT coalesce(sum(accepted + rejected + ignored) FILTER (WHERE subject = %(subject)s), 0),
       coalesce(sum(today_answers) FILTER (WHERE subject = %(subject)s AND day = %(day)s), 0),
       coalesce(sum(today_working_ms) FILTER (WHERE subject = %(subject)s AND day = %(day)s), 0),
       coalesce(sum(finished), 0),
       coalesce((SELECT examples FROM worker_queue_queuesize WHERE task_id = %(task)s), 0)
FROM worker_queue_tally WHERE task_id = %(task)s
"""


@dataclass(frozen=True)
class Progress:
    """What an annotator sees: their own answers, and the examples of the task that are done."""

    mine: int
    mine_today: int
    working_seconds_today: int
    answered: int
    examples: int


def count_answer(
    task_id: UUID, subject: UUID, verdict: Verdict, working_ms: int, completion: Completion
) -> None:
    """Add one new answer to its annotator's totals."""
    is_held_back = completion.lane is Lane.EVALUATION
    values = _values(task_id, subject) | {
        "accepted": int(verdict is Verdict.ACCEPT),
        "rejected": int(verdict is Verdict.REJECT),
        "ignored": int(verdict is Verdict.IGNORE),
        "finished": int(completion.finished),
        "evaluation_finished": int(completion.finished and is_held_back),
        "working_ms": working_ms,
        "answers": 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ADD, values)


def recount_answers(task_id: UUID, subject: UUID) -> None:
    """Count an annotator's answers anew, after an edit has changed one of them."""
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT, _values(task_id, subject))


def progress_of(task_id: UUID, subject: UUID) -> Progress:
    """Return how far an annotator and the whole task are; days are UTC."""
    with connection.cursor() as cursor:
        cursor.execute(_PROGRESS, _values(task_id, subject))
        mine, today, working_ms, answered, examples = map(int, cursor.fetchone())
    return Progress(mine, today, working_ms // 1000, answered, examples)


def _values(task_id: UUID, subject: UUID) -> dict[str, UUID | date | int]:
    return {"task": task_id, "subject": subject, "day": timezone.now().date()}
