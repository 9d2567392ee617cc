import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0005_needs_signals")]

    operations = [
        migrations.CreateModel(
            name="StepFailure",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[("classify", "Phân loại"), ("signals", "Đối chiếu")], max_length=20
                    ),
                ),
                ("error", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="step_failures",
                        to="archive.article",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
                "constraints": [
                    models.UniqueConstraint(fields=("article", "step"), name="step_failure_once")
                ],
            },
        ),
    ]
