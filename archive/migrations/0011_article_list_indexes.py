"""Indexes that answer counts by day, lists of changed and of gone articles by themselves."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Three indexes."""

    dependencies = [("archive", "0010_search_outage")]
    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["first_seen_at", "published_at"], name="article_days"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["-id", "changed_at"], name="article_changes"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("gone_at__isnull", False)), fields=["-id"], name="article_gone"
            ),
        ),
    ]
