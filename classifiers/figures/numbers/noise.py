"""Numbers that state no quantity: dates, hours, phones, documents, addresses, labels, prices."""

from __future__ import annotations

import re

_LABELS = (
    "điều|khoản|nghị định|quyết định|thông tư|công văn|công điện|chỉ thị|nghị quyết|luật|quốc lộ|ql|tỉnh lộ"
    "|km|bão số|đề án|hotline|gọi|tổng đài|tài khoản|stk|số nhà|nhà số|ngõ|ngách|công ước|iso|covid|xăng"
)
_SMALL_LABELS = (
    "chương|mục|tổ|đường|phòng|tầng|lô|khóa|lần|hạng|loại|(?<!cung )cấp|nhóm|vùng|quận|phường"
    "|khu|xóm|thôn|lớp|phố|ngã|chợ|trung ương|chương trình|gói|trang|kỳ|bài|phần|tập|ga|bến|block|kỳ họp"
    "|tiêu chí số|dự án|trạm"
)
_LABEL = re.compile(rf"(?:^|[^\w])(?:{_LABELS})(?: số)?[\s:.]*$")
_SMALL_LABEL = re.compile(rf"(?:^|[^\w])(?:{_SMALL_LABELS})(?: số)?[\s:.]*$")
_ORDINAL = re.compile(r"(?:^|\W)thứ\s*$")
_CALENDAR = re.compile(r"(?:^|\W)(?:tháng|quý|ngày|mùng|mồng|rằm|tuần|thế kỷ|thập niên|giờ|lúc)\s*$")
_BARE_NUMBER_OF = re.compile(r"(?<!con)(?<!dân)(?<!tổng)(?<!trong)(?<!trên)(?<!cộng)(?<!đa)(?:^|\W)số\s*$")
_LEVEL = re.compile(r"(?:^|\W)mức(?: độ)?\s*(?:\d\s*(?:,|và|-|–)\s*)*$")
_DATE_CUE = re.compile(
    r"(?:ngày|sáng|trưa|chiều|tối|đêm|hôm|tháng|dịp|mùng|mồng|đến|tới|từ|hết|qua|quý|hôm nay|nay|và|lễ"
    r"|[-–(])\s*$"
)
_DAY_MONTH = re.compile(r"\s*/\s*(\d{1,2})(\s*/\s*\d{2,4})?(?![\d/])")
_MONTH_YEAR = re.compile(r"\s*/\s*(?:19|20)\d\d(?!\d)")
_DOCUMENT = re.compile(r"\s*(?:/\s*(?:\d{2,4}\s*/\s*)?[^\W\d_]|-[^\W\d_]{2,}|:\d)")
_CLOCK = re.compile(r"\s*(?:h(?:\d|\W|$)|giờ|g\d|phút|giây)")
_GENERATION = re.compile(r"[gk](?:\W|$)")
_AGE = re.compile(r"\s*(?:tuổi|sao(?:\W|$)|độ c|°)")
_TIME_SPAN = re.compile(r"\s*(?:ngày|tháng|năm|tuần|quý|thập kỷ|phiên|kỳ)(?:\W|$)")
_YEAR_CUE = re.compile(
    r"(?:năm|năm học|hết|cuối|đầu|giữa|từ|đến|tới|thúc|kết|sổ|giai đoạn|kỳ|so với|[-–])\s*$"
)
_PHONE_START = re.compile(r"(?:1900|1800|\b0\d{1,3})(?:[ .]\d{2,4})*[ .]$")
_PHONE_REST = re.compile(r"[ .]\d{2,4}[ .]\d{2,4}")
_EDITION = re.compile(r"\d\.\d")  # "cách mạng công nghiệp 4.0"
_PRICE = re.compile(
    r"\s*(?:đồng|đ|usd)\s*(?:/|mỗi|một|1)\s*(?:kg|kí|ký|lít|lượng|chỉ|m2|m3|tấn|tạ|yến|bao|hộp|con|chai"
    r"|cân|số|kwh|suất|chiếc|cái|vé|tháng)"
)


def is_noise(lowered: str, cased: str, start: int, end: int) -> bool:
    """Whether the numeral at ``start:end`` is a date, label, phone, document number or the like."""
    before, after, digits = lowered[max(0, start - 40) : start], lowered[end : end + 40], lowered[start:end]
    if start and _glued(cased, start):
        return True
    if _EDITION.fullmatch(digits) and re.search(
        r"(?:cách mạng|công nghiệp|web|phiên bản|thời đại|thời)\s*$", before
    ):
        return True
    if digits[0] == "0" and len(digits) > 2 and digits[1] not in ",.":
        return True
    if (digits.startswith(("1900", "1800")) and _PHONE_REST.match(after)) or _PHONE_START.search(before):
        return True
    if _CLOCK.match(after) or _GENERATION.match(after) or _AGE.match(after) or _TIME_SPAN.match(after):
        return True
    if _DOCUMENT.match(after) or _MONTH_YEAR.match(after) or _is_date(before, after, digits):
        return True
    ratio = re.match(r"\s*(?:/\s*\d|(?:trên|trong)(?: tổng)?(?: số)? \d)", after)
    if not ratio and _ORDINAL.search(before):
        return True
    if not ratio and (_LABEL.search(before) or (len(digits) <= 2 and _SMALL_LABEL.search(before))):
        return True
    if _CALENDAR.search(before) and re.fullmatch(r"(?:[12]?\d|3[01]|0\d)(?:\.\d{1,2})?", digits):
        return True
    if _BARE_NUMBER_OF.search(before):
        return True
    if _LEVEL.search(before) and len(digits) == 1 and not re.match(r"\s*(?:%|triệu|nghìn|tỷ|tỉ)", after):
        return True
    return _is_year(before, after, digits)


def is_date_ahead(lowered: str, start: int) -> bool:
    """Whether words of dates lead to what stands at ``start``: "ngày 9/10"."""
    return bool(_DATE_CUE.search(lowered[max(0, start - 12) : start]))


def is_price(lowered: str, end: int) -> bool:
    """Whether the text after a number and its scale makes it the price of something."""
    return bool(_PRICE.match(lowered, end))


def _glued(cased: str, start: int) -> bool:
    """A numeral fused to capitals ("RON95"), to one letter ("m2") or to punctuation inside a token."""
    previous = cased[start - 1]
    if previous.isalpha():
        run = re.search(r"[^\W\d_]+$", cased[:start][-20:])
        word = run.group() if run else previous
        return len(word) < 2 or not word.islower() or word in ("km", "cm")
    if previous in ".,/:+":
        return start > 1 and cased[start - 2].isalnum() and (previous != "." or cased[start - 2].isdigit())
    return previous in "-–" and start > 1 and cased[start - 2].isalpha()


def _is_date(before: str, after: str, digits: str) -> bool:
    found = _DAY_MONTH.match(after)
    if not found or not digits.isdigit() or not 1 <= int(digits) <= 31 or not 1 <= int(found.group(1)) <= 12:
        return False
    if found.group(2) or _DATE_CUE.search(before):
        return True
    rest = after[found.end() :]
    return not re.match(r"\s+(?:số\s+)?(?:xã|huyện|trường|hộ|thôn|bản|phường|đơn vị|sở|tỉnh)", rest)


def _is_year(before: str, after: str, digits: str) -> bool:
    if not re.fullmatch(r"(?:19|20)\d\d", digits):
        return False
    if re.match(r"\s*(?:%|triệu|nghìn|ngàn|tỷ|tỉ|đồng|ha\W)", after):
        return False
    return (
        bool(_YEAR_CUE.search(before))
        or not re.match(r"\s+[^\W\d_]+", after)
        or bool(re.match(r"\s+(?:của|là|có|đã|đạt|tại|ở|và|với|khép|nhưng|vẫn|còn|toàn|cả)\W", after))
    )
