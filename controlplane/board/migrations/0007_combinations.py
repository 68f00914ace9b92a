"""Rules and a model as one predictor, which evaluations may be of."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from controlplane.lib.migrations import TenantReference, TenantTable

KINDS = [("rules", "rules"), ("model", "model"), ("combined", "combined")]


def _only(column: str, kind: str) -> models.Q:
    columns = ("combination", "model", "rules")
    named = {f"{each}__isnull": each != column for each in columns}
    return models.Q(predictor_kind=kind, **named)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("board", "0006_newest_evaluations"),
        ("projects", "0005_combined_suggestions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Combination",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="combinations",
                        to="projects.project",
                    ),
                ),
                (
                    "rules",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="projects.asset",
                    ),
                ),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="board.trainedmodel",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "name"), name="board_combination_name_once"
                    ),
                    models.UniqueConstraint(
                        fields=("rules", "model"), name="board_combination_once"
                    ),
                ],
            },
        ),
        TenantTable(
            "board_combination",
            {
                "project_id": "projects_project",
                "rules_id": "projects_asset",
                "model_id": "board_trainedmodel",
            },
        ),
        migrations.RemoveConstraint("evaluation", "board_evaluation_one_predictor"),
        migrations.AlterField(
            "evaluation", "predictor_kind", models.CharField(choices=KINDS, max_length=16)
        ),
        migrations.AddField(
            "evaluation",
            "combination",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="board.combination",
            ),
        ),
        TenantReference("board_evaluation", "combination_id", "board_combination"),
        migrations.AddConstraint(
            "evaluation",
            models.CheckConstraint(
                condition=_only("rules", "rules")
                | _only("model", "model")
                | _only("combination", "combined"),
                name="board_evaluation_one_predictor",
            ),
        ),
    ]
