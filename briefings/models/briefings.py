"""A week's briefing: its frozen inputs, its versions, and what people did with them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from archive.models.appendonly import AppendOnly


class Briefing(models.Model):
    """One week of one province. What it says stands in its versions."""

    province = models.CharField(max_length=80)  # id of the profile
    year = models.PositiveIntegerField()
    week = models.PositiveSmallIntegerField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()  # the cut-off
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-year", "-week", "province")
        default_permissions = ()
        permissions = [
            ("compose_briefing", "Soạn và gửi bản tin tuần"),
            ("approve_briefing", "Duyệt bản tin tuần"),
            ("manage_briefings", "Đặt giờ chốt và phần đầu văn bản của bản tin tuần"),
        ]
        constraints = [models.UniqueConstraint(fields=["province", "year", "week"], name="briefing_once")]

    def __str__(self) -> str:
        return f"{self.province} {self.year}-W{self.week:02d}"


class BriefingInputs(AppendOnly):
    """What versions were made of (``briefings.inputs.Inputs``), and the annex composed of it."""

    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="inputs")
    data = models.JSONField()
    digest = models.CharField(max_length=64)  # SHA-256 of ``data`` in canonical form
    annex = models.JSONField()  # [briefings.content.AnnexRow]
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.briefing_id} {self.digest[:12]}"


class BriefingVersion(AppendOnly):
    """One state of the text (``briefings.content.Content``). Numbers rise by one from 1."""

    class Act(models.TextChoices):
        BUILT = "built", "Lập"
        REPHRASED = "rephrased", "Viết lại câu"
        RESTORED = "restored", "Trả lại câu gốc"
        MOVED = "moved", "Đổi thứ tự"
        DROPPED = "dropped", "Bỏ"
        KEPT = "kept", "Lấy lại"
        ADDED = "added", "Thêm ý"
        REOPENED = "reopened", "Mở lại để sửa"

    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    inputs = models.ForeignKey(BriefingInputs, on_delete=models.PROTECT, related_name="versions")
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    act = models.CharField(max_length=12, choices=Act.choices)
    what = models.CharField(max_length=200, blank=True)  # which block or sentence, or why
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # null: the program
    at = models.DateTimeField()

    class Meta:
        ordering = ("briefing", "number")
        default_permissions = ()
        constraints = [
            # Of two edits made at once, one is refused.
            models.UniqueConstraint(fields=["briefing", "number"], name="briefing_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.briefing_id} #{self.number}"


class Approval(AppendOnly):
    """A second person's yes to a version; it is frozen from then on."""

    version = models.OneToOneField(BriefingVersion, on_delete=models.PROTECT, related_name="approval")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.version_id} {self.at:%Y-%m-%d %H:%M}"


class Sending(AppendOnly):
    """An approved version handed to a target of the alerts room; ``key`` is the message's there."""

    version = models.ForeignKey(BriefingVersion, on_delete=models.PROTECT, related_name="sendings")
    target = models.PositiveBigIntegerField()
    target_name = models.CharField(max_length=200)
    channel = models.CharField(max_length=20)
    key = models.CharField(max_length=250, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        default_permissions = ()

    def __str__(self) -> str:
        return self.key
