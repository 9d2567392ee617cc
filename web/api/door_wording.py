"""What the rooms below refuse with, so that the catalogue has its English; they say it in Vietnamese."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

REFUSALS = (
    _("Cảnh báo này đã có người đóng."),
    _("Cảnh báo này đã đóng."),
    _("Không còn cảnh báo này."),
    _("Vừa có người khác kết luận về dấu hiệu này. Hãy đọc kết luận mới rồi quyết định lại nếu vẫn cần."),
    _("Dấu hiệu này không còn: bài đã được phân loại lại. Hãy xem các dấu hiệu hiện có của bài."),
    _("Hồ sơ này vừa được người khác thay đổi. Hãy xem bản mới bên dưới rồi làm lại nếu vẫn cần."),
    _("Không còn hồ sơ này."),
    _("Hồ sơ đã đóng. Hãy mở lại trước khi sửa."),
    _("Hồ sơ đang tạm dừng. Hãy cho tiếp tục trước khi chuyển bước."),
    _("Hồ sơ chưa giao cho cơ quan nào. Hãy chọn cơ quan ở phần phân công trước."),
    _("Hãy chọn kết quả trước khi đóng hồ sơ."),
    _("Chưa có dự thảo nào. Hãy soạn và lưu văn bản trước."),
    _("Bản dự thảo mới nhất chưa được người thứ hai duyệt."),
    _("Hãy ghi số, ký hiệu của văn bản đã gửi."),
    _("Không có gì khác so với phân công hiện tại."),
    _("Không còn bài báo này trong kho. Hãy mở hồ sơ từ trang của một bài."),
    _("Thời điểm nhận nằm trong tương lai. Hãy xem lại ngày giờ."),
    _("Hãy chọn cơ quan báo chí đã hỏi."),
    _("Cơ quan này không có trong danh sách hiện hành của tỉnh. Hãy chọn cơ quan khác."),
    _("Không có gì để sửa: các chủ đề đã đúng như bạn chọn."),
    _("Một chủ đề vừa được thêm vừa bị bỏ. Hãy chọn một trong hai."),
)
