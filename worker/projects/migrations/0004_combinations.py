"""Combinations of rules and a model among the kinds of predictors."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("worker_projects", "0003_blind_tasks"),
    ]

    operations = [
        migrations.AlterField(
            model_name="task",
            name="suggestions_kind",
            field=models.CharField(
                blank=True,
                choices=[("rules", "rules"), ("model", "model"), ("combined", "combined")],
                max_length=16,
            ),
        ),
        migrations.CreateModel(
            name="Combination",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("rules", models.UUIDField()),
                ("model", models.UUIDField()),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="combinations",
                        to="worker_projects.project",
                    ),
                ),
            ],
        ),
    ]
