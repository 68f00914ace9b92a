"""Combinations of rules and a model among the kinds of predictors."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("worker_training", "0004_interval"),
    ]

    operations = [
        migrations.AlterField(
            model_name="evaluation",
            name="predictor_kind",
            field=models.CharField(
                choices=[("rules", "rules"), ("model", "model"), ("combined", "combined")],
                max_length=16,
            ),
        ),
    ]
