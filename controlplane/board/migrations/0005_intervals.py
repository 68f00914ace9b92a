"""Intervals that clusters find by resampling, of scores and of differences."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from controlplane.lib.migrations import TenantTable


class Migration(migrations.Migration):
    """Evaluations that were reported before have no interval."""

    dependencies = [("accounts", "0001_initial"), ("board", "0004_scheme")]

    operations = [
        migrations.AddField("evaluation", "low", models.FloatField(null=True)),
        migrations.AddField("evaluation", "high", models.FloatField(null=True)),
        migrations.CreateModel(
            name="Comparison",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("difference", models.FloatField()),
                ("low", models.FloatField()),
                ("high", models.FloatField()),
                (
                    "organization",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="board.evaluation",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="board.evaluation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "evaluation", "other"),
                        name="board_comparison_once",
                    )
                ],
            },
        ),
        TenantTable(
            "board_comparison",
            {"evaluation_id": "board_evaluation", "other_id": "board_evaluation"},
        ),
    ]
