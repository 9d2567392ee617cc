"""The audit log: who did what and when. Rows are only ever added."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from archive.models.appendonly import AppendOnly


class AuditEntry(AppendOnly):
    """One act of a person, or one failed sign-in (``by`` null).

    person   the account's name when it happened
    subject  what it was done to, in words        page     address of the page that shows it, "" for none
    details  what else is to be known: JSON of texts and numbers, no texts of newspapers, no secrets
    origin   the network address; of sign-ins only
    """

    class Action(models.TextChoices):
        SIGNED_IN = "signed-in", "Đăng nhập"
        SIGN_IN_FAILED = "sign-in-failed", "Đăng nhập không được"
        SIGNED_OUT = "signed-out", "Đăng xuất"
        PASSWORD = "password", "Đổi mật khẩu"
        DOWNLOADED = "downloaded", "Tải tệp"
        EVIDENCE = "evidence", "Tải bằng chứng"
        DECIDED = "decided", "Kết luận dấu hiệu"
        TOPICS = "topics", "Sửa chủ đề"
        STORY = "story", "Sửa chuyện"
        REGISTER = "register", "Sửa sổ số liệu"
        ALERT = "alert", "Xử lý cảnh báo"
        CASE = "case", "Xử lý hồ sơ"
        BRIEFING = "briefing", "Soạn bản tin tuần"
        SEARCH = "search", "Sửa câu tìm đã lưu"
        RULE = "rule", "Sửa quy tắc"
        TARGET = "target", "Sửa nơi nhận"
        SETTING = "setting", "Đổi thiết lập"
        INVITED = "invited", "Mời người dùng"
        JOINED = "joined", "Nhận lời mời"
        ROLE = "role", "Đổi vai trò"
        ACCOUNT = "account", "Khóa, mở tài khoản"
        TOKEN = "token", "Cấp, thu mã truy cập"

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.CharField(max_length=150, blank=True)
    action = models.CharField(max_length=20, choices=Action.choices)
    subject = models.CharField(max_length=300, blank=True)
    page = models.CharField(max_length=300, blank=True)
    details = models.JSONField(default=dict)
    origin = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        default_permissions = ()
        indexes = [
            models.Index(fields=["action", "-at"], name="audit_by_action"),
            models.Index(fields=["by", "-at"], name="audit_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.person} {self.action} {self.subject}"
