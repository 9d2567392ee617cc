"""Numbers of a sentence with what they count. Dates, times, plates and numbered names are no quantities."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "mười": 10, "mốt": 1,
}  # fmt: skip
_COUNTABLE = (
    "người|nạn nhân|công nhân|học sinh|sinh viên|em|cháu|bé|trẻ|hộ|nhà|căn|ngôi|con|xe|ô tô|ôtô|tàu|thuyền|"
    "vụ|ca|đối tượng|bị can|bị cáo|nghi can|nghi phạm|cán bộ|chiến sĩ|thuyền viên|ngư dân|hành khách|"
    "du khách|bệnh nhân|thanh niên|phụ nữ|nữ|nam|đứa|mẹ con|vợ chồng|anh em|chị em|xã|huyện|tỉnh|phường|"
    "dự án|doanh nghiệp|công ty|trường|mỏ|máy bay|trực thăng|nhà giáo|nhà khoa học|nhà báo|đại biểu|tấn|tỷ|"
    "tỉ|triệu|nghìn|ngàn|trăm|ha|ngày|tháng|tuần|giờ|lần|tầng|cây|nước|giáo viên|thí sinh|công an|cảnh sát|"
    "lao động|mẫu|điểm|kẻ|tên|bà|ông|thợ|nông dân|tài xế|lái xe|thôn|bản|quả|gian hàng|cô gái|chàng trai|"
    "tiểu thương|khách|nhân viên|vận động viên|cầu thủ|bác sĩ|y tá|kỹ sư|bảo vệ|phóng viên|cụ|thầy giáo|"
    "cô giáo|ki ốt|kiốt|gian|toa|phòng|cửa hàng|trạm|cơ sở|chiếc|sản phẩm|mẫu vật|ngôi mộ|phượt thủ|học trò|"
    "thủy thủ|thuỷ thủ|binh sĩ|phạm nhân|tình nguyện viên|cư dân|trường hợp|gia đình|đơn vị|phương tiện|"
    "lô đất|thửa|thùng|kiện|chuyến|cột điện|phách|bánh|cá thể|thi thể|mét|lượt|suất|phần quà|cây cầu|căn hộ|"
    "đập|bến|chuyên gia|oanh tạc cơ|tiêm kích|cảnh sát viên|đoàn viên"
)
_SCALE = {
    "nghìn": 1e3,
    "ngàn": 1e3,
    "vạn": 1e4,
    "triệu": 1e6,
    "tỷ": 1e9,
    "tỉ": 1e9,
    "chục": 10.0,
    "trăm": 100.0,
}
_NUMBER = re.compile(
    r"(?P<approx>\b(?:gần|hơn|khoảng|trên|dưới|chừng|ngót|tới|cả|hàng|ước|xấp xỉ|không dưới|chưa đầy|"
    r"chưa tới) )?"
    r"(?<![\w.,/:+\-–])"
    r"(?:(?P<digits>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
    rf"|(?P<words>(?:(?:hai|ba|bốn|năm|sáu|bảy|tám|chín) mươi(?: (?:mốt|hai|ba|tư|bốn|lăm|sáu|bảy|tám|"
    rf"chín))?"
    rf"|mười(?: (?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín))?|một|hai|ba|bốn|năm|sáu|bảy|tám|"
    rf"chín)(?= (?:{_COUNTABLE})\b)))"
    r"(?P<scale>(?: ?(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ|chục|trăm)\b(?! phú)){0,2})"
    r"(?P<percent> ?%)?"
)
_AFTER_BAD = re.compile(
    r"\A(?:[/:]\d|-\d{1,2}\b(?!\d)|h\d{0,2}\b|['’]| ?giờ\b| ?phút\b| ?giây\b|[a-zđ]\d|\.\d|,\d|[-–]\s?\d|"
    r"\+\d)"
)
_BEFORE_BAD = re.compile(
    r"(?:\b(?:ngày|tháng|năm|(?<!trong )(?<!tổng )(?<!trên )(?<!con )số|điều|khoản|lớp|khóa|khoá|quận|phường|"
    r"quốc lộ|tỉnh lộ|(?<!con )đường|km|kỳ|(?<!khẩn )(?<!cung )(?<!trợ )(?<!nâng )cấp|báo động|khu|tổ|thôn|"
    r"ấp|đội|lần thứ|thứ|hạng|giải|trang|chương|tầng|phòng|ga|bài|kênh|nghị định|thông tư|mùng|mồng|rằm|u|"
    r"quý|thế kỷ|hè|vụ|bks|biển số|khu phố|khối|tiểu khu|khoảnh|iphone|galaxy|sea games|bậc|mức|f|vòng|cầu|"
    r"top|euro|ron|world cup|đời|size|trung tâm|tòa|nhà|lô|tập|điểm)|[/\-–]|"
    r"\d ?(?:tạ|tấn|km|ha|m|giờ|phút|năm|tháng)) ?\Z"
    r"|(?:\d[.,]|:)\Z"
)
_BEFORE_SUMS = ("mức ", "số ", "giải ", "vụ ", "cấp ", "lớp ", "phòng ", "nhà ", "lô ", "bài ")
_IN_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_THOUSANDS = re.compile(r"\d\.\d{3}\b")
_UNIT = re.compile(r"\A[ ]?((?:k?m[23²³]|[^\W\d_]+)(?:[/ ][^\W\d_]+){0,4})")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a sentence: it stands at ``start``..``end``, ``unit`` holds the words behind it.

    ``low`` and ``high`` bound what the wording allows: "gần 40" is 34 to 40, a rounded number a little
    more on both sides.
    """

    start: int
    end: int
    value: float
    low: float
    high: float
    unit: tuple[str, ...]
    percent: bool
    spelled: bool = False

    def agrees(self, other: Quantity) -> bool:
        """Whether both may be the same number."""
        return self.low <= other.high and other.low <= self.high


def quantities(text: str, *, after_colon: bool = True) -> list[Quantity]:
    """The quantities of a lowered sentence, in order.

    ``after_colon``: also one right behind "…: ", which in a headline may be what somebody says.
    """
    if not text:
        return []
    found = []
    for match in _NUMBER.finditer(text):
        number_start = match.start("digits") if match.group("digits") else match.start("words")
        if not after_colon and text[:number_start].endswith(": "):
            continue
        after = text[match.end() : match.end() + 60]
        # "Cấp 2" is a level, "cấp 26.000 liều" and "mức 38 tỷ đồng" are not.
        large = match.group("scale") or _THOUSANDS.search(match.group())
        is_sum = large and text[:number_start].endswith(_BEFORE_SUMS)
        if match.group("digits") and (
            (_BEFORE_BAD.search(text, max(0, number_start - 16), number_start) and not is_sum)
            or _AFTER_BAD.match(after)
        ):
            continue
        value = _value(match)
        if value is None:
            continue
        unit = _UNIT.match(after)
        words = tuple(unit.group(1).replace("/", " ").split()) if unit else ()
        if not words and not match.group("percent") and not match.group("scale"):
            continue
        low, high = _bounds(value, (match.group("approx") or "").strip(), bool(match.group("percent")))
        found.append(
            Quantity(
                number_start,
                match.end(),
                value,
                low,
                high,
                words,
                bool(match.group("percent")),
                bool(match.group("words")),
            )
        )
    return found


def value_of(digits: str) -> float:
    """The number that is written in digits: "1.234,5" and "1,5", and "1.5" as well."""
    text = digits.replace(".", "") if _IN_THOUSANDS.fullmatch(digits) else digits
    return float(text.replace(",", "."))


def _value(match: re.Match[str]) -> float | None:
    digits = match.group("digits")
    if digits:
        if len(digits) > 18:
            return None
        value = value_of(digits)
    else:
        value = float(_spelled(match.group("words").split()))
    for scale in match.group("scale").split():
        value *= _SCALE[scale]
    return value


def _spelled(words: list[str]) -> int:
    if "mươi" in words:
        rest = words[words.index("mươi") + 1 :]
        return _DIGITS[words[0]] * 10 + (_DIGITS[rest[0]] if rest else 0)
    return sum(_DIGITS[word] for word in words)


def _bounds(value: float, approx: str, percent: bool) -> tuple[float, float]:
    """What the wording allows. A number without a word for "about" is meant as it stands."""
    if approx in {"gần", "ngót", "dưới", "chưa đầy", "chưa tới"}:
        return value * 0.85, value
    if approx in {"hơn", "trên", "không dưới"}:
        return value, value * 1.18
    if approx in {"khoảng", "chừng", "ước", "xấp xỉ"}:
        return value * 0.9, value * 1.1
    rounded = not percent and value >= 100 and value == round(value, -len(str(int(value))) + 2)
    slack = 0.025 if rounded else 0.0
    return value * (1 - slack), value * (1 + slack)
