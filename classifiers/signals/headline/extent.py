"""Titles that say "all", the opposite, or another level than the text."""

from __future__ import annotations

import re

from classifiers.signals.headline.candidate import Candidate, clause, nearest, shared, unnamed
from classifiers.signals.headline.certainty import HEDGED
from classifiers.signals.reading import Reading

_ALL = re.compile(
    r"\b(?:toàn bộ|tất cả|100 ?%|hoàn toàn|mất trắng|xóa sổ|xoá sổ|san phẳng|(?:trả|xong|hết|giải ngân|"
    r"thu hồi) (?:xong|hết|đủ)|xong toàn bộ|cháy rụi cả|cả làng|cả xã|cả chợ)\b"
)
_TOTAL = re.compile(r"mất trắng|xóa sổ|xoá sổ|san phẳng")
_ALL_TRACES = re.compile(
    r"\b(?:toàn bộ|tất cả|100 ?%|hoàn toàn bị|không còn gì|sạch|trọn vẹn|cả (?:khu )?\w+ bị|gần hết|"
    r"gần như hết)\b"
)
_TOTAL_TRACES = re.compile(
    r"\b(?:mất trắng|mất sạch|trắng tay|100 ?%|xóa sổ|xoá sổ|san phẳng|toàn bộ|tất cả|không còn|trắng|"
    r"mất hết|hoàn toàn)\b"
)
_PART_DAMAGED = re.compile(
    r"\b(?:khoảng|gần|hơn|có|ít nhất)? ?\d+ [^.,;]{2,40}bị (?:thiệt hại|cháy|thiêu|hư hỏng|ảnh hưởng|sập|"
    r"cuốn|ngập)"
)
_DAMAGE = re.compile(r"\b(?:cháy|thiêu|hỏa|phá|sập|cuốn|ngập|nhấn chìm|tàn phá)\b")
_PICTURES = re.compile(r"\A(?:chùm )?(?:ảnh|clip|video|infographic|đồ họa)\b|\bảnh báo chí\b")
_EVERYBODY = re.compile(r"cả (?:làng|xã|chợ)")
_DONE_WITH = re.compile(r"\b(?:xong|hết|đủ|mất|bị)\b")
_SOME = re.compile(
    r"\b(?:một phần|một số|\d[\d.]* (?:\w+ )?(?:trong|trên) (?:tổng )?số|khoảng \d+|gần một nửa|hơn một nửa|"
    r"phần lớn|còn (?:trên |hơn |gần |khoảng )?[\d.,]+|giảm (?:từ )?\d+|cơ bản|mới (?:được|đạt|chỉ)|đạt "
    r"(?:gần |hơn )?\d+|đã \w+ \w+ được (?:gần|hơn|khoảng|trên)? ?\d|\d+ ?(?:%|phần trăm))"
)

_OPPOSITES: tuple[tuple[str, str], ...] = (
    (r"được mùa|trúng mùa|bội thu", r"mất mùa|thất thu|thất bát|mất trắng"),
    (
        r"rớt giá|mất giá|giảm giá|giá[^.,;:]{0,30} (?:giảm|rớt|tụt|lao dốc)|rẻ như bèo|giá lao dốc|"
        r"giá thấp|bỏ cọc",
        r"giá cao|được giá|tăng giá|giá[^.,;:]{0,30} (?:tăng|nhích|leo)|sốt giá|đắt đỏ|mức giá cao",
    ),
    (r"tăng (?:mạnh|vọt|kỷ lục|nhanh|cao)|tăng trưởng", r"giảm (?:mạnh|sâu|nhanh)|sụt giảm|lao dốc"),
    (
        r"vượt (?:tiến độ|kế hoạch|chỉ tiêu)|về đích sớm|sớm tiến độ",
        r"chậm tiến độ|chậm so với|không đạt|chưa đạt",
    ),
    (
        r"đồng ý|chấp thuận|cho phép|thông qua",
        r"không đồng ý|từ chối|bác bỏ|không chấp thuận|chưa chấp thuận|không cho phép|bác đề xuất",
    ),
    (r"thiếu", r"thừa|dôi dư|dư thừa"),
    (r"thua lỗ|lỗ nặng", r"có lãi|lãi lớn|lợi nhuận tăng"),
    (r"miễn phí", r"thu phí|mức phí|mất phí"),
    (r"đóng cửa|dừng hoạt động", r"mở cửa trở lại|vẫn hoạt động|hoạt động bình thường"),
    (r"khánh thành|thông xe", r"khởi công|động thổ"),
    (r"nguyên sinh|rừng già", r"bạch đàn|rừng trồng|keo lai|cây trồng"),
    (r"tăng", r"giảm"),
    (r"giảm", r"tăng"),
)  # fmt: skip
_RISES = {
    "tăng": re.compile(r"\b(?:lên|cao hơn|nhích|đắt hơn|nhiều hơn|gấp|vượt)\b"),
    "giảm": re.compile(r"\b(?:xuống|thấp hơn|còn|hạ|rớt|tụt|ít hơn|rẻ hơn|bớt)\b"),
}
_PAIRS = tuple(
    (re.compile(rf"\b(?:{a})\b"), re.compile(rf"\b(?:{b})\b"), len(a) < 6)
    for one, other in _OPPOSITES
    for a, b in ((one, other), (other, one))
    if (not (a == "giảm" and one == "tăng") and not (a == "tăng" and one == "giảm")) or a == one
)

_LEVEL = re.compile(
    r"\b(?P<name>báo động|cấp độ rủi ro thiên tai cấp|bão cấp|gió cấp|cấp bão|động đất|độ richter|giải|"
    r"huy chương|hạng) (?P<level>\d{1,2}|nhất|nhì|ba|khuyến khích|vàng|bạc|đồng|i{1,3}|đặc biệt)\b"
)


def all_for_some(target: Reading) -> Candidate | None:
    """ "Toàn bộ" in the title, a part in the text."""
    title = target.title.text
    match = _ALL.search(title)
    told = unnamed(target.title).replace("phải ", "")  # forced to, and so it happened
    if not match or HEDGED.search(told) or '"' in title or _PICTURES.search(title):
        return None
    if _EVERYBODY.match(match.group()) and not (_DAMAGE.search(title) or _DONE_WITH.search(title)):
        return None
    traces = _TOTAL_TRACES if _TOTAL.match(match.group()) else _ALL_TRACES
    if match.group() in target.body or traces.search(target.body):
        return None
    start, end = clause(title, match.start(), match.end())
    partial = [s for s in target.sentences if _SOME.search(s.text)]
    numbered = [s for s in partial if re.search(r"\d", s.text)]
    claim = title[start:end]
    if _TOTAL.match(match.group()):
        partial = numbered
    sentence = (
        nearest(numbered, claim, 2)
        or nearest(numbered, title, 2)
        or nearest(partial, title, 3)
        or nearest(numbered, claim, 1)
    )
    if sentence is None and _DAMAGE.search(title[start:end]):
        sentence = next((s for s in target.sentences if _PART_DAMAGED.search(s.text)), None)
    return Candidate.whole("extent", start, end, sentence) if sentence else None


_OTHER_TIME = re.compile(
    r"\b(?:thế giới|trong nước|phiên|hôm qua|hôm trước|tuần trước|tháng trước|năm trước|trước đó|trước đây|"
    r"những năm|từng|cách đây|có lúc|ban đầu|buổi sáng|đầu giờ|hồi|sau (?:\w+ )?(?:tháng|tuần|năm))\b"
)
_LISTING = 8
"""Numbers in a sentence from which on it is a price list."""


def _price_moved(body: str, claim: str) -> bool:
    """Whether the text lets a price move as the title says, in whatever words."""
    for verb, others in _RISES.items():
        if verb in claim:
            way = rf"(?:{verb}|{others.pattern[5:-3]})"
            return bool(re.search(rf"\bgiá[^.;,]{{0,40}}\b{way}\b|\b{verb} giá\b", body))
    return False


def _told(body: str, words: re.Pattern[str]) -> bool:
    """Whether the text has the title's words, not negated."""
    return any(
        not re.search(r"\b(?:không|chưa|chẳng)(?: \w+){0,2} \Z", body[max(0, m.start() - 25) : m.start()])
        for m in words.finditer(body)
    )


def _elsewhere(sentence: str, title: str) -> bool:
    """Whether a sentence speaks of another market or time than the title, or lists figures."""
    if len(re.findall(r"\d[\d.,]*", sentence)) > _LISTING:
        return True
    return any(found not in title for found in _OTHER_TIME.findall(sentence))


def opposite(target: Reading) -> Candidate | None:
    """ "Được mùa" in the title, "mất mùa" in the text, and nowhere the word of the title."""
    title = target.title.text
    if HEDGED.search(unnamed(target.title)):
        return None
    for ours, theirs, weak in _PAIRS:
        match = ours.search(title)
        if not match or theirs.search(title) or _told(target.body, ours):
            continue
        if match.group() in _RISES and _RISES[match.group()].search(target.body):
            continue
        if "giá" in title and _price_moved(target.body, match.group()):
            continue
        against = [s for s in target.sentences if theirs.search(s.text) and not _elsewhere(s.text, title)]
        sentence = nearest(against, title, 4 if weak else 2)
        if sentence is not None:
            return Candidate.about("opposite", title, match.span(), sentence)
    return None


_FIRST = re.compile(
    r"\b(?:dẫn đầu|đứng đầu|số 1|số một|đứng thứ nhất|quán quân|vô địch|đứng nhất|hạng nhất|top \d+|"
    r"tốp \d+)\b"
)
_FIRST_TRACES = re.compile(
    r"\b(?:dẫn đầu|đứng đầu|số 1|số một|thứ nhất|quán quân|vô địch|nhất|top|tốp|đầu bảng|huy chương vàng|"
    r"đăng quang)\b"
)
_RANK = re.compile(
    r"\b(?:đứng|xếp|ở vị trí|vị trí|hạng|xếp hạng) (?:thứ )?(?:hạng )?(?:\d+|hai|ba|tư|bốn|năm|áp chót|"
    r"cuối)\b|\bthứ \d+(?:/| trong| trên)"
)


def other_rank(target: Reading) -> Candidate | None:
    """First in the title, nineteenth in the text."""
    title = target.title.text
    match = _FIRST.search(title)
    if not match or HEDGED.search(unnamed(target.title)) or _FIRST_TRACES.search(target.body):
        return None
    for sentence in target.sentences:
        if _RANK.search(sentence.text) and shared(sentence.text, title) >= 2:
            return Candidate.about("level", title, match.span(), sentence)
    return None


def other_level(target: Reading) -> Candidate | None:
    """Another alert level, force or medal than in the text."""
    title = target.title.text
    for match in _LEVEL.finditer(title):
        if match.group() in target.body:
            continue
        name = match.group("name")
        for sentence in target.sentences:
            rival = re.search(
                rf"\b{name} (?:\d{{1,2}}|nhất|nhì|ba|khuyến khích|vàng|bạc|đồng|đặc biệt)\b", sentence.text
            )
            if rival and shared(sentence.text, title) >= 1:
                start = max(0, title.rfind(" ", 0, match.start()))
                return Candidate.whole("level", start + (1 if start else 0), match.end(), sentence)
    return None
