"""Titles that tell as done or decided what the text expects, proposes or only aims at."""

from __future__ import annotations

import re

from classifiers.signals.headline.candidate import Candidate, clause, content_pairs, shared, unnamed
from classifiers.signals.headline.certainty import HEDGED, borne_out
from classifiers.signals.reading import Reading

PLANNED = re.compile(
    r"\b(?:chuẩn bị|dự kiến|sẽ(?! được)|sắp|kế hoạch|có kế hoạch|đang xem xét|đang đề xuất|đang chờ|dự tính|"
    r"phấn đấu|đang hoàn thiện|đang lấy ý kiến|(?:tháng|tuần|năm|quý) (?:tới|sau)|ngày mai|sang năm|(?:cuối|"
    r"đầu|giữa|trong) (?:năm|tháng|quý)|năm nay|năm 20\d\d|tháng \d{1,2}|quý (?:i|iv|\d)|chắc chắn|"
    r"từ (?:ngày|tháng|\d)|dịp)\b"
)
_DECIDED = re.compile(
    r"\b(?:quyết định|ban hành|thông qua|phê duyệt|(?<!mấu )(?<!chủ )chốt|chính thức (?:tăng|giảm|áp dụng|"
    r"thu|cấm|bỏ|sáp nhập)|duyệt chi|đã duyệt|cấm (?:hẳn|tiệt)|bắt buộc|bãi bỏ)\b"
)
_DECIDED_TRACES = re.compile(
    r"(?<!chưa )(?<!chưa có )(?:\bđã|\bvừa|\bchính thức|\bký)(?: có| ký)? (?:ban hành|quyết định|"
    r"thông qua|phê duyệt|duyệt|(?<!mấu )(?<!chủ )chốt|ký)|ban hành quyết định|quyết định số|theo quyết định|"
    r"nghị quyết số|biểu quyết|nhất trí|chấp thuận|quyết định (?:của|về|phê|cho|này|trên|sẽ|đã|tăng|giảm|"
    r"chọn|không|nghỉ|đưa|dừng|bỏ)"
)
_DRAFT = re.compile(
    r"\b(?:dự thảo|lấy ý kiến|đề xuất|góp ý|trình [^.,;]{2,40}xem xét|chưa (?:có|ra) quyết định|"
    r"đang xem xét|đang nghiên cứu)\b"
)
_AHEAD = re.compile(
    r"\b(?:sẽ|dự kiến|phấn đấu|mục tiêu|kế hoạch|chậm nhất|chuẩn bị|sắp|sớm|mong|cố gắng|đang chờ|để)"
    r"(?: \w+){0,5} \Z"
)
_FINISHED = re.compile(
    r"\b(?:thông xe|khánh thành|khởi công|hoàn thành|hợp long|bàn giao|đưa vào (?:sử dụng|hoạt động|vận "
    r"hành)|vận hành|khai trương|động thổ|phát điện|cấp nước|mở cửa|xuất khẩu|thông tuyến)\b"
)


_BUT = re.compile(r"\b(?:song|nhưng|tuy nhiên|thế nhưng)\b")
_LONG = 250
"""Characters of a sentence from which on a plan in it may be about anything."""


def promised(target: Reading) -> Candidate | None:
    """Opened or finished in the title, and only aimed at, by the same verb, in the text."""
    title = target.title.text
    done = _FINISHED.search(title)
    if not done or HEDGED.search(unnamed(target.title)) or PLANNED.search(title):
        return None
    verb = done.group()
    expected = None
    for sentence in target.sentences:
        for match in re.finditer(re.escape(verb), sentence.text):
            if not _AHEAD.search(sentence.text[: match.start()]) or _BUT.search(sentence.text):
                return None  # told as done, or spoken of in another way
            expected = expected or sentence
    if expected is None:
        return None
    before = re.search(r"\b(?:đã|vừa|chính thức) \Z", title[: done.start()])
    start = before.start() if before else done.start()
    return Candidate.whole("planned", start, clause(title, done.start(), done.end())[1], expected)


def planned(target: Reading) -> Candidate | None:
    """Done in the title, expected in the text."""
    title = target.title.text
    done = re.search(r"\bđã (?!bị\b|từng\b|qua\b|đến lúc\b)", title)
    if not done or HEDGED.search(unnamed(target.title)):
        return None
    _, end = clause(title, done.start(), done.end())
    if borne_out(target, title[done.start() : end]):
        return None
    for sentence in target.sentences[:4]:
        if (
            PLANNED.search(sentence.text)
            and len(sentence.text) <= _LONG
            and shared(sentence.text, title) >= 5
            and not re.search(r"\bđã\b", sentence.text)
        ):
            return Candidate.whole("planned", done.start(), end, sentence)
    return None


def only_draft(target: Reading) -> Candidate | None:
    """Decided in the title, a draft or a proposal in the text."""
    title = target.title.text
    match = _DECIDED.search(title)
    if not match or HEDGED.search(unnamed(target.title)) or _DECIDED_TRACES.search(target.body):
        return None
    for sentence in target.sentences:
        if _DRAFT.search(sentence.text) and shared(sentence.text, title) >= 2:
            return Candidate.about("planned", title, match.span(), sentence)
    return None


_UNDECIDED = re.compile(
    r"\bchưa (?:(?:có|ra|ban hành|được|hề có) )?(?:quyết định|thông qua|phê duyệt|chốt|quyết)\b|\bmới "
    r"(?:chỉ )?(?:là|dừng ở|ở mức)(?: \w+){0,3} (?:đề xuất|dự thảo|ý tưởng|phương án|chủ trương)\b|\bđang "
    r"(?:được )?(?:lấy ý kiến|nghiên cứu|xem xét|trình|tham vấn|góp ý)\b|\bdự thảo (?:đang|còn|chưa)\b|"
    r"\bchờ [^.,;]{2,30}(?:phê duyệt|quyết định|cho ý kiến|xem xét|thông qua)\b"
)
_MEASURE = re.compile(
    r"\b(?:bỏ|tăng|giảm|cấm|sáp nhập|thu phí|miễn|dừng|xây|thành lập|chuyển|đổi tên|áp dụng|đóng cửa|thu hồi|"
    r"di dời|nâng|hạ|chi|cho phép|bắt buộc|thay|rút|quy định)\b"
)


def undecided(target: Reading) -> Candidate | None:
    """A measure as a fact in the title, and still considered, by the same verb, in the text."""
    told = unnamed(target.title)
    match = _MEASURE.search(told)
    if not match or HEDGED.search(told) or _DECIDED_TRACES.search(target.body):
        return None
    pairs = content_pairs(told)
    for sentence in target.sentences:
        text = sentence.text
        if (
            _UNDECIDED.search(text)
            and re.search(rf"\b{match.group()}\b", text)
            and shared(text, told) >= 3
            and pairs & content_pairs(text)
        ):
            return Candidate.whole("planned", 0, len(target.title.text.rstrip()), sentence)
    return None
