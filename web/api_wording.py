"""What the API's scopes are called on the pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SCOPES = {
    "articles:read": _("đọc bài, chuyện và dấu hiệu"),
    "search:read": _("tìm kiếm"),
    "alerts:read": _("đọc cảnh báo"),
    "alerts:write": _("nhận và đóng cảnh báo"),
    "decisions:write": _("kết luận dấu hiệu"),
    "topics:write": _("sửa chủ đề"),
    "cases:read": _("đọc hồ sơ"),
    "cases:write": _("lập và chuyển hồ sơ"),
    "register:read": _("đọc sổ số liệu"),
    "register:write": _("lập mục chờ duyệt trong sổ số liệu"),
    "sources:read": _("xem tình trạng nguồn tin"),
    "briefings:read": _("đọc và tải bản tin tuần"),
    "exports:read": _("tải về toàn bộ kết quả"),
    "audit:read": _("tải về nhật ký"),
    "webhooks:in": _("nhận tin từ chương trình khác, có ký"),
}
