"""What the audit log's codes are called on the pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

AUDIT_ACTIONS = {
    "signed-in": _("Đăng nhập"),
    "sign-in-failed": _("Đăng nhập không được"),
    "signed-out": _("Đăng xuất"),
    "password": _("Đổi mật khẩu"),
    "downloaded": _("Tải tệp"),
    "evidence": _("Tải bằng chứng"),
    "decided": _("Kết luận dấu hiệu"),
    "topics": _("Sửa chủ đề"),
    "story": _("Sửa chuyện"),
    "register": _("Sửa sổ số liệu"),
    "alert": _("Xử lý cảnh báo"),
    "case": _("Xử lý hồ sơ"),
    "briefing": _("Soạn bản tin tuần"),
    "search": _("Sửa câu tìm đã lưu"),
    "rule": _("Sửa quy tắc"),
    "target": _("Sửa nơi nhận"),
    "setting": _("Đổi thiết lập"),
    "invited": _("Mời người dùng"),
    "joined": _("Nhận lời mời"),
    "role": _("Đổi vai trò"),
    "account": _("Khóa, mở tài khoản"),
    "token": _("Mã truy cập API"),
}
AUDIT_DETAILS = {  # in the order they are read; PostgreSQL keeps another
    "act": _("việc"),
    "signal": _("dấu hiệu"),
    "verdict": _("kết luận"),
    "added": _("thêm"),
    "removed": _("bỏ"),
    "from": _("từ"),
    "to": _("thành"),
    "role": _("vai trò"),
    "value": _("giá trị"),
    "file": _("tệp"),
    "asked": _("điều kiện"),
    "params": _("điều kiện"),
    "version": _("bản"),
    "target": _("nơi nhận"),
    "number": _("số"),
    "other": _("chuyện kia"),
    "what": _("chỗ"),
    "enabled": _("bật"),
    "threshold": _("ngưỡng"),
    "province": _("tỉnh"),
    "reason": _("lý do"),
}
ROLES = {
    "viewer": _("Người xem"),
    "officer": _("Cán bộ"),
    "approver": _("Người duyệt"),
    "admin": _("Quản trị viên"),
}
