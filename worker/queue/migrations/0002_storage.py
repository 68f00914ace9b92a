"""Keep the head of the queue short.

A claimed item leaves the index of open items, but its old entry stays until a vacuum, and every
search for the next example walks over it. So these tables are vacuumed early and often, and pages
keep room for updates in place.
"""

from typing import ClassVar

from django.db import migrations

_EAGER = (
    "autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = {rows}, fillfactor = {fill}"
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("worker_queue", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(
            f"ALTER TABLE {table} SET ({_EAGER.format(rows=rows, fill=fill)})",
            f"ALTER TABLE {table} RESET (autovacuum_vacuum_scale_factor, "
            "autovacuum_vacuum_threshold, fillfactor)",
        )
        for table, rows, fill in (
            ("worker_queue_queueitem", 2000, 80),
            ("worker_queue_lease", 1000, 70),
            ("worker_queue_tally", 500, 50),
        )
    ]
