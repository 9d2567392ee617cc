"""An index of the few articles that the search engine refused."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """One partial index."""

    dependencies = [("archive", "0011_article_list_indexes")]
    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("index_error", ""), _negated=True), fields=["id"], name="article_refused"
            ),
        ),
    ]
