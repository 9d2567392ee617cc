"""What a step could not do with an article: seen on the sources page and by the doctor."""

from __future__ import annotations

from django.db import models


class StepFailure(models.Model):
    """One step failed on one article and went on without it. Gone as soon as the step succeeds."""

    class Step(models.TextChoices):
        CLASSIFY = "classify", "Phân loại"
        SIGNALS = "signals", "Đối chiếu"

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="step_failures")
    step = models.CharField(max_length=20, choices=Step.choices)
    error = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        constraints = [models.UniqueConstraint(fields=["article", "step"], name="step_failure_once")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.step}: {self.error}"
