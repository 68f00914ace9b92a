"""Tell the access log who was handed how many examples.

Handing out only moves a tally, which counts `served` anyway. A beat carries what is new into the
log, so that no annotator's request waits for it.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from worker.people.access_log import count_access
from worker.people.models import What
from worker.queue.models import Tally


@transaction.atomic
def note_reads() -> int:
    """Add what was handed out since the last beat; return to how many tallies it belongs."""
    # A tally that is being moved right now is left for the next beat.
    behind = Tally.objects.filter(served__gt=F("reads_noted"))
    moved = list(behind.select_for_update(skip_locked=True).order_by("id"))
    for tally in moved:
        fresh = tally.served - tally.reads_noted
        count_access(What.EXAMPLES_READ, subject=tally.subject, noun=tally.task_id, count=fresh)
        tally.reads_noted = tally.served
    Tally.objects.bulk_update(moved, ["reads_noted"])
    return len(moved)
