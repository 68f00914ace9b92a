"""Tasks that run a recipe of the customer's own."""

import django.db.models.deletion
from django.db import migrations, models

from controlplane.lib.migrations import TenantReference


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0005_combined_suggestions"),
        ("recipes", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="task",
            name="arguments",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="task",
            name="published",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="recipes.recipe",
            ),
        ),
        TenantReference("projects_task", "published_id", "recipes_recipe"),
    ]
