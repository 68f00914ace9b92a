"""Combinations of rules and a model among the kinds of predictors."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0004_blind_tasks"),
    ]

    operations = [
        migrations.AlterField(
            model_name="task",
            name="suggestions_kind",
            field=models.CharField(
                blank=True,
                choices=[("rules", "rules"), ("model", "model"), ("combined", "combined")],
                default="",
                max_length=16,
            ),
        ),
    ]
