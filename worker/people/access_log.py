"""Writing the cluster's own log of who read, took out or decided what."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from worker.people.models import COUNTED, AccessRow, What

_COUNT = """
INSERT INTO worker_people_accessrow AS log
  (day, what, subject, actor, noun_id, count, detail, by_script, first_at, last_at)
VALUES (%(day)s, %(what)s, %(subject)s, '', %(noun)s, %(count)s, '', %(by_script)s, %(now)s,
  %(now)s)
ON CONFLICT (day, subject, what, noun_id, by_script) WHERE what IN ({counted})
DO UPDATE SET count = log.count + excluded.count, last_at = excluded.last_at
""".format(counted=", ".join(f"'{what.value}'" for what in COUNTED))


def count_access(
    what: What, *, subject: UUID, noun: UUID, count: int = 1, by_script: bool = False
) -> None:
    """Add to today's row of a kind in COUNTED. Effects: one statement."""
    now = timezone.now()
    values: dict[str, date | datetime | str | UUID | int] = {
        "day": now.date(),
        "what": what.value,
        "subject": subject,
        "noun": noun,
        "count": count,
        "by_script": by_script,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)


def note_access(
    what: What,
    *,
    subject: UUID | None = None,
    actor: str = "",
    noun: UUID | None = None,
    count: int = 1,
    detail: str = "",
    by_script: bool = False,
) -> AccessRow:
    """Write a row of its own for what is to be seen one by one.

    Args: subject: who did it in the browser. actor: who did it on the command line.
    """
    now = timezone.now()
    return AccessRow.objects.create(
        day=now.date(),
        what=what.value,
        subject=subject,
        actor=actor[:64],
        noun_id=noun,
        count=count,
        detail=detail,
        by_script=by_script,
        first_at=now,
        last_at=now,
    )


def forget_old_access(*, days: int) -> int:
    """Delete rows older than so many days and return how many there were."""
    oldest = timezone.now().date() - timedelta(days=days)
    deleted, _ = AccessRow.objects.filter(day__lt=oldest).delete()
    return deleted
