"""Raw pages kept as evidence, in WARC files, chained by SHA-256."""

from __future__ import annotations

from django.db import models


class Snapshot(models.Model):
    """Where one raw answer lies in which WARC file, and its link in the evidence chain.

    ``chain`` is SHA-256 over the previous row's ``chain`` and this row's facts (see
    ``archive.evidence``): an altered, swapped or missing record breaks every link after it.
    """

    sequence = models.PositiveBigIntegerField(unique=True)  # 1, 2, 3 ... without gaps
    url = models.CharField(max_length=2000)
    fetched_at = models.DateTimeField()
    status = models.PositiveIntegerField()
    warc_file = models.CharField(max_length=200)  # relative to the snapshots folder
    warc_offset = models.PositiveBigIntegerField()
    warc_length = models.PositiveBigIntegerField()
    payload_sha256 = models.CharField(max_length=64)  # of the body
    chain = models.CharField(max_length=64)
    article = models.ForeignKey(
        "Article", on_delete=models.SET_NULL, null=True, blank=True, related_name="snapshots"
    )

    class Meta:
        ordering = ("sequence",)

    def __str__(self) -> str:
        return f"#{self.sequence} {self.url}"


class ChainTip(models.Model):
    """The end of the evidence chain, one row (id 1): locked to append, and witness against truncation."""

    sequence = models.PositiveBigIntegerField(default=0)
    chain = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"#{self.sequence} {self.chain[:12]}"
