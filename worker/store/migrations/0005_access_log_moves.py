from django.db import migrations

# The log lies with the people whose doings it tells; its rows move along.
MOVE = """
INSERT INTO worker_people_accessrow
  (day, what, subject, actor, noun_id, count, detail, first_at, last_at)
SELECT (at AT TIME ZONE 'UTC')::date,
       CASE what WHEN 'export' THEN 'export.downloaded' ELSE 'model.downloaded' END,
       subject, '', noun_id, count, '', at, at
FROM worker_store_accessrow ORDER BY id
"""


class Migration(migrations.Migration):
    dependencies = [("worker_store", "0004_folders"), ("worker_people", "0003_access_log")]

    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.DeleteModel(name="AccessRow"),
    ]
