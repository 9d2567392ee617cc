"""Slots of one word for another of its kind: roles, and words that mean the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.signals.headline.slots.slot import Place, Slot, best_place, masked
from classifiers.signals.headline.slots.stance import DENIED, HEDGED, denied, hedged
from classifiers.signals.reading import Reading

ROLE_FEATURES = ("parts told", "at the beginning")
OPPOSITE_FEATURES = ("hedged", "several words")
MOST = 8
AT_START = 3
"""Characters of a title within which a name or a role stands at its beginning."""


def _any_of(words: str) -> re.Pattern[str]:
    """Whole words, the longest first."""
    return re.compile(rf"\b(?:{'|'.join(sorted(words.split('|'), key=len, reverse=True))})\b")


_ROLES = tuple(
    _any_of(group)
    for group in (
        "tài xế|lái xe|phụ xe|hành khách|nhân viên|bảo vệ|chủ xe",
        "giám đốc|phó giám đốc|chủ tịch|phó chủ tịch|bí thư|phó bí thư|trưởng phòng|phó trưởng phòng|"
        "hiệu trưởng|phó hiệu trưởng|hiệu phó|kế toán|thủ quỹ|trưởng thôn|chánh văn phòng|bộ trưởng|"
        "thứ trưởng|thủ tướng|chủ tịch nước|chủ tịch quốc hội|tổng thống|chánh thanh tra|cục trưởng|"
        "chi cục trưởng|hạt trưởng|trưởng ban|trưởng công an|cán bộ địa chính|tổ trưởng|trưởng xóm|"
        "trưởng bản",
        "công an|thanh tra|viện kiểm sát|tòa án|kiểm toán|hải quan|quản lý thị trường|biên phòng|kiểm lâm|"
        "bộ đội|cảnh sát",
        "học sinh|giáo viên|sinh viên|công nhân|nông dân|bác sĩ|y tá|điều dưỡng|hộ sinh|phóng viên|ngư dân|"
        "thợ hồ|thợ điện|thợ hàn|thợ lặn|thợ xây|du khách|tiểu thương|cô giáo|thầy giáo",
        "vợ|chồng|mẹ|bố|cha|con trai|con gái|anh trai|em trai|chị gái|em gái|ông nội|bà nội|ông ngoại|"
        "bà ngoại|cháu nội|mẹ kế|cha dượng|bố dượng",
        "nam sinh|nữ sinh",
        "bé trai|bé gái",
        "nam thanh niên|thiếu nữ|cô gái|thanh niên|phụ nữ|cụ ông|cụ bà|đàn ông|chàng trai",
        "bộ y tế|bộ công an|bộ giáo dục|bộ gd&đt|bộ xây dựng|bộ tài chính|bộ công thương|bộ gtvt|"
        "bộ nông nghiệp|bộ quốc phòng|bộ ngoại giao|bộ nội vụ|bộ tư pháp|bộ văn hóa|bộ vhttdl|bộ tn&mt|"
        "bộ kh&đt",
        "sở y tế|sở xây dựng|sở tài chính|sở nông nghiệp|sở công thương|sở giáo dục|sở nội vụ|sở tư pháp|"
        "sở văn hóa|sở khoa học|sở ngoại vụ|sở giao thông|sở tài nguyên|sở gd&đt|sở gtvt",
    )
)
_ALSO_CALLED = {
    word: _any_of(others)
    for word, others in {
        "tài xế": "lái xe|bác tài|người lái|cầm lái|điều khiển",
        "lái xe": "tài xế|người lái|bác tài|cầm lái|điều khiển",
        "phụ xe": "lơ xe",
        "bố": "cha|ba|bố mẹ|phụ huynh",
        "cha": "bố|ba|phụ huynh",
        "mẹ": "má|phụ huynh|bà",
        "thiếu nữ": "cô gái|nữ|em gái",
        "cô gái": "thiếu nữ|nữ|chị|cô",
        "chàng trai": "nam|thanh niên|anh",
        "thanh niên": "nam|chàng|anh|sinh năm",
        "nam thanh niên": "thanh niên|anh|nam",
        "phụ nữ": "chị|bà|cô|nữ",
        "đàn ông": "ông|anh|nam",
        "cụ ông": "ông|cụ",
        "cụ bà": "bà|cụ",
        "vợ": "bà|chị",
        "chồng": "anh|ông",
        "nam sinh": "em|học sinh|sinh viên",
        "nữ sinh": "em|học sinh|sinh viên",
        "bé trai": "cháu|con trai|bé",
        "bé gái": "cháu|con gái|bé",
        "giáo viên": "cô giáo|thầy|cô",
        "cô giáo": "giáo viên|cô",
        "thầy giáo": "giáo viên|thầy",
        "học sinh": "em|nam sinh|nữ sinh|học trò|lớp",
        "sinh viên": "nữ sinh|nam sinh|đại học",
        "công an": "cảnh sát|csgt|điều tra",
        "cảnh sát": "công an|csgt|csđt",
        "bác sĩ": "bác sỹ|bs",
        "con trai": "con|cháu",
        "con gái": "con|cháu",
        "tòa án": "tòa|tand|hđxx",
        "du khách": "khách",
        "tiểu thương": "chủ|hộ kinh doanh|người bán",
        "nông dân": "người dân|hộ|bà con",
        "ngư dân": "thuyền viên|ngư|người dân",
    }.items()
}


def roles(target: Reading) -> Iterator[Slot]:
    """A driver in the title, and only his assistant in the text."""
    title = target.title.text
    for kinds in _ROLES:
        for match in kinds.finditer(title):
            role = match.group()
            if role in target.body or (role in _ALSO_CALLED and _ALSO_CALLED[role].search(target.body)):
                continue
            rivals: dict[str, list[Place]] = {}
            for sentence in target.sentences:
                for other in kinds.finditer(sentence.text):
                    if other.group() not in title:
                        rivals.setdefault(other.group(), []).append(
                            Place(sentence, other.start(), other.end())
                        )
            if not rivals:
                continue
            looked = [
                best_place(target, match.start(), match.end(), places[:4], len(rivals), len(places))
                for places in rivals.values()
            ]
            place, features = max(looked, key=lambda found: found[1][0] + found[1][1])
            parts = role.split()
            more = (
                sum(part in target.vocabulary for part in parts) / len(parts),
                float(match.start() < AT_START),
            )
            yield Slot(
                "role", match.start(), match.end(), place.sentence, place.start, place.end, features + more
            )


_OPPOSITES = tuple(
    (re.compile(rf"\b(?:{ours})\b"), re.compile(rf"\b(?:{theirs})\b"))
    for ours, theirs in (
        ("tăng", "giảm|hạ|sụt"),
        ("giảm", r"tăng|gấp [\d,]+ lần|gấp (?:đôi|rưỡi|ba)"),
        ("thắng|đánh bại", "thua|thất bại|để thua"),
        ("thua|thất bại", "thắng|chiến thắng"),
        ("mở cửa", "đóng cửa"),
        ("đóng cửa", "mở cửa|hoạt động (?:bình thường|trở lại)"),
        ("lãi", "lỗ"),
        ("lỗ", "lãi"),
        ("cho phép|được phép", "cấm|không cho|chưa cho|không đồng ý|không cho phép"),
        ("cấm", "cho phép|được phép"),
        ("đồng ý|chấp thuận|ủng hộ", "từ chối|phản đối|bác|không đồng ý"),
        ("từ chối|phản đối|bác", "đồng ý|chấp thuận|ủng hộ"),
        ("khởi công|động thổ", "khánh thành|hoàn thành"),
        (
            "khánh thành|thông xe|hoàn thành|đưa vào sử dụng",
            "khởi công|động thổ|đang thi công|mới (?:đưa|hoàn thành|thông)|dự kiến|chậm tiến độ",
        ),
        ("khen|khen ngợi", "chê|phê bình|chỉ trích"),
        ("vượt", "thấp hơn|chưa đạt|dưới|không đạt"),
        ("thiếu", "thừa|dư|đủ"),
        ("sớm", "muộn|chậm"),
        ("chậm|muộn", "sớm|đúng"),
        (
            "tử vong|chết|thiệt mạng|tử nạn",
            "bị thương|trọng thương|nguy kịch|nhập viện|cấp cứu|thoát chết|hôn mê",
        ),
        ("bị thương(?! vong)|trọng thương", "tử vong|chết|thiệt mạng|tử nạn"),
        ("mất tích", "tìm thấy|tử vong"),
        ("sống sót|thoát chết|thoát nạn|cứu sống", "tử vong|thiệt mạng|chết"),
        (
            "bắt giữ|bắt được|bắt giam|sa lưới|bắt(?! đầu| tay| buộc| nguồn| gặp| kịp| cóc| nạt| mắt)",
            "triệu tập|truy tìm|truy bắt|lẩn trốn|bỏ trốn|mời",
        ),
        ("khởi tố", "xử phạt|phạt|điều tra|xác minh|kiểm tra|làm rõ"),
        (
            "cách chức|sa thải|buộc thôi việc",
            "khiển trách|cảnh cáo|đình chỉ|kiểm điểm|nhắc nhở|phê bình|rút kinh nghiệm",
        ),
        ("trúng tuyển|đỗ", "trượt"),
        ("nộp", "rút"),
        ("rút", "nộp|thêm"),
        ("xóa bỏ|bãi bỏ", "giữ|giữ nguyên|duy trì"),
        ("giữ nguyên", "tăng|giảm|bỏ|thay đổi"),
        ("miễn phí", "thu phí"),
        ("an toàn|đạt chuẩn|đạt yêu cầu", "không đạt|nhiễm|vượt ngưỡng|vượt"),
        ("tạm dừng|dừng|ngừng", "tiếp tục|vẫn|hoạt động"),
        ("tiếp tục", "dừng|ngừng|tạm dừng|chấm dứt"),
        ("trái phép|không phép", "có phép|được cấp phép|giấy phép"),
        ("lớn nhất|cao nhất|nhiều nhất|dài nhất", "lớn thứ|cao thứ|nhiều thứ|dài thứ|nhỏ nhất|thấp nhất"),
        ("thấp nhất|nhỏ nhất", "cao thứ|nhiều thứ|lớn thứ|cao nhất|đứng thứ"),
    )
)
_ALSO_TOLD = {
    "đóng cửa": "đình chỉ|dừng hoạt động|ngừng hoạt động",
    "cho phép": "nới lỏng|dỡ bỏ|cấp phép|đồng ý|chấp thuận",
    "bắt": "tạm giữ|tạm giam|khống chế|giam",
    "khởi tố": "bị can|bị cáo|tạm giam",
    "giảm": "hạ|xuống|rẻ|thấp hơn|sụt",
    "tăng": "lên|cao hơn|nhích|leo",
    "thắng": "hạ|vượt qua|đánh bại|chiến thắng",
    "thua": "thất bại|thất thủ",
    "mất tích": "tìm kiếm|mất liên lạc",
}


def opposites(target: Reading) -> Iterator[Slot]:
    """One direction in the title, the other in the text, and the title's own words nowhere in it."""
    told = masked(target.title)
    for ours, theirs in _OPPOSITES:
        match = ours.search(told)
        if not match or theirs.search(told) or DENIED.search(told[: match.start()]):
            continue
        also = next((w for k, w in _ALSO_TOLD.items() if match.group().startswith(k)), None)
        if also and re.search(rf"\b(?:{also})\b", target.body):
            continue
        if any(
            not DENIED.search(target.body[max(0, m.start() - 30) : m.start()])
            for m in ours.finditer(target.body)
        ):
            continue
        places = [
            place
            for sentence in target.sentences
            for found in theirs.finditer(sentence.text)
            if not denied(place := Place(sentence, found.start(), found.end())) and not hedged(place)
        ]
        if not places:
            continue
        place, features = best_place(target, match.start(), match.end(), places[:MOST], 1, len(places))
        more = (
            float(bool(HEDGED.search(told[: match.start()]))),
            float(" " in match.group()),
        )
        yield Slot(
            "opposite", match.start(), match.end(), place.sentence, place.start, place.end, features + more
        )
        return
