"""Whether a figure is of a part of what the indicator counts: a sub-type, a department, one of many."""

from __future__ import annotations

import re

from classifiers.figures.binding import Bound, is_growth
from classifiers.figures.concepts import plain, word_pattern
from classifiers.figures.context import Context
from classifiers.figures.cues import cue
from classifiers.figures.numbers.quantity import Kind
from classifiers.figures.numbers.words import TO_TEN
from classifiers.figures.places import Area

_DEPARTMENT = re.compile(
    rf"(?<!thái )(?<!tây ){cue('part_lead').pattern}(?: {cue('part_filler').pattern})*\s+"
    r"(?!cấp |(?:có|còn|gồm|đã|là|hơn|gần|khoảng|trên)(?!\w))[^\W\d_]+"
)
_OF_A_TIME_OR_THE_PROVINCE = re.compile(
    r"(?:riêng|trong đó|chỉ riêng)"
    r"(?: năm| quý| tháng| tỉnh| trong năm|,| của (?:tỉnh|toàn tỉnh|địa phương|sở)(?!\w))"
)
_TELLS = "báo cáo|cho biết|cho hay|thống kê|nói|công bố"  # who tells a figure does not own it
_NOT_PART = (
    r"(?!năm|tỉnh|tháng|quý|toàn|cả|trong|về|nửa|\d|giai đoạn|ngày|kỳ|thời gian|(?:sáu|ba|chín) tháng|đến)"
)
_OPENING_PART = re.compile(
    rf"(?:^\s*|[.;:,]\s*)(?:(?:chỉ |tính |nói )?riêng|chỉ (?:tính|kể|xét|nói|đếm)) "
    rf"{_NOT_PART}(?P<part>[^,;:]{{2,45}}),"
)
_SOME = "|".join((r"\d+", *(word for word in TO_TEN if word != "một")))
_SOME_OF_MANY = re.compile(
    rf"(?<!\w)(?:{_SOME}|một số|nhiều|những|hầu hết|vài|không ít) "
    r"(?:chủ đầu tư|xã|phường|huyện|đơn vị|địa phương|sở|ngành|dự án|bệnh viện|trường|công trình|thôn|bản"
    r"|cơ quan|doanh nghiệp|ban quản lý)(?!\w)"
)
_IN_SOME = re.compile(
    rf"(?:^|[,;.])\s*(?:tại|ở) (?:{_SOME}) "
    r"(?:xã|phường|huyện|thị trấn|thôn|bản)(?!\w)[^,;]*(?:,[^,;]*)?$"
)
_ACTOR = re.compile(
    r"(?:^\s*|[.;]\s*)(?P<who>chúng tôi|dự án|một (?:dự án|doanh nghiệp|khu|cơ sở)|khu nghỉ dưỡng|gian hàng"
    r"|ngân hàng|điện lực|sân bay|bảo tàng|cảng|ban quản lý|công ty|tập đoàn|trường|bệnh viện|trung tâm|"
    r"chi nhánh|nhà máy|chủ đầu tư)"
    rf"(?!\w)(?:(?!toàn tỉnh|cả tỉnh|{_TELLS})[^,;:.]){{0,70}}?"
    r"(?<!\w)(?:giải ngân|có|đạt|đón|thiếu|thu|nộp|xuất khẩu|hoàn thành|xây xong|dùng|phục vụ"
    r"|trưng bày|tăng vốn|bị)(?!\w)"
)
_FROM_TO = re.compile(
    r"(?<!\w)từ (?:bậc |cấp |hệ )?(?:mầm non|tiểu học|mẫu giáo)[^,.;:]{0,20} "
    r"(?:đến|tới|lên|cho đến)[^,.;:]{2,20}"
)
_COMPANY = re.compile(
    r"(?<!\w)(?:lợi nhuận (?:trước|sau) thuế|lợi nhuận [^.;]{0,25}\d|cổ phiếu|cổ phần|cổ đông|niêm yết"
    r"|công ty mẹ|công ty con|doanh thu thuần"
    r"|ký quỹ|môi giới|tự doanh|báo cáo tài chính)(?!\w)"
)
_TURNS = re.compile(r"(?<!\w)(?:mà|nhưng|để|nhờ)(?!\w)")
_OF_A_FIRM = re.compile(r"doanh thu|^nộp")
_OF_ALL = re.compile(r"(?<!\w)(?:toàn|cả|các|chung|tổng|ba|bốn|mọi)(?!\w)|[;:]")
_PEOPLE = re.compile(r"học sinh|sinh viên|cao tuổi|đồng bào|dân tộc thiểu số|người (?:mông|thái|dao)")
_NONE = re.compile(r"(?!)")
_SHARED = re.compile(r"giải ngân|thủ tục|dịch vụ công|dvc|hồ sơ|chứng thư|văn bản")  # every office has some
_OFFICE = re.compile(
    r"(?:^|[,.;])\s*(?:sở|chi cục|cục|phòng|ubnd (?:huyện|xã|phường)) "
    rf"(?:(?!{_TELLS}|ngành|đã cấp|,)[^;:.]){{2,60}}$"
)
_OWN_FIELDS = (
    ("giáo dục", "giáo viên|trường"),
    ("y tế", "giường|bảo hiểm y tế"),
    ("tài nguyên", "mỏ|khoáng sản"),
    ("nông nghiệp", "rừng|nông thôn|ocop"),
    ("xây dựng", "nhà ở"),
    ("công thương", "xuất khẩu"),
    ("nội vụ", "hành chính"),
    ("thuế", "thu ngân sách"),
    ("hải quan", "xuất khẩu"),
)
_FIELD_OF = re.compile(rf"{cue('department_lead').pattern} {cue('department').pattern}")


def is_part(context: Context, bound: Bound, area: Area) -> bool:
    """Whether the words beside a bound quantity restrict it more than the register does."""
    name = plain(" ".join((bound.indicator.name, *(a for e in bound.indicator.entries for a in e.aliases))))
    if _is_sub_type(context, bound, name) or _is_of_a_firm(context, name):
        return True
    before = context.text(context.before_in_sentence)
    clause = context.text((context.clause[0], context.quantity.start))
    actor = _ACTOR.search(before.rpartition(";")[2])
    if actor and not _is_said_in(name, actor["who"]):
        return True
    if _SHARED.search(name) and _OFFICE.search(before):
        return True
    if bound.indicator.kind is Kind.PERCENT and (_IN_SOME.search(before) or _SOME_OF_MANY.search(clause)):
        return True
    opening = _OPENING_PART.search(before)
    if opening and not _is_said_in(name, opening["part"]):
        return True
    return _is_of_a_department(clause, name, area)


def _is_sub_type(context: Context, bound: Bound, name: str) -> bool:
    """Whether a sub-type, a branch or a field stands beside the figure that the register does not name."""
    left, right = context.text(context.left)[-60:], context.text(context.right)
    just_right = _TURNS.split(right[:40])[0]
    before = context.text(context.before_in_sentence)[-120:]
    sector = cue("sector") if "doanh thu" in name else _NONE
    for pattern, text in (
        (cue("subtype"), just_right),
        (sector, f"{left} | {just_right}"),
        (sector if is_growth(bound.indicator) else _NONE, before),
        (cue("subtype"), left),
        (_FIELD_OF, f"{left} | {right[:60]}"),
    ):
        for found in pattern.finditer(_FROM_TO.sub(" ", text)):
            if _PEOPLE.fullmatch(found.group()) and not _counts_people(bound):
                continue
            if not _is_said_in(name, found.group()) and not _is_its_field(found, name):
                return True
    return False


def _is_of_a_firm(context: Context, name: str) -> bool:
    """Whether one operator or company is told of."""
    around = f"{context.text(context.left)} | {context.text(context.right)}"
    if cue("operator").search(around) and not cue("whole").search(around):
        return True
    if "doanh thu" in name and _COMPANY.search(context.text(context.sentence)):
        return True
    before = context.text(context.before_in_sentence)
    firm = cue("operator").search(before) if _OF_A_FIRM.search(name) else None
    return firm is not None and not _OF_ALL.search(before[firm.end() :])


def _is_of_a_department(clause: str, name: str, area: Area) -> bool:
    """Whether "riêng ngành ..." or "trong đó ..." leads the figure, and no province or time behind it."""
    part = _DEPARTMENT.search(clause)
    if part is None or part.group().split()[-1] in name.split():
        return False
    own = "|".join(re.escape(plain(name)) for name in area.names) or "(?!)"
    return not (
        re.search(rf"{cue('part_lead').pattern} (?:ở |tại )?(?:tỉnh )?(?:{own})(?!\w)", clause)
        or _OF_A_TIME_OR_THE_PROVINCE.search(clause)
    )


def _is_said_in(name: str, phrase: str) -> bool:
    return word_pattern([phrase]).search(name) is not None


def _counts_people(bound: Bound) -> bool:
    """Whether pupils or old people could be a part of what is counted."""
    if bound.indicator.kind is Kind.PERCENT:
        return not is_growth(bound.indicator)
    return bound.indicator.kind is Kind.COUNT and bool(bound.indicator.heads & {"người", "dân", "lượt", "hộ"})


def _is_its_field(found: re.Match[str], name: str) -> bool:
    """Whether all of the indicator lies in the field that is named: teachers in education."""
    return any(
        re.search(rf"{field}$", found.group()) and re.search(counted, name) for field, counted in _OWN_FIELDS
    )
