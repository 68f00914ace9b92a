from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("worker_projects", "0004_combinations"),
    ]

    operations = [
        migrations.AddField(
            model_name="task",
            name="unsure_first",
            field=models.BooleanField(default=False),
        ),
    ]
