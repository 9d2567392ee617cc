"""Names of the title that the text does not have, where it names another thing of the same kind."""

from __future__ import annotations

import re

from classifiers.signals.headline.candidate import Candidate, shared, unnamed
from classifiers.signals.headline.certainty import HEDGED
from classifiers.signals.reading import UPPER, Reading
from provinces.spelling import without_marks

_GROUPS = (
    "vườn quốc gia|khu bảo tồn thiên nhiên|khu bảo tồn|khu dự trữ sinh quyển|lâm trường|rừng đặc dụng",
    "khu công nghiệp|khu kinh tế|cụm công nghiệp",
    "bệnh viện đa khoa|bệnh viện|trung tâm y tế",
    "sân bay",
    "cảng",
    "quốc lộ|cao tốc|tỉnh lộ",
    "sông|suối",
    "cầu",
    "đèo|dốc",
    "hồ|đập",
    "núi",
    "đảo",
    "xã|phường|thị trấn",
    "huyện|quận|thị xã",
    "tỉnh",
    "chợ",
    "chùa|đền|miếu",
    "nhà máy|thủy điện",
    "trường thpt|trường thcs|trường tiểu học|trường mầm non|trường đại học|đại học",
    "bản|thôn",
)
"""Kinds of named things; within a group one may be mistaken for another."""
_GROUP = {kind: number for number, group in enumerate(_GROUPS) for kind in group.split("|")}
_KINDS = "|".join(sorted(_GROUP, key=len, reverse=True))
_NAMED = re.compile(
    rf"\b(?P<kind>(?i:{_KINDS})) (?P<name>[{UPPER}]\w*(?: [{UPPER}]\w*){{0,3}}|\d{{1,3}}[A-Z]?\b(?! (?:năm|"
    rf"tuổi|tỷ|triệu|tầng|mét|m|km|ha|nhịp|tấn)\b))"
)
_SAMPLE = re.compile(r"\b(?:phát hiện|dương tính với|nhiễm|chứa|tồn dư)\b (?P<what>[^,.:;?!]{4,40})")
_RESULT = re.compile(
    r"\b(?:dương tính với|phát hiện|nhiễm|xác định (?:có|chủng|là)|"
    r"nguyên nhân (?:là )?do)\b (?P<what>[^,.;]{4,60})"
)
_GENERIC = re.compile(
    r"\A(?:(?:vi khuẩn|vi rút|virus|khuẩn|chất cấm|chất|hàm lượng|dư lượng|thuốc|kim loại|nhiều|"
    r"ký sinh trùng) )+"
)
_LAB = re.compile(r"\b(?:xét nghiệm|kiểm nghiệm|mẫu|dương tính|phân tích)\b")


def other_name(target: Reading) -> Candidate | None:
    """Another park, river or commune than in the text."""
    title = target.title.cased
    if HEDGED.search(unnamed(target.title)):
        return None
    for match in _NAMED.finditer(title):
        kind, name = match.group("kind").lower(), match.group("name")
        if title.isupper() or _mentioned(name.lower(), target):
            continue
        rivals: dict[str, list[int]] = {}
        for index, sentence in enumerate(target.sentences):
            for other in _NAMED.finditer(sentence.cased):
                if _GROUP[other.group("kind").lower()] == _GROUP[kind]:
                    rivals.setdefault(other.group("name").lower(), []).append(index)
        # With several candidates it stays open which one the title means.
        if len(rivals) != 1:
            continue
        where = next(iter(rivals.values()))
        title_text = target.title.text
        sentence = max((target.sentences[i] for i in where), key=lambda s: shared(s.text, title_text))
        if len(where) > 1 or shared(sentence.text, title_text) >= 1:
            return Candidate.whole("name", match.start(), match.end(), sentence)
    return None


def other_finding(target: Reading) -> Candidate | None:
    """Another substance or germ than the test in the text found."""
    title = target.title.text
    match = _SAMPLE.search(title)
    if not match or HEDGED.search(unnamed(target.title)) or not _LAB.search(target.body):
        return None
    what = re.split(r" (?:trong|ở|tại|gây|khiến|vượt|từ)\b", match.group("what"))[0].strip()
    # "Vi khuẩn tả" is told from "vi khuẩn E. coli" by its last word only.
    named = _GENERIC.sub("", what).split()[:2] or what.split()[:2]
    if all(word in target.vocabulary for word in named) or len(" ".join(named)) < 2:
        return None
    if " ".join(what.split()[:3]) in target.body:
        return None
    for sentence in target.sentences:
        result = _RESULT.search(sentence.text)
        if result and _LAB.search(sentence.text) and "dương tính" in sentence.text:
            return Candidate.whole("substance", match.start(), match.end(), sentence)
    return None


_CLEARED = re.compile(
    r"\b(?:trong (?:giới hạn|ngưỡng|mức) cho phép|trong ngưỡng|dưới ngưỡng|đạt (?:quy |tiêu )?chuẩn|"
    r"không phát hiện|không (?:bị )?nhiễm|không (?:có|chứa|vượt)|âm tính|an toàn)\b"
)
_TAINTED = re.compile(r"(?<!không )\b(?:vượt|dương tính|phát hiện|nhiễm|chứa|tồn dư)\b")


def cleared(target: Reading) -> Candidate | None:
    """Found in the title, and within limits by the test in the text."""
    title = target.title.text
    match = _SAMPLE.search(title)
    if not match or HEDGED.search(unnamed(target.title)) or not _LAB.search(target.body):
        return None
    what = re.split(r" (?:trong|ở|tại|gây|khiến|vượt|từ)\b", match.group("what"))[0].strip()
    named = " ".join((_GENERIC.sub("", what) or what).split()[:2])
    against = None
    for sentence in target.sentences:
        at = sentence.text.find(named)
        if at < 0:
            continue
        if _CLEARED.search(sentence.text, max(0, at - 60)):
            against = sentence
        elif _TAINTED.search(sentence.text):
            return None
    return Candidate.whole("substance", match.start(), match.end(), against) if against else None


def _mentioned(name: str, target: Reading) -> bool:
    """Whether the text has the name in any spelling, or as part of another word group."""
    if name in target.body:
        return True
    plain = without_marks(name)
    body = without_marks(target.body)
    return (
        plain in body
        or plain.replace(" ", "") in body.replace(" ", "")
        or all(w in target.vocabulary for w in name.split())
    )
