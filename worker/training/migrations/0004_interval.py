"""How far the overall F of an evaluation can be trusted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Evaluations that were made before have no interval."""

    dependencies = [("worker_training", "0003_predictions")]

    operations = [
        migrations.AddField("evaluation", "low", models.FloatField(null=True)),
        migrations.AddField("evaluation", "high", models.FloatField(null=True)),
    ]
