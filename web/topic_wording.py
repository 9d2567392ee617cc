"""Topics by their names in ``classifiers/topics``, so that the catalogue has their English."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

TOPICS = (
    _("Thiên tai, thời tiết"),
    _("Khoáng sản"),
    _("Môi trường"),
    _("Rừng"),
    _("Đất đai, giải phóng mặt bằng"),
    _("Tham nhũng, lãng phí"),
    _("An ninh trật tự"),
    _("Tai nạn, cháy nổ"),
    _("Y tế, dịch bệnh"),
    _("An toàn thực phẩm, tiêu dùng"),
    _("Giáo dục"),
    _("Nông nghiệp, nông thôn mới"),
    _("Đầu tư, công nghiệp"),
    _("Đầu tư công, hạ tầng"),
    _("Ngân sách, giá cả"),
    _("Cải cách hành chính, chuyển đổi số"),
    _("Tổ chức, cán bộ"),
    _("Khiếu nại, dân sinh"),
    _("Lao động, an sinh"),
    _("Dân tộc, tôn giáo"),
    _("Văn hóa, di sản, du lịch"),
    _("Quốc phòng, biên giới"),
    _("Viễn thông, báo chí"),
)
