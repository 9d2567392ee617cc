"""Whether the text asserts a quantity as a level: changes, plans, hearsay, denials and suppositions do not."""

from __future__ import annotations

import re
from enum import StrEnum

from classifiers.figures.binding import Bound
from classifiers.figures.context import Context
from classifiers.figures.numbers.quantity import Kind

_HEARSAY = re.compile(
    r"(?<!\w)(?:nghe đâu|nghe nói|nghe đồn|hình như|chắc (?:phải|là|cũng|tầm|khoảng)|có lẽ|đồn rằng|không rõ có phải"
    r"|dễ đến|dễ cũng|đâu như|nghe phong thanh|có khi|hẳn là|tin đồn|lời đồn|ai đó nói|áng chừng)(?!\w)"
)
_DENIED = re.compile(
    r"(?<!\w)(?:là không chính xác|không chính xác|không đúng|sai sự thật|bịa đặt|bác bỏ|thất thiệt|xuyên tạc|tin giả"
    r"|không có cơ sở|là nhầm lẫn|là sai|đã rút lại|rút lại con số|gỡ bỏ con số|đưa nhầm|ghi nhầm|viết nhầm)(?!\w)"
)
_NOT_THIS = re.compile(r"(?<!\w)(?:không phải|chứ không phải|chẳng phải|không phải là|thay vì|chứ không)(?: là| con số)?\s*$")
_SUPPOSED = re.compile(r"(?<!\w)(?:nếu|giả sử|giả dụ|giả như|ví dụ|ước gì|thử hình dung|thử tưởng tượng|cứ cho là|phải chi)(?!\w)")
_PLANNED = re.compile(
    r"(?<!\w)(?:đặt kế hoạch|đặt mục tiêu|mục tiêu|kế hoạch(?! thủ tướng)|phấn đấu|chỉ tiêu|dự kiến|hướng tới|kỳ vọng|chỉ tiêu giao"
    r"|được giao|dự toán(?! \w+ đạt)|sẽ|muốn|quyết tâm|cam kết|đề ra|nhắm tới|nhắm đến|đăng ký đạt|tiến tới|dự báo)(?!\w)"
)
_REACHED = re.compile(
    r"(?<!\w)(?:đã đạt|đạt được|vượt (?:kế hoạch|mục tiêu|chỉ tiêu)|so với (?:kế hoạch|mục tiêu|chỉ tiêu)|hoàn thành|đã có|thực tế|thực hiện được|nhưng|song|mới đạt|chỉ đạt|thực hiện đạt)(?!\w)"
)
_CHANGE = re.compile(
    r"(?<!\w)(?:thêm|tăng|giảm|tăng thêm|giảm thêm|tăng được|giảm được|nhích|nhích thêm|bớt|hụt|sụt|tụt|lên thêm|cao hơn|thấp hơn|nhiều hơn"
    r"|ít hơn|thua|hơn|kém|chênh|tăng trưởng|mất thêm|bổ sung|vượt)(?: thêm| tới| đến| gần| hơn| khoảng| chừng| ròng| được| đều)*\s*$"
)
_COMPARED = re.compile(r"^\s*(?:\w+ ){0,4}(?:so với|hơn so với|nữa(?!\w)|so cùng kỳ)")
_SUM = re.compile(r"(?<!\w)(?:cộng cả|cộng lại|cộng dồn|tổng cộng|gộp lại|gộp cả|tính gộp|tính cả|bình quân mỗi|trung bình mỗi|bao gồm cả|hai loại|cả hai)(?!\w)")
_QUESTION = re.compile(r"(?:\?|(?<!\w)(?:bao nhiêu|phải chăng|có đúng|liệu|có thật|có phải)(?!\w))")
_RESTRICTED = re.compile(
    r"(?<!\w)(?:mất liên lạc|hư hỏng|ngừng hoạt động|hỏng|ngừng|thử nghiệm|xây mới|lắp mới|dự kiến|đóng cửa|báo lỗi|bị sự cố|bị cắt"
    r"|đang sửa|xuống cấp|chưa hoạt động|được bổ sung|được nâng cấp|mất sóng|mất điện|bị thu hồi|vi phạm|bị phạt|hết hạn|đang xây|phục vụ hội nghị"
    r"|sửa đổi|bị bãi bỏ|cắt giảm|được cắt|đơn giản hóa|được rút ngắn|mới xây(?! xong)|mới lắp|bãi bỏ|cắt giảm|thay thế|ban hành mới|khởi công|bỏ hoang|tạm dừng|quá tải|chậm hoàn thành"
    r"|đã hủy|bị hủy|mới được cấp|cấp mới|đã về hưu|nghỉ việc|tuyển mới|được tuyển|bị thương|mất tích|ra mắt|được vinh danh|đoạt giải|xuất khẩu được|lên sàn)(?!\w)"
)


class Standing(StrEnum):
    """How a quantity stands in its text."""

    ASSERTED = "asserted"
    PLANNED = "planned"  # counts only as a figure of another year
    PART = "part"  # of a restricted sub-type: "trạm mất liên lạc"
    NOT_ASSERTED = "not-asserted"


def standing(context: Context, bound: Bound) -> Standing:
    """Whether the quantity is claimed as the indicator's level."""
    sentence = context.text(context.sentence)
    before = context.text(context.before_in_sentence)
    clause_before = context.text((context.clause[0], context.quantity.start))
    if _HEARSAY.search(sentence) or _NOT_THIS.search(before):
        return Standing.NOT_ASSERTED
    if _DENIED.search(sentence) and not re.search(r"(?:mà là|thực tế|con số đúng|chính xác là)[^.]*$", before):
        return Standing.NOT_ASSERTED
    if _SUPPOSED.search(before) or (_SUM.search(clause_before) and bound.indicator.kind is Kind.COUNT):
        return Standing.NOT_ASSERTED
    if sentence.rstrip().endswith("?") and _QUESTION.search(before):
        return Standing.NOT_ASSERTED
    if _is_change(context, bound):
        return Standing.NOT_ASSERTED
    if _PLANNED.search(clause_before) and not _REACHED.search(clause_before):
        return Standing.PLANNED
    if _PLANNED.search(before) and not _REACHED.search(before) and context.clause[0] - context.sentence[0] < 60:
        return Standing.PLANNED
    restricted = _RESTRICTED.search(context.text(context.right)) or _RESTRICTED.search(context.text(context.left))
    if restricted and not re.search(re.escape(restricted.group()), bound.indicator.name):
        return Standing.PART
    return Standing.ASSERTED


def _is_change(context: Context, bound: Bound) -> bool:
    """ "tăng 15,9%" and "thêm 4 xã" state no level, unless the indicator is a growth rate."""
    if any(concept.id == "tang-truong" for wording in bound.indicator.wordings for concept in wording):
        return False
    left = context.text((max(context.sentence[0], context.quantity.start - 30), context.quantity.start))
    number = context.quantity
    if _CHANGE.search(left):
        levelled = re.search(r"(?:lên|xuống|còn|đạt|thành|vượt)\s*$", left)
        return not levelled
    return bool(_COMPARED.match(context.text((number.end, context.sentence[1])))) and number.kind is Kind.PERCENT and bool(
        re.search(r"(?:tăng|giảm|bằng)(?: \w+){0,2}\s*$", left)
    )
