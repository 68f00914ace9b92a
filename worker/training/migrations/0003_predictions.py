"""What was predicted for single examples, beside what is right."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Evaluations that were made before keep their figures only."""

    dependencies = [
        ("worker_store", "0001_initial"),
        ("worker_training", "0002_component"),
    ]

    operations = [
        migrations.CreateModel(
            name="Prediction",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("gold", models.JSONField()),
                ("predicted", models.JSONField()),
                ("refused", models.JSONField(default=list)),
                ("scores", models.JSONField(default=dict)),
                ("right", models.PositiveIntegerField()),
                ("wrong", models.PositiveIntegerField()),
                ("missed", models.PositiveIntegerField()),
                (
                    "evaluation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="predictions",
                        to="worker_training.evaluation",
                    ),
                ),
                (
                    "example",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="worker_store.example",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("evaluation", "example"), name="prediction_once"
                    )
                ],
            },
        ),
    ]
