"""Titles that tell of all, or of none, what the text tells of some."""

from __future__ import annotations

import re

from classifiers.signals.headline.candidate import Candidate, clause, unnamed
from classifiers.signals.headline.slots.slot import Place, content
from classifiers.signals.headline.slots.stance import HEDGED, denied
from classifiers.signals.reading import Reading, Sentence
from classifiers.signals.wording import SEVERAL

_N = rf"(?:\d[\d.]*|{SEVERAL}|mười \w+)"
_COUNTED = re.compile(rf"\b(?:cả|đủ|toàn bộ|tất cả) (?P<n>{_N}) (?P<unit>[^\W\d_]+(?: [^\W\d_]+)?)")
_ALL = re.compile(
    r"\b(?:mọi|tất cả|toàn bộ|100 ?%|hết thảy|toàn (?:tỉnh|huyện|xã|thành phố|quốc|trường|ngành|thôn)|cả "
    r"(?:tỉnh|huyện|xã|làng|bản|thôn|trường|thành phố|phố|chợ|đội|lớp)|\A[^,;:]{0,20}cả nước|khắp (?:tỉnh|"
    r"nơi|huyện|xã|cả nước)|ai cũng|hộ nào cũng|trường nào cũng)\b"
)
_NONE = re.compile(r"\b(?:không (?:một|còn|sót)|không có [^,.;:]{2,20} nào|chẳng còn|hết sạch|sạch bóng)\b")
_TOLD_ALL = re.compile(
    rf"\b(?:toàn bộ|tất cả|mọi|100 ?%|đều|cả {_N}|hết thảy|đồng loạt|khắp|toàn (?:tỉnh|huyện|xã|trường|"
    rf"thành phố|quốc)|"
    r"cả (?:tỉnh|huyện|xã|nước|làng|bản|thôn|trường)|các (?:xã|huyện|hộ|địa phương|trường|đơn vị) (?:đều|đã)|"
    r"cuối cùng|hầu hết|không (?:một|còn|sót|có [^,.;:]{2,20} nào))\b"
)
_PART = re.compile(
    rf"\b(?:chỉ (?:có |mới |riêng )?(?:khoảng |hơn |gần |chừng )?{_N}|mới (?:chỉ |có |được )+(?:khoảng |"
    rf"hơn |gần )?{_N}|"
    rf"{_N}(?: \w+){{1,3}} (?:trong|trên) (?:tổng )?(?:số )?{_N}|\d+/\d+ \w+|một (?:số|phần|vài)|"
    rf"{_N} (?:\w+ ){{1,3}}(?:còn lại |khác |vùng cao )?(?:vẫn|chưa|còn|phải chờ|không)|"
    r"(?:những|các|số|phần) [^.,;]{2,25}(?:khác|còn lại) (?:vẫn|chưa|phải|đang|không|chờ|thì|được)|"
    r"(?:tổ máy|giai đoạn|hạng mục|đợt) (?:số )?(?:1|một|đầu)|đầu tiên (?:được|hưởng|có)|trừ|ngoại trừ)\b"
)
_LEFT = re.compile(
    rf"\b(?:còn (?:lại )?(?:khoảng |hơn |gần |tới |đến )?{_N}|vẫn còn|{_N} (?:\w+ ){{1,2}}(?:vẫn|nghỉ hẳn|"
    rf"chưa|còn)|"
    r"còn (?:nhiều|một số|vài))\b"
)
_PICTURES = re.compile(
    r"\b(?:ảnh|clip|video|chi tiết|lịch|danh sách|điểm chuẩn|bảng|thông tin|diễn biến|cách)\b"
)
_ANOTHER = re.compile(
    r"\b(?:năm ngoái|năm trước|trước đây|trước đó|cùng kỳ|từng|hồi|ban đầu|sau đó|dự kiến|sẽ|năm 20\d\d|"
    r"năm 19\d\d)\b"
)
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")
SHORT = 1_300
NEAR_SHORT, NEAR_LONG, SHARE_LONG = 1, 4, 0.4


def some_for_all(target: Reading) -> Candidate | None:
    """For every patient in the title, for 214 of them in the text."""
    told = unnamed(target.title)
    match = _COUNTED.search(told) or _ALL.search(told)
    if match and not _TOLD_ALL.search(target.body):
        return _with(target, told, match, _PART)
    none = _NONE.search(told)
    if none and not re.search(r"\bkhông (?:một|còn|sót|có)\b|\bhết\b|\bsạch\b", target.body):
        return _with(target, told, none, _LEFT)
    return None


def _with(target: Reading, told: str, match: re.Match[str], part: re.Pattern[str]) -> Candidate | None:
    """The title's clause with the sentence that has it of some."""
    title = target.title.text
    if _PICTURES.search(told) or HEDGED.search(told[: match.start()]) or part.search(told):
        return None
    start, end = clause(title, match.start(), match.end())
    rest = content(f"{title[: match.start()]} {title[match.end() :]}")
    numbers = set(_FIGURE.findall(told))
    best: tuple[int, Sentence] | None = None
    for number, sentence in enumerate(target.sentences):
        for found in part.finditer(sentence.text):
            if denied(Place(sentence, found.start(), found.end())) or _ANOTHER.search(sentence.text):
                continue
            if numbers.intersection(_FIGURE.findall(sentence.text)):
                continue  # it gives the title's own number: of all
            own = rest & {t.word for t in target.spoken[number]}
            around = rest & {
                t.word for words in target.spoken[max(0, number - 1) : number + 2] for t in words
            }
            if len(target.body) <= SHORT:
                fits = len(around) > NEAR_SHORT and len(own) >= NEAR_SHORT
            else:
                fits = len(own) >= NEAR_LONG and len(own) >= SHARE_LONG * len(rest)
            if fits and (best is None or len(own) > best[0]):
                best = (len(own), sentence)
    return Candidate.whole("extent", start, end, best[1]) if best else None
