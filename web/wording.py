"""What codes of the records are called on the pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from web.audit_wording import AUDIT_ACTIONS as AUDIT_ACTIONS
from web.audit_wording import AUDIT_ASKED as AUDIT_ASKED
from web.audit_wording import AUDIT_BLOCKS as AUDIT_BLOCKS
from web.audit_wording import AUDIT_DETAILS as AUDIT_DETAILS
from web.audit_wording import AUDIT_DUTY as AUDIT_DUTY
from web.audit_wording import AUDIT_TAKEN as AUDIT_TAKEN
from web.audit_wording import ROLES as ROLES
from web.case_wording import CASE_EVENTS as CASE_EVENTS
from web.case_wording import CASE_FORMS as CASE_FORMS
from web.case_wording import CASE_KINDS as CASE_KINDS
from web.case_wording import CASE_MOVES as CASE_MOVES
from web.case_wording import CASE_OUTCOMES as CASE_OUTCOMES
from web.case_wording import CASE_STATES as CASE_STATES
from web.case_wording import DEADLINE_BASIS as DEADLINE_BASIS
from web.case_wording import DEADLINE_STATUS as DEADLINE_STATUS
from web.case_wording import DOCUMENT_FIELDS as DOCUMENT_FIELDS
from web.case_wording import PAUSE_REASONS as PAUSE_REASONS
from web.case_wording import WATCH_STATUS as WATCH_STATUS

STATES = {
    "failing": _("Đang lỗi"),
    "silent": _("Im lặng"),
    "quiet": _("Ít bài"),
    "new": _("Mới theo dõi"),
    "unverified": _("Chưa kiểm chứng"),
    "ok": _("Bình thường"),
}
"""Health of a source, worst first: the order in which an outlet takes the worst of its sources."""

STEPS = {
    "classify": _("Phân loại"),
    "signals": _("Đối chiếu"),
}
KINDS = {
    "newspaper": pgettext_lazy("kind", "Báo"),
    "broadcaster": _("Đài phát thanh - truyền hình"),
    "magazine": _("Tạp chí"),
    "portal": _("Cổng thông tin"),
    "aggregator": _("Trang tổng hợp"),
}
TIERS = {
    "local": _("Báo địa phương"),
    "national": _("Báo trung ương"),
    "aggregator": _("Trang tổng hợp"),
}
SCOPES = {"local": _("Địa phương"), "national": _("Trung ương")}
SOURCE_KINDS = {"feed": _("RSS/Atom"), "sitemap": _("Sơ đồ trang"), "listing": _("Trang mục")}
OUTCOMES = {
    "read": _("Đã đọc"),
    "not-modified": _("Không đổi"),
    "failed": _("Lỗi"),
    "outage": _("Mạng của ta hỏng"),
}
FIELDS = {"title": _("Tiêu đề"), "lead": _("Sapo"), "text": _("Nội dung")}
MATERIAL = {
    "numbers": _("số liệu"),
    "names": _("tên riêng"),
    "negation": _("từ phủ định"),
    "headline": _("tiêu đề"),
}
FINDING_STATUS = {
    "open": _("Cần đối chiếu"),
    "false-alarm": _("Báo động nhầm"),
    "valid-criticism": _("Phê bình hợp lệ"),
    "register-corrected": _("Đính chính sổ số liệu"),
    "needs-reply": _("Cần phản hồi"),
}
SIGNALS = {
    "S1": _("Số liệu khác sổ đăng ký"),
    "S2": _("Tiêu đề không khớp nội dung"),
    "S3": _("Sự việc cũ nêu như mới"),
    "S4": _("Địa danh, đơn vị hành chính không khớp"),
    "S5": _("Cáo buộc chưa thấy dẫn nguồn"),
    "S6": _("Cách viết giật gân"),
    "S7": _("Lời trích hoặc ảnh không khớp"),
    "S8": _("Nội dung đã được cải chính"),
    "S9": _("Các báo nêu khác nhau"),
    "S10": _("Tên cơ quan, chức danh không khớp"),
}
EVIDENCE_KINDS = {
    "register": _("Sổ số liệu"),
    "same-article": _("Chỗ khác trong cùng bài"),
    "article": _("Bài khác"),
    "correction": _("Thông báo cải chính"),
    "gazetteer": _("Danh mục đơn vị hành chính"),
    "roster": _("Danh sách cơ quan, chức danh"),
}
FIGURE_VERDICTS = {
    "agrees": _("khớp"),
    "differs": _("khác nhau"),
    "superseded": _("theo số liệu cũ"),
    "other-period": _("kỳ khác"),
    "other-scope": _("phạm vi khác"),
}
EVIDENCE_FACTS = {
    "verdict": _("So với sổ"),
    "indicator": _("Chỉ tiêu"),
    "stated_value": _("Bài nêu"),
    "register_value": _("Sổ ghi"),
    "rule": _("Cách nhận ra"),
    "unit": _("Đơn vị"),
    "scope": _("Phạm vi"),
    "province": _("Tỉnh"),
}
REGISTER_STATUS = {
    "draft": _("Chờ duyệt"),
    "approved": _("Đã duyệt"),
    "withdrawn": _("Đã rút"),
}
VALIDITY = {
    "now": _("Đang hiệu lực"),
    "past": _("Đã hết hiệu lực"),
    "future": _("Chưa tới hiệu lực"),
}
REGISTER_ACTIONS = {
    "created": _("Lập"),
    "edited": _("Sửa"),
    "approved": _("Duyệt"),
    "withdrawn": _("Rút"),
    "superseded": _("Được thay thế"),
}
MERGERS = {
    "": _("Không phân biệt"),
    "before": _("Trước sáp nhập"),
    "after": _("Sau sáp nhập"),
}
REGISTER_FIELDS = {
    "indicator": _("Chỉ tiêu"),
    "unit": _("Đơn vị"),
    "value": _("Giá trị"),
    "province": _("Mã tỉnh"),
    "as_of": _("Số liệu tính đến"),
    "valid_from": _("Hiệu lực từ"),
    "valid_to": _("Hiệu lực đến"),
    "district": _("Huyện, xã"),
    "scope": _("Phạm vi"),
    "period": _("Kỳ"),
    "merger": _("Địa giới"),
    "quote": _("Nguyên văn"),
    "document": _("Văn bản ban hành"),
    "tolerance": _("Sai số (%)"),
    "aliases": _("Tên gọi khác"),
    "reason": _("Lý do"),
    "status": _("Tình trạng"),
    "superseded_by": _("Thay bằng mục số"),
}
ALERT_STATES = {
    "open": _("Chưa nhận"),
    "acknowledged": _("Đã nhận xử lý"),
    "closed": _("Đã đóng"),
}
ALERT_EVENTS = {
    "fired": _("Phát cảnh báo"),
    "refired": _("Phát lại vì có diễn biến mới"),
    "acknowledged": _("Nhận xử lý"),
    "closed": _("Đóng"),
    "reopened": _("Mở lại"),
    "escalated": _("Chuyển lên người trực tiếp theo"),
    "case": _("Mở hồ sơ"),
    "recovered": _("Đã trở lại bình thường"),
}
SEVERITIES = {
    1: pgettext_lazy("severity", "Thấp"),
    2: pgettext_lazy("severity", "Thường"),
    3: pgettext_lazy("severity", "Cao"),
    4: pgettext_lazy("severity", "Khẩn"),
}
DELIVERY_STATES = {
    "waiting": _("Chờ gửi"),
    "sending": _("Đang gửi"),
    "sent": _("Đã gửi"),
    "failed": _("Sẽ thử lại"),
    "dead": _("Không gửi được"),
}
DELIVERY_KINDS = {
    "first": _("Cảnh báo"),
    "refire": _("Diễn biến mới"),
    "update": _("Tin lan thêm"),
    "state": _("Tình trạng"),
    "escalation": _("Chưa ai nhận"),
    "digest": _("Bản tổng hợp"),
    "notice": _("Bản tin tuần"),
}
BRIEFING_ACTS = {
    "built": _("Lập"),
    "rephrased": _("Viết lại câu"),
    "restored": _("Trả lại câu gốc"),
    "moved": _("Đổi thứ tự"),
    "dropped": _("Bỏ"),
    "kept": _("Lấy lại"),
    "added": _("Thêm ý"),
    "reopened": _("Mở lại để sửa"),
}
IMPORT_ACTS = {
    "new": _("mục mới"),
    "replacement": _("bản thay thế"),
    "changed": _("sửa mục chờ duyệt"),
    "unchanged": _("không đổi"),
}


def signal_name(code: str) -> str:
    """As "S1 Số liệu khác sổ đăng ký"; the code alone when it is no signal of ours."""
    return f"{code} {SIGNALS[code]}" if code in SIGNALS else code


STORY_ACTIONS = {"merged": _("Gộp"), "split": _("Tách"), "apart": _("Giữ riêng")}
SORTS = {
    "relevance": _("Sát nhất"),
    "newest": pgettext_lazy("sort", "Mới nhất"),
    "oldest": pgettext_lazy("sort", "Cũ nhất"),
}

REMEDIES = {
    "dns": _("Tên miền không tìm thấy: kiểm tra địa chỉ, báo có thể đã đổi tên miền."),
    "connection": _(
        "Máy chủ từ chối hoặc ngắt kết nối: thường tự hết; quá một ngày thì mở trang bằng trình duyệt để xem."
    ),
    "timeout": _("Máy chủ trả lời quá chậm: hệ thống tự thử lại với khoảng cách dài hơn."),
    "http-status": _(
        "Máy chủ báo lỗi: kéo dài thì có thể nguồn đã đổi; hãy tìm địa chỉ RSS mới trên trang của báo."
    ),
    "throttled": _("Máy chủ yêu cầu đọc thưa hơn: hệ thống đã giãn khoảng cách đọc, không cần làm gì."),
    "sent-home": _(
        "Địa chỉ chuyển về trang chủ của báo: bài hoặc nguồn có lẽ đã bị gỡ; sẽ hỏi lại trước khi kết luận."
    ),
    "gone": _("Địa chỉ nguồn không còn: hãy tìm địa chỉ mới trên trang của báo và sửa trong hồ sơ tỉnh."),
    "robots": _(
        "robots.txt của báo không cho đọc địa chỉ này: hệ thống tuân theo; hãy chọn nguồn khác hoặc hỏi báo."
    ),
    "address": _("Địa chỉ trỏ vào mạng nội bộ nên bị từ chối: kiểm tra địa chỉ trong hồ sơ tỉnh."),
    "redirects": _("Trang chuyển hướng vòng quanh: hãy mở bằng trình duyệt và lấy địa chỉ cuối cùng."),
    "too-large": _("Nội dung lớn hơn giới hạn: xem lại địa chỉ, hoặc nâng DIEMBAO_MAX_BYTES."),
    "unreadable": _(
        "Nội dung không phải RSS, sơ đồ trang hay trang mục đọc được: địa chỉ có thể đã đổi ý nghĩa."
    ),
}
"""What to do about a failure, by ``crawlers.records.FailureKind``."""
