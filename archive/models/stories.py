"""Stories: one text with all its reprints, the links between articles, and what people decided on them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from archive.models.appendonly import AppendOnly
from archive.models.articles import Article


class Story(models.Model):
    """A text and everything that reprints it; every article belongs to one. Times are of printing.

    A story that was merged into another keeps its row, so that its address still leads there.
    """

    title = models.TextField()  # the origin's
    origin = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField(db_index=True)
    size = models.PositiveIntegerField(default=0)  # articles
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-last_seen", "-id")
        verbose_name_plural = "stories"

    def __str__(self) -> str:
        return self.title


class StoryLink(models.Model):
    """What two articles are to each other, whoever printed first. ``article`` was archived after ``other``.

    ``score``: 0..1, ``details``: what the method measured. ``by``: the person who said so, null: the machine.
    """

    class Kind(models.TextChoices):
        REPRINT = "reprint", "Đăng lại"
        SUGGESTED = "suggested", "Có thể đăng lại"
        FOLLOW_UP = "follow-up", "Cùng sự việc"
        JOINED = "joined", "Người dùng gộp"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="earlier_links")
    other = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="later_links")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    method = models.CharField(max_length=40)
    score = models.FloatField()
    details = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["article", "other"], name="story_link_once"),
            models.CheckConstraint(condition=Q(article__gt=F("other")), name="story_link_order"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.kind} {self.other_id} ({self.score:.2f})"


class StoryApart(models.Model):
    """Two articles that a person took apart (``first`` < ``second``): no machine brings them together."""

    first = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="story_apart_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="story_apart_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


class StoryChange(AppendOnly):
    """One act on stories. ``articles``: the numbers of those that changed their story by it.

    merged  ``other`` went into ``story``     split  ``other`` was made of a part of ``story``
    apart   ``other`` and ``story`` were said to be two
    """

    class Action(models.TextChoices):
        MERGED = "merged", "Gộp"
        SPLIT = "split", "Tách"
        APART = "apart", "Giữ riêng"

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="changes")
    other = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="changes_as_other")
    action = models.CharField(max_length=8, choices=Action.choices)
    articles = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # null: the machine
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.story_id} {self.action} {self.other_id}"


class ArticleSignature(models.Model):
    """The small form by which an article is compared (``classifiers.similarity``), kept for fast starts.

    ``sequence`` rises with every signature written and tells other workers what they have not seen.
    """

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="signature"
    )
    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)  # when the article was first seen
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.article_id} #{self.sequence}"


class StoryTip(models.Model):
    """The last sequence given to a signature, one row (id 1): locked by whoever changes stories."""

    sequence = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"#{self.sequence}"
