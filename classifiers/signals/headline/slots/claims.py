"""Slots of what a title claims: denied or surer than the text, for another cause, of all instead of some."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from classifiers.signals.headline.candidate import clause
from classifiers.signals.headline.slots.slot import Place, Slot, best_place, content, masked
from classifiers.signals.headline.slots.stance import denied, hedged, told_of, word_pairs
from classifiers.signals.reading import Reading, tokens_of

NEGATED_FEATURES = ("sentence denies", "text denies", "told plainly", "không")
CERTAINTY_FEATURES = (
    "share plain",
    "told plainly",
    "done sentences",
    "same word told",
    "đã",
    "đã in sentence",
)
CAUSE_FEATURES = ("words told", "pairs told", "nguyên nhân", "words in a sentence", "do")
SCOPE_FEATURES = ("all told", "some", "whole")
MOST = 8
NEXT_WORDS = 24
"""Characters behind "không" within which stands what is denied."""
_QUOTED = re.compile(r"[\"“'‘]")
_NOT = re.compile(
    r"\b(?:không(?! khí| gian| quân| chỉ| lực| tải| ngừng| dây| trung| thể (?:bỏ qua|thiếu|không|quên)|"
    r" đối thủ| có đối thủ| tưởng| đủ| còn)|chưa|chẳng)\b(?! ai| gì| ngờ)"
)


def negated(target: Reading) -> Iterator[Slot]:
    """Denied in the title, and told plainly in the text."""
    told = masked(target.title)
    match = _NOT.search(told)
    if not match or _QUOTED.search(told):
        return
    behind = [pair for pair in word_pairs(told) if match.end() <= pair[0].start < match.end() + NEXT_WORDS]
    places = told_of(target, behind)
    if not places or any(denied(place) for place in places):
        return
    plain = [place for place in places if not hedged(place)]
    if not plain:
        return
    place, features = best_place(target, match.start(), match.end(), plain[:MOST], 1, len(plain))
    more = (
        float(bool(_NOT.search(place.sentence.text))),
        min(len(_NOT.findall(target.body)), 6) / 6,
        len(plain) / len(places),
        float(match.group() == "không"),
    )
    _, end = clause(told, match.start(), match.end())
    yield Slot("negated", match.start(), end, place.sentence, place.start, place.end, features + more)


_DONE = re.compile(
    r"\b(?:đã|quyết định|chính thức|chốt|thông qua|phê duyệt|ban hành|xác nhận|khẳng định|kết luận|"
    r"xong|hoàn thành|hoàn tất|xác định)\b"
)
_OPEN = re.compile(
    r"\b(?:sẽ|sớm|nào|dự kiến|chuẩn bị|sắp|đề xuất|kiến nghị|đề nghị|xin ý kiến|lấy ý kiến|dự thảo|xem xét|"
    r"có thể|nghi|nghi ngờ|khả năng|nguy cơ|chưa|đang điều tra|đang làm rõ|đang xác minh|phấn đấu|kế hoạch|"
    r"muốn|tin đồn|cho rằng|đang chờ|đang hoàn thiện|nghiên cứu)\b"
)
_SETTLED = re.compile(r"\b(?:đã|vừa|chính thức|quyết định|xác nhận|kết luận|khẳng định)\b")
_ALSO_DONE = {
    "thông qua": re.compile(r"phê duyệt|biểu quyết|nhất trí|tán thành|chấp thuận"),
    "phê duyệt": re.compile(r"thông qua|chấp thuận|nhất trí"),
    "ban hành": re.compile(r"phê duyệt|thông qua|ký quyết định"),
    "chốt": re.compile(r"thống nhất|quyết định|ấn định"),
    "xác nhận": re.compile(r"thông báo|thừa nhận|khẳng định|tuyên bố"),
    "khẳng định": re.compile(r"cho biết|nhấn mạnh|tuyên bố|cho rằng"),
}
_LITTLE = 0.25
"""Share of the title that a sentence must have to speak of the same."""


def certainty(target: Reading) -> Iterator[Slot]:
    """Done, decided or confirmed in the title, and still open in the text."""
    told = masked(target.title)
    match = _DONE.search(told)
    if not match or _OPEN.search(told):
        return
    word = match.group()
    if word in _ALSO_DONE and _ALSO_DONE[word].search(target.body):
        return
    _, end = clause(told, match.start(), match.end())
    claim = content(told[match.start() : end])
    pairs = [pair for pair in word_pairs(told) if match.start() <= pair[0].start < end]
    places = told_of(target, pairs)
    plain = sum(not denied(place) and not hedged(place) for place in places)
    loose = [
        Place(sentence, found.start(), found.end())
        for sentence in target.sentences
        for found in _OPEN.finditer(sentence.text)
    ]
    if not loose:
        return
    place, features = best_place(target, match.start(), match.end(), loose[: 3 * MOST], 1, len(loose))
    if features[0] < _LITTLE:
        return
    settled = sum(
        bool(_SETTLED.search(sentence.text)) and len(claim & {t.word for t in spoken}) > 1
        for sentence, spoken in zip(target.sentences, target.spoken, strict=True)
    )
    more = (
        plain / max(1, len(places)),
        min(plain, 4) / 4,
        min(settled, 4) / 4,
        0.0 if word == "đã" else min(len(re.findall(rf"\b{word}\b", target.body)), 2) / 2,
        float(word == "đã"),
        float(bool(re.search(r"\bđã\b", place.sentence.text))),
    )
    yield Slot("certainty", match.start(), end, place.sentence, place.start, place.end, features + more)


_CAUSE = re.compile(
    r"\b(?:vì|(?<!lý )(?<!lí )do|bởi|nhờ) (?!đâu|sao|ai\b|l[ýí] do|một|nghĩ|quá)(?:bị )?"
    r"(?P<cause>[^,:;.?!\"']{4,45})"
)
_BECAUSE = re.compile(r"\b(?:nguyên nhân|vì|do|bởi|lý do|xuất phát từ|nhờ)\b")


def causes(target: Reading) -> Iterator[Slot]:
    """A cause in the title of which the text has nothing, and a cause in the text."""
    title = target.title.text
    match = _CAUSE.search(title)
    if not match:
        return
    cause = content(match.group("cause"))
    if len(cause) < 2:
        return
    words = [t.word for t in tokens_of(match.group("cause"))]
    pairs = [pair for pair in pairwise(words) if cause & set(pair)]
    told = sum(pair in target.bigrams for pair in pairs) / max(1, len(pairs))
    places = [
        Place(sentence, found.start(), found.end())
        for sentence in target.sentences
        for found in _BECAUSE.finditer(sentence.text)
    ]
    if not places or told > 1 / 2:
        return
    place, features = best_place(target, match.start(), match.end(), places[: 3 * MOST // 2], 1, len(places))
    most = max(len(cause & {t.word for t in spoken}) for spoken in target.spoken)
    more = (
        len(cause & target.vocabulary) / len(cause),
        told,
        float("nguyên nhân" in place.sentence.text),
        most / len(cause),
        float(match.group().startswith("do")),
    )
    text = place.sentence.text
    yield Slot("cause", match.start(), match.end(), place.sentence, 0, len(text), features + more)


_ALL = re.compile(
    r"\b(?:toàn bộ|tất cả|100 ?%|mọi|cả (?:làng|xã|huyện|tỉnh|thôn|bản|nước|trường|lớp|chợ|phố)|toàn "
    r"(?:xã|huyện|tỉnh|trường|thôn))\b"
)
_SOME = re.compile(
    r"\b(?:một số|một phần|một vài|vài|nhiều|hàng loạt|phần lớn|đa số|hầu hết|khoảng|hơn|gần|"
    r"(?<![\d/.,])(?<!năm )(?<!ngày )(?<!tháng )(?<!thứ )\d[\d.,]*(?![\d/])(?! ?(?:m|mét|cm|km|kg|tấn|độ|"
    r"tuổi|giờ|phút|ngày|năm|tháng)\b)|một nửa|chỉ|mới(?= (?:chỉ|có|được|\d)))\b"  # not what was newly built
)
_FEW = frozenset({"một số", "một phần", "một vài", "vài", "chỉ", "mới", "khoảng", "phần lớn", "đa số"})
_ALL_TOLD = re.compile(r"\b(?:toàn bộ|tất cả|100 ?%|mọi|hoàn toàn|các|toàn)\b")
_EVERYONE = re.compile(r"(?<!gần như )\b(?:toàn bộ|tất cả|100 ?%|đều|hết thảy)\b")
_MANY = frozenset({"nhiều", "hàng loạt"})
_PLACE_WHOLE = re.compile(r"(?:cả|toàn) (?!bộ)[^\W\d_]")
"""Of a whole village only "some" says less; how many came does not."""
_PICTURES = re.compile(r"\b(?:ảnh|clip|video|chi tiết|lịch)\b")


def scope(target: Reading) -> Iterator[Slot]:
    """All of them in the title, some of them in the text."""
    told = masked(target.title)
    match = _ALL.search(told)
    if not match or match.group() in target.body or _PICTURES.search(told) or _EVERYONE.search(target.body):
        return
    if any(
        one == other for one, other in re.findall(r"\b(\d+)/(\d+) (?:xã|hộ|huyện|thôn|trường)", target.body)
    ):
        return
    place_told = _PLACE_WHOLE.match(match.group()) is not None
    places = [
        Place(sentence, found.start(), found.end())
        for sentence in target.sentences
        for found in _SOME.finditer(sentence.text)
        if found.group() in _FEW or not (place_told or found.group() in _MANY)
    ]
    if not places:
        return
    place, features = best_place(target, match.start(), match.end(), places, 1, 1)
    more = (
        float(bool(_ALL_TOLD.search(target.body))),
        float(place.sentence.text[place.start : place.end] in _FEW),
        float(match.group() in {"toàn bộ", "tất cả", "100%"}),
    )
    _, end = clause(told, match.start(), match.end())
    text = place.sentence.text
    yield Slot("scope", match.start(), end, place.sentence, 0, len(text), features + more)
