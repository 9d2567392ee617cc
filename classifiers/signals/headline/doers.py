"""Titles that have another do it than the text."""

from __future__ import annotations

import re
from itertools import pairwise

from classifiers.signals.headline.candidate import Candidate, clause, shared
from classifiers.signals.reading import Reading, Sentence

_ROLES = (
    "phó chủ tịch|chủ tịch|phó bí thư|bí thư|phó giám đốc|giám đốc|phó hiệu trưởng|hiệu phó|hiệu trưởng|kế "
    "toán trưởng|kế toán|thủ quỹ|trưởng phòng|phó phòng|trưởng thôn|trưởng bản|trưởng công an|cán bộ địa "
    "chính|văn thư|nhân viên|bảo vệ|tài xế|lái xe|phụ xe|cô giáo|thầy giáo|giáo viên|bảo mẫu|cấp dưỡng|học "
    "sinh|nữ sinh|nam sinh|sinh viên|phụ huynh|bác sĩ|y tá|điều dưỡng|bệnh nhân|công an|cảnh sát|csgt|dân "
    "quân|kiểm lâm|hải quan|thanh tra|chủ quán|chủ nhà|chủ tiệm|chủ xe|chủ rừng|chủ đầu tư|nhà thầu|bộ đội|"
    "nông dân|ngư dân|công nhân|giang hồ|côn đồ|hành khách|du khách|cựu chủ tịch|trọng tài|cầu thủ|huấn "
    "luyện viên|hướng dẫn viên|phóng viên|luật sư|thẩm phán|điều tra viên|cán bộ|lãnh đạo|tổ trưởng|đội "
    "trưởng|hàng xóm|bố|mẹ|bố dượng|mẹ kế|chồng|vợ|con trai|con rể|con dâu|em trai|anh trai|cháu|chú|bác|"
    "người yêu|bạn trai|nhóm thanh niên|thanh niên"
)
_ROLE = re.compile(rf"\b(?:{'|'.join(sorted(_ROLES.split('|'), key=len, reverse=True))})\b")
_DEEDS = re.compile(
    r"\b(?P<deed>tát|đánh(?! giá| rơi| bắt| bại| dấu| thức| đổi| mất| thuế| số| cá| đàn)|hành hung|đấm|đâm|"
    r"chém|bóp cổ|hãm hiếp|hiếp dâm|xâm hại|dâm ô|sàm sỡ|quấy rối|giết|sát hại|khống|hối lộ|tham ô|biển thủ|"
    r"chiếm đoạt|cưỡng đoạt|tống tiền|lừa|lừa đảo|trộm|cướp|đốt|phóng hỏa|quên|bỏ rơi|gian lận|lộ đề|nâng "
    r"điểm|sửa điểm|bán đất|xả thải|chặt hạ|phá rừng|tông|cán(?! bộ| cân| đích| mốc)|gây tai nạn|chửi|mắng|"
    r"lăng mạ|xúc phạm|đe dọa|dọa giết|bắn|nổ súng|đầu độc|bạo hành|ném|tạt|say rượu|ngủ gật|vứt|đánh bạc|"
    r"nhận tiền|rút ruột|buôn lậu|vượt đèn|bỏ chạy)\b"
)
_BETWEEN = re.compile(
    r"\b(?:bị|được|do|bởi|nạn nhân|không|chưa|tố|nghi|yêu cầu|xử|kỷ luật|đề nghị|bắt|vụ|cứu|chữa|tố cáo|báo "
    r"cáo|phát hiện|điều tra|xem xét|chỉ đạo)\b|[,;:.]"
)
_OTHER_VERB = re.compile(r"\b(?:bị|tố|tố cáo|báo cáo|phát hiện|nghi|nghi ngờ|yêu cầu|cứu|chữa)\b")
_SAME = (
    {"tài xế", "lái xe"}, {"cô giáo", "giáo viên", "thầy giáo", "bảo mẫu"}, {"csgt", "cảnh sát", "công an"},
    {"học sinh", "nữ sinh", "nam sinh", "sinh viên"}, {"hiệu phó", "phó hiệu trưởng"}, {"y tá", "điều dưỡng"},
    {"bố", "mẹ", "phụ huynh"}, {"chồng", "bố", "con rể"}, {"vợ", "mẹ", "con dâu"},
    {"con trai", "cháu"},
    {"kế toán", "kế toán trưởng"}, {"nhân viên", "bảo vệ"},
    {"thanh niên", "nhóm thanh niên", "người yêu", "bạn trai"},
    {"cựu chủ tịch", "chủ tịch"}, {"giang hồ", "côn đồ", "thanh niên", "nhóm thanh niên"},
)  # fmt: skip
_ANY = frozenset({"cán bộ", "lãnh đạo", "nhân viên", "người dân"})
"""Words that nearly anybody may be called by."""
REACH = 90
ALIKE, EARLY = 3, 2
LONGEST = 2_500
"""Characters of a text that has one matter with one cause."""


_ORGAN = (
    r"ubnd (?:tỉnh|huyện|xã|phường|thành phố|tp|thị xã|quận)|chủ tịch (?:ubnd )?(?:tỉnh|huyện|xã|phường)|"
    r"hđnd (?:tỉnh|huyện|xã|thành phố|tp)|sở (?:y tế|giáo dục|xây dựng|nông nghiệp|công thương|tài chính|"
    r"nội vụ|văn hóa|giao thông|tài nguyên|khoa học|tư pháp|lao động|thông tin|gd-đt|gtvt)|bộ (?:y tế|giáo "
    r"dục|xây dựng|nông nghiệp|công thương|tài chính|nội vụ|văn hóa|công an|quốc phòng|tài nguyên|giao "
    r"thông|gd-đt|gtvt)|thanh tra (?:tỉnh|chính phủ|huyện|sở|bộ)|công an (?:tỉnh|huyện|xã|phường|thành phố|"
    r"tp)|chính phủ|thủ tướng|tòa án|viện kiểm sát|kiểm toán nhà nước|quản lý thị trường|hải quan|chi cục "
    r"thuế|cục thuế|bệnh viện|nhà trường|hiệu trưởng|chủ đầu tư"
)
_ORGANS = re.compile(rf"\b(?:{_ORGAN})\b")
_ACTS = re.compile(
    r"\b(?P<act>đình chỉ|thanh tra|xử phạt|thu hồi|tước|cấp phép|phê duyệt|ban hành quyết định|khởi tố|"
    r"cưỡng chế|kỷ luật|cách chức|miễn phí|hủy bỏ|tịch thu|niêm phong|cấm)\b"
)


def other_organ(target: Reading) -> Candidate | None:
    """The health department suspends in the title, the ward in the text."""
    title = target.title.text
    for act in _ACTS.finditer(title):
        start, end = clause(title, act.start(), act.end())
        organs = _ORGANS.findall(title[start : act.start()])
        if len(organs) != 1 or _BETWEEN.search(title[start : act.start()]):
            continue
        ours, against = organs[0], None
        for sentence in target.sentences:
            for found in re.finditer(rf"\b{re.escape(act.group())}\b", sentence.text):
                doers = _ORGANS.findall(sentence.text[max(0, found.start() - REACH) : found.start()])
                if ours in doers or (doers and _akin(ours, doers[-1])):
                    return None
                if doers and shared(sentence.text, title) >= ALIKE:
                    against = against or sentence
        if against is not None and ours not in " ".join(s.text for s in target.sentences[:EARLY]):
            return Candidate.whole("slot-role", start, end, against)
    return None


def _akin(one: str, other: str) -> bool:
    """Whether one may well speak for the other: a chairman and his committee."""
    words = {"tỉnh", "huyện", "xã", "phường"}
    return bool(words & set(one.split()) & set(other.split())) and one.split()[0] in {"ubnd", "chủ"}


def other_doer(target: Reading) -> Candidate | None:
    """The headmaster slaps in the title, the guard in the text."""
    title = target.title.text
    for deed in _DEEDS.finditer(title):
        start, end = clause(title, deed.start(), deed.end())
        before = title[start : deed.start()]
        roles = _ROLE.findall(before)
        if len(roles) != 1 or roles[0] in _ANY or _BETWEEN.search(before):
            continue
        against = _by_another(target, deed.group(), roles[0])
        if against is not None:
            return Candidate.whole("slot-role", start, end, against)
    return None


def _by_another(target: Reading, deed: str, role: str) -> Sentence | None:
    """The sentence that gives the deed to somebody else; None where any leaves it open or to the same."""
    against = None
    for sentence in target.sentences:
        for found in re.finditer(rf"\b{re.escape(deed)}\b", sentence.text):
            ahead = sentence.text[max(0, found.start() - REACH) : found.start()]
            doers = _ROLE.findall(ahead)
            if not doers or _same(doers[-1], role) or role in doers:
                return None
            if _OTHER_VERB.search(ahead[ahead.rfind(doers[-1]) :]):
                return None
            against = against or sentence
    return against


def _same(one: str, other: str) -> bool:
    return one == other or one in _ANY or any({one, other} <= group for group in _SAME)


_CAUSE = re.compile(r"\b(?:vì|do|bởi) (?:bị )?(?P<cause>[^,.:;?!\"']{4,45})")
_FOUND = re.compile(
    r"\b(?:nguyên nhân[^.;]{0,45}?\b(?:là do|do|là|bởi|từ)|(?:xác định|kết luận|kết quả|phân tích|cho thấy|"
    r"giám định)[^.;]{0,70}?\b(?:do|vì|thiếu|là do))\b (?!ông|bà|anh|chị|công ty)(?P<what>[^.;]{4,90})"
)
_OPEN = re.compile(r"\b(?:có thể|nghi|chưa|chờ|khả năng|cho rằng|đồn|nhiều nguyên nhân|một phần|ngoài ra)\b")


def established_cause(target: Reading) -> Candidate | None:
    """Because of the factory in the title; the text has found another cause."""
    title = target.title.text
    match = _CAUSE.search(title)
    if not match or _OPEN.search(title) or len(target.body) > LONGEST:
        return None
    words = set(re.findall(r"\w+", match.group("cause")))
    pairs = [" ".join(pair) for pair in pairwise(match.group("cause").split())]
    against = None
    for sentence in target.sentences:
        found = _FOUND.search(sentence.text)
        if found and not _OPEN.search(sentence.text):
            if words & set(re.findall(r"\w+", found.group("what"))):
                return None
            against = against or sentence
        elif any(
            pair in sentence.text and re.search(r"\b(?:do|vì|bởi|khiến|làm|gây)\b", sentence.text)
            for pair in pairs
        ):
            return None
    return Candidate.whole("cause", match.start(), match.end(), against) if against else None
