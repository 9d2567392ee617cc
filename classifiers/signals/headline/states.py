"""Titles that tell one state of things where the text tells another: allowed and refused, caught, wanted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from classifiers.signals.headline.candidate import Candidate, clause, content_pairs, shared, unnamed
from classifiers.signals.headline.certainty import HEDGED
from classifiers.signals.headline.slots.stance import stopped
from classifiers.signals.reading import Reading, Sentence
from classifiers.signals.wording import SEVERAL

_NEGATED = re.compile(r"\b(?:không|chưa|chẳng|chả|bác|phủ nhận|đừng|thay vì|khó|tránh)(?: \w+){0,3} \Z")
_WISHED = re.compile(
    r"\b(?:đề nghị|xin|kiến nghị|đề xuất|xem xét|có thể|nguy cơ|nếu|muốn|mong|chờ|đợi|để|trước khi|sẽ|lo|"
    r"sợ|suýt|tránh|hòng|truy|yêu cầu|kêu gọi|chống|khả năng)(?: \w+){0,4} \Z"
)


@dataclass(frozen=True)
class State:
    """``claim``: how titles tell it; ``support``: how a text bears it out, besides the claim's own words;
    ``against``: what the text says instead; ``least``: content words it must share with the title.
    """

    rule: str
    claim: re.Pattern[str]
    support: re.Pattern[str]
    against: re.Pattern[str]
    least: int = 2


def _state(rule: str, claim: str, support: str, against: str, least: int = 2) -> State:
    both = f"{claim}|{support}" if support else claim
    return State(rule, _words(claim), _words(both), _words(against), least)


def _words(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives})\b")


STATES = (
    _state(
        "denied",
        "được phép|cho phép|được cấp phép|đồng ý|chấp thuận|chấp nhận|bật đèn xanh|gật đầu",
        "nhất trí|phê duyệt|thống nhất",
        r"không (?:đồng ý|chấp thuận|cho phép|cho|được phép|chấp nhận|nhất trí)|chưa (?:đồng ý|chấp thuận|"
        r"cho phép|được phép|được cấp phép|cấp phép|chấp nhận)|bác (?:bỏ|đề nghị|đề xuất|đơn)|từ chối",
    ),
    _state(
        "denied",
        "từ chối|bác đề xuất|bác đơn|không đồng ý|không cho phép|khước từ",
        r"bác bỏ|không chấp thuận|không cho|không được|không chấp nhận|không tiếp nhận|không nhận",
        r"(?:đã|được|chính thức|cơ bản|thống nhất)(?: \w+){0,2} (?:đồng ý|chấp thuận|"
        r"cho phép|tiếp nhận|nhất trí)",
    ),
    _state(
        "measure",
        r"sa lưới|bị bắt(?! cóc| buộc| đầu)|đã bắt(?! cóc| đầu)|bắt được|bị tóm|tóm gọn|tóm được|đầu thú|"
        r"tra tay vào còng|bị tạm (?:giữ|giam)|bắt (?:giữ|giam|gọn|nóng)",
        r"bắt(?! cóc| đầu| buộc| nguồn| tay| mắt| gặp| kịp| chước| nạt| ép| được cóc)|tạm giữ|tạm giam|"
        r"khống chế|di lý|khởi tố|truy tố|áp giải|còng|giam|tóm|tự thú|dẫn giải|vây ráp|bàn giao|tuyên|bị "
        r"cáo|bị can|án",
        r"lẩn trốn|bỏ trốn|truy tìm|truy bắt|truy nã|truy xét|tẩu thoát|chưa bắt|triệu tập|"
        r"mời [^.;]{2,30} làm việc|chưa (?:rõ|xác định(?: được)?) (?:nghi phạm|thủ phạm|"
        r"danh tính|kẻ|đối tượng)",
    ),
    _state(
        "measure",
        "cách chức|khai trừ|sa thải|buộc thôi việc|mất chức|bãi nhiệm|miễn nhiệm",
        "cho thôi|thôi giữ chức|thôi việc",
        r"khiển trách|rút kinh nghiệm|kiểm điểm|phê bình|nhắc nhở|cảnh cáo|(?:đề nghị|kiến nghị|xem xét)"
        r"[^.;]{0,30}(?:kỷ luật|xử lý)|tạm đình chỉ|điều chuyển",
    ),
    _state(
        "measure",
        "khởi tố|truy tố",
        "bị can|bị cáo|tạm giam|cáo trạng|hầu tòa|bắt giam|tuyên phạt",
        r"đang (?:được )?(?:xác minh|thu thập|củng cố)|củng cố hồ sơ|(?:xử phạt|phạt) (?:vi phạm )?hành "
        r"chính|chưa (?:có ai|khởi tố|xử lý)|không khởi tố|chuyển hồ sơ|tiếp nhận (?:đơn|tin)",
    ),
    _state(
        "opposite",
        "đóng cửa|dừng hoạt động|ngừng hoạt động|phá sản|giải thể|khai tử|xóa sổ|dừng hẳn",
        "chấm dứt|tạm đóng|ngừng|dừng|ngưng",
        r"vẫn (?:hoạt động|mở cửa|sản xuất|kinh doanh|duy trì)|hoạt động bình thường|mở cửa trở lại|"
        r"chưa (?:dừng|đóng|giải thể)|giảm công suất",
    ),
    _state(
        "outcome",
        r"thất bại|trắng tay|để thua|thua trận|tuột (?:vé|ngôi|huy chương)",
        "thua|không thành|bị loại|mất",
        r"thành công|giành (?:vé|huy chương|chiến thắng|giải)|đoạt|vô địch|thắng (?:lợi|trận)",
    ),
    _state(
        "substance",
        r"nhiễm (?:độc|bẩn|khuẩn|chì|asen|thủy ngân)|ô nhiễm",
        r"vượt (?:ngưỡng|chuẩn|quy chuẩn|mức|giới hạn)|dương tính",
        r"(?:kết quả|mẫu|chỉ tiêu)[^.;]{0,120}(?:trong (?:ngưỡng|giới hạn|mức) cho phép|"
        r"đạt (?:quy |tiêu )?chuẩn|không (?:phát hiện|bị nhiễm|nhiễm|ô nhiễm))",
        0,
    ),
    _state(
        "substance",
        r"(?:đều |hoàn toàn )?an toàn|đạt (?:quy |tiêu )?chuẩn|không (?:bị )?(?:nhiễm|ô nhiễm)|không vượt",
        r"trong (?:giới hạn|ngưỡng)",
        r"vượt (?:quy chuẩn|ngưỡng|giới hạn|mức|tiêu chuẩn)|không đạt|nhiễm (?:khuẩn|bẩn|độc|vi)|dương tính",
        3,
    ),
)

_ALL_SAFE = re.compile(rf"\b(?:toàn bộ|tất cả|cả \d+|cả (?:{SEVERAL})|mọi|không ai|\d+)\b")
_SAFE = _words(
    r"thoát nạn|thoát chết|được cứu(?: sống| thoát)?|cứu sống|an toàn|bình an|vô sự|không ai thiệt mạng|"
    r"không có thương vong|không thiệt hại về người"
)
_NOT_SAFE = _words(
    r"(?:còn|vẫn|đang)(?: bị)? mắc kẹt|mất tích|mất liên lạc|chưa (?:tiếp cận|tìm thấy|liên lạc|"
    r"đưa)[^.;]{0,12}được|chưa (?:tiếp cận|tìm thấy) |(?:làm|khiến|có)[^.;]{1,30} (?:tử vong|thiệt mạng|"
    r"chết)|không qua khỏi"
)
_ALL_TOLD = _words(
    r"(?:tất cả|toàn bộ|cả \w+)[^.;]{0,30}(?:an toàn|thoát|được cứu|lên bờ|vô sự|ổn định)|không ai bị|"
    r"không có (?:ai|thương vong|thiệt hại về người)"
)


def other_state(target: Reading) -> Candidate | None:
    """Allowed in the title and refused in the text, caught and still wanted, dismissed and reprimanded."""
    title = target.title.text
    if HEDGED.search(unnamed(target.title)):
        return None
    for state in STATES:
        match = state.claim.search(title)
        if not match or _NEGATED.search(title[: match.start()]) or _WISHED.search(title[: match.start()]):
            continue
        if _told(target.body, state.support):
            continue
        for sentence in target.sentences:
            if state.against.search(sentence.text) and shared(sentence.text, title) >= state.least:
                return Candidate.about(state.rule, title, match.span(), sentence)
    return None


def not_all_safe(target: Reading) -> Candidate | None:
    """All safe in the title, some of them dead or missing in the text."""
    title = target.title.text
    match = _SAFE.search(title)
    if not match or not _ALL_SAFE.search(title[: match.start()]) or HEDGED.search(unnamed(target.title)):
        return None
    if _ALL_TOLD.search(target.body) or re.search(rf"\b{re.escape(match.group())}\b", target.body):
        return None
    for sentence in target.sentences:
        if _NOT_SAFE.search(sentence.text):
            return Candidate.about("outcome", title, match.span(), sentence)
    return None


_TWICE = 2
_GRAVE = frozenset(
    {"thương vong", "thiệt mạng", "tử vong", "mất tích", "tràn dầu", "rò rỉ", "ngộ độc", "dịch bệnh", "vỡ đê",
     "vỡ đập", "ô nhiễm", "bạo hành", "xâm hại", "bắt cóc", "hỏa hoạn", "nổ mìn", "cháy nổ", "động đất"}
)  # fmt: skip
"""Of these one that the text only denies is enough."""
_NOT = re.compile(
    r"\b(?:không(?! khí| gian| quân| chỉ| ngừng| thể (?:ngừng|thiếu|quên|không))|chưa|"
    r"chẳng|phủ nhận|bác bỏ)(?: \w+){0,3} \Z"
)


def only_negated(target: Reading) -> Candidate | None:
    """What the title says happened stands in the text only behind "không", "chưa" or "bác bỏ"."""
    title = target.title
    told = unnamed(title)
    if HEDGED.search(told) or '"' in told or "'" in told or "“" in told:
        return None
    negated: dict[Sentence, list[tuple[str, str]]] = {}
    for pair in content_pairs(told):
        phrase = " ".join(pair)
        where = [(s, m) for s in target.sentences for m in re.finditer(rf"\b{phrase}\b", s.text)]
        if (
            where
            and not stopped(told[: told.find(phrase)])
            and all(_denies(s, m.start(), m.end()) for s, m in where)
        ):
            negated.setdefault(where[0][0], []).append(pair)
    for sentence, phrases in negated.items():
        grave = any(" ".join(pair) in _GRAVE for pair in phrases)
        if (grave or len(phrases) >= _TWICE) and shared(sentence.text, title.text) >= (
            1 if grave else _TWICE + 1
        ):
            at = title.text.find(" ".join(phrases[0]))
            start, end = clause(title.text, at, at + len(" ".join(phrases[0])))
            return Candidate.whole("denied", start, end, sentence)
    return None


_CALLED_FALSE = re.compile(
    r"\A[^.;]{0,40}\blà (?:hoàn toàn )?(?:bịa|sai|không đúng|không có thật|thất thiệt|tin giả|tin đồn)"
)


def _denies(sentence: Sentence, start: int, end: int) -> bool:
    before = sentence.text[max(0, start - 60) : start]
    return bool(_NOT.search(before)) or bool(_CALLED_FALSE.search(sentence.text[end:]))


def _told(body: str, support: re.Pattern[str]) -> bool:
    """Whether the text bears it out: in words that are neither negated nor merely wished or feared."""
    return any(
        not _NEGATED.search(before) and not _WISHED.search(before)
        for match in support.finditer(body)
        for before in (body[max(0, match.start() - 40) : match.start()],)
    )
