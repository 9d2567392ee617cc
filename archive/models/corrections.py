"""What officers corrected of an article's topics."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from archive.models.appendonly import AppendOnly
from archive.models.articles import Article, Revision


class TopicCorrection(AppendOnly):
    """Topics that an officer added to an article or took off it; the newest word on a topic holds."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="topic_corrections")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="topic_corrections")
    added = models.JSONField(default=list)  # topic ids
    removed = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.article_id} +{','.join(self.added)} -{','.join(self.removed)}"
