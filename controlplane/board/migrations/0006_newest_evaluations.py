"""A page of a project's evaluations is read along an index, however many there are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("board", "0005_intervals")]

    operations = [
        migrations.AddIndex(
            "evaluation",
            models.Index(fields=["project", "-created_at", "id"], name="board_evaluation_newest"),
        ),
    ]
