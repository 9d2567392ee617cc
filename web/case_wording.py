"""What kinds, states, moves and deadlines of cases are called on the pages."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CASE_KINDS = {
    "needs-reply": _("Cần phản hồi"),
    "correction": _("Đề nghị cải chính"),
    "question": _("Câu hỏi báo chí chưa trả lời"),
    "criticism": _("Phê bình cần giải quyết"),
}
CASE_STATES = {
    "received": _("Tiếp nhận"),
    "verifying": _("Xác minh"),
    "assigned": _("Giao cơ quan"),
    "drafting": _("Dự thảo"),
    "approval": _("Duyệt"),
    "replied": _("Đã phản hồi"),
    "correction-requested": _("Đã đề nghị cải chính"),
    "monitoring": _("Theo dõi"),
    "closed": _("Đã đóng"),
}
_CLOSE = _("Đóng hồ sơ")
_VERIFY_AGAIN = _("Xác minh lại")
_FOLLOW = _("Theo dõi tiếp")
_WRITE = _("Soạn văn bản")
CASE_MOVES: dict[tuple[str, str], str | Promise] = {
    ("received", "verifying"): _("Bắt đầu xác minh"),
    ("received", "closed"): _CLOSE,
    ("verifying", "assigned"): _("Giao cơ quan"),
    ("verifying", "drafting"): _WRITE,
    ("verifying", "closed"): _CLOSE,
    ("assigned", "drafting"): _WRITE,
    ("assigned", "monitoring"): _("Theo dõi việc giải quyết"),
    ("assigned", "verifying"): _VERIFY_AGAIN,
    ("drafting", "approval"): _("Trình duyệt"),
    ("drafting", "assigned"): _("Trả lại cơ quan"),
    ("drafting", "verifying"): _VERIFY_AGAIN,
    ("approval", "drafting"): _("Trả lại để sửa"),
    ("approval", "replied"): _("Ghi là đã gửi phản hồi"),
    ("approval", "correction-requested"): _("Ghi là đã gửi đề nghị cải chính"),
    ("replied", "monitoring"): _FOLLOW,
    ("replied", "closed"): _CLOSE,
    ("correction-requested", "monitoring"): _FOLLOW,
    ("correction-requested", "closed"): _CLOSE,
    ("monitoring", "drafting"): _("Soạn văn bản tiếp"),
    ("monitoring", "closed"): _CLOSE,
    ("closed", "verifying"): _("Mở lại hồ sơ"),
}
CASE_OUTCOMES = {
    "answered": _("Đã trả lời"),
    "corrected": _("Báo đã cải chính"),
    "partly-corrected": _("Cải chính một phần"),
    "refused": _("Báo từ chối bằng văn bản, có lý do"),
    "resolved": _("Phê bình đã được giải quyết"),
    "register-corrected": _("Ta sai: đã đính chính số liệu của mình"),
    "no-action": _("Không có gì phải làm"),
}
PAUSE_REASONS = {
    "waiting-agency": _("Chờ cơ quan cung cấp tài liệu"),
    "waiting-outlet": _("Chờ báo làm rõ nội dung"),
    "waiting-higher": _("Chờ ý kiến cấp trên"),
    "disaster": _("Thiên tai, sự cố"),
    "other": _("Lý do khác"),
}
CASE_FORMS = {
    "reply": _("Công văn phản hồi thông tin báo chí"),
    "correction-request": _("Văn bản đề nghị cải chính"),
}
CASE_EVENTS = {
    "opened": _("Mở hồ sơ"),
    "moved": _("Chuyển bước"),
    "assigned": _("Phân công"),
    "due": _("Đặt hạn cấp trên giao"),
    "paused": _("Tạm dừng"),
    "resumed": _("Tiếp tục"),
    "evidence": _("Thêm bài vào hồ sơ"),
    "drafted": _("Lưu dự thảo"),
    "approved": _("Duyệt văn bản"),
    "attached": _("Đính kèm tệp"),
    "noted": _("Ghi chú"),
    "watched": _("Máy thấy khi theo dõi"),
    "judged": _("Kết luận về cải chính"),
}
DEADLINE_STATUS = {
    "running": _("Đang tính"),
    "stopped": _("Đang dừng"),
    "met": _("Đúng hạn"),
    "late": _("Xong, quá hạn"),
    "unknown": _("Chưa có con số"),
    "overdue": _("Quá hạn"),
}
DEADLINE_BASIS = {"statutory": _("Theo pháp luật"), "internal": _("Nội bộ")}
WATCH_STATUS = {
    "waiting": _("Chưa thấy cải chính"),
    "changed": _("Bài đã sửa, chưa thấy cải chính"),
    "looks-corrected": _("Có vẻ đã cải chính, cần người xem"),
    "gone": _("Bài không còn trên trang"),
    "corrected": _("Đã cải chính"),
    "not-corrected": _("Chưa cải chính"),
}
DOCUMENT_FIELDS = {
    "parent": _("Cơ quan chủ quản"),
    "issuer": _("Cơ quan ban hành"),
    "number": _("Số, ký hiệu (để trống khi chưa cấp số)"),
    "place": _("Địa danh"),
    "day": _("Ngày ký (để trống khi chưa ký)"),
    "about": _("Trích yếu"),
    "to": _("Kính gửi (mỗi dòng một nơi)"),
    "body": _("Nội dung (mỗi dòng một đoạn)"),
    "receivers": _("Nơi nhận (mỗi dòng một nơi)"),
    "authority": _("Ký thay, thừa lệnh (như “KT. Giám đốc”)"),
    "signer_title": _("Chức vụ người ký"),
    "signer_name": _("Họ tên người ký"),
}
