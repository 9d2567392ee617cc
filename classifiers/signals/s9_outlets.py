"""S9: two outlets give different numbers for the same thing at the same time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from classifiers.signals.calibration import score
from classifiers.signals.headline.counts import PEOPLE
from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import Reading, Sentence, words_of
from classifiers.signals.records import Evidence, EvidenceKind, RelatedArticle, SignalContext, SignalFinding
from classifiers.signals.wording import content_words, word_set

INNOCENT = (
    "Số liệu có thể được cập nhật giữa hai lần đưa tin.",
    "Hai bài có thể tính trên phạm vi hoặc cách tính khác nhau.",
    "Một bên có thể làm tròn số.",
)
WINDOW = timedelta(days=7)
"""How far apart two reports may be published to be compared."""
MIN_LIKENESS = 3
"""Content words around two numbers that must be the same for both to count the same thing."""
MAX_NUMBERS = 80
"""Numbers compared of one article; a table of statistics has more and is no news."""
AT_ONCE = timedelta(hours=3)
"""Within this time a growing number has hardly grown, when no report says as of when it counts."""

_AS_OF = re.compile(r"\b(\d{1,2})(?: ?h| giờ)(?: ?(\d{2}))?\b")
_AS_OF_DAY = re.compile(
    r"(?:đến|tính đến|hết|ngày|sáng|chiều|trưa|tối)(?: hết)?(?: ngày)? (\d{1,2})[/\-.](\d{1,2})"
)
_SCOPE = re.compile(
    r"\b(xã|phường|thị trấn|huyện|thị xã|quận|thôn|bản|ấp|riêng|trong đó|toàn xã|toàn huyện|hộ ông|hộ bà|"
    r"gia đình)\b"
)
_OF_WHICH = re.compile(r"\btrong đó,?(?: có)?[^,.;]{0,8}\Z")
_EARLIER = re.compile(
    r"\b(?:so với|trước đó|ban đầu|năm ngoái|năm trước|cùng kỳ|kế hoạch|mục tiêu|dự kiến|"
    r"buổi sáng cùng ngày|mỗi|một nửa)\b"
)
_FATES = (
    re.compile(r"\b(?:chết|tử vong|thiệt mạng|tử nạn)\b"),
    re.compile(r"\b(?:bị thương|trọng thương|bỏng)\b"),
    re.compile(r"\b(?:mất tích)\b"),
    re.compile(r"\b(?:xuất viện|ra viện|bình phục|ổn định)\b"),
)
_DAY = re.compile(r"(?<![\d/.\-])(\d{1,2})[/.\-](\d{1,2})(?!\d|\.\d|/\d{1,3}\b)")
_MEASURES = frozenset(
    {"đồng", "usd", "m", "m2", "m3", "mét", "km", "ha", "kg", "tấn", "tạ", "g", "mm", "cm", "lượt"}
)
_NO_COUNTS = word_set(
    """
    tuổi giờ phút giây năm tháng ngày tuần lần điểm độ phiên giải của tại là và trong đến về được cho có bàn
    set trận quý đời bậc chỗ chiều yen euro bảng ounce
    """
)
_GROWING = word_set(
    """
    người nạn ca nhà hộ con công học bệnh cháu em trẻ đối xe ha điểm trường hành khách du ngôi căn
    """
)


@dataclass(frozen=True)
class OutletsDisagree:
    """Detector of S9. Needs parallel coverage."""

    signal: str = "S9"

    def detect(self, target: Reading, context: SignalContext) -> list[SignalFinding]:
        """Numbers of the target that parallel coverage gives otherwise, at most one per number."""
        if context.published is None:
            return []
        found: list[SignalFinding] = []
        for related in context.related:
            gap = abs(context.published - related.published)
            if gap > WINDOW:
                continue
            other = context.reading_of(related)
            if not context.overlap_of(target, related).same_news:
                continue
            later = context.published >= related.published
            for finding in _disagreements(target, other, related, gap, later):
                if not any(finding.span == known.span for known in found):
                    found.append(finding)
        return found[:3]


def _disagreements(
    target: Reading, other: Reading, related: RelatedArticle, gap: timedelta, later: bool
) -> list[SignalFinding]:
    if not _same_days(target, other):
        return []
    theirs = [(s, q) for s, q in other.quantities if _counts(q)][:MAX_NUMBERS]
    ours = [(s, q) for s, q in target.quantities if _counts(q)][:MAX_NUMBERS]
    found = []
    for sentence, quantity in ours:
        rivals = [
            (s, q) for s, q in theirs if _same_unit(quantity, q) and not _OF_WHICH.search(s.text[: q.start])
        ]
        if not rivals or any(quantity.agrees(q) for _, q in rivals):
            continue
        ranked = sorted(((_likeness(sentence, quantity, s, q), s, q) for s, q in rivals), key=lambda r: -r[0])
        likeness, their_sentence, rival = ranked[0]
        needed = MIN_LIKENESS if _same_time(sentence, quantity, their_sentence, rival) else MIN_LIKENESS + 1
        if likeness < needed or any(r[0] >= likeness and r[2].value != rival.value for r in ranked[1:]):
            continue
        if any(_same_unit(q, rival) and q.agrees(rival) for _, q in ours):
            # The target has the other side's number, too: for an earlier hour, a part, another place.
            continue
        if not _same_fate(quantity, _fate(sentence, quantity), _fate(their_sentence, rival)):
            continue
        if not _comparable(sentence, quantity, their_sentence, rival, gap, later):
            continue
        found.append(
            SignalFinding(
                "S9",
                "number",
                target.span(sentence, *_clause(sentence, quantity)),
                Evidence(
                    EvidenceKind.ARTICLE,
                    other.span(their_sentence, *_clause(their_sentence, rival)).text,
                    (related.id,),
                    related.outlet,
                    related.published.isoformat(),
                ),
                score("S9.number"),
                INNOCENT,
            )
        )
    return found


def _same_time(sentence: Sentence, quantity: Quantity, their: Sentence, rival: Quantity) -> bool:
    """Whether both sentences name the same hour or day themselves."""
    (clocks, days), (their_clocks, their_days) = _as_of(sentence, quantity), _as_of(their, rival)
    return bool(clocks & their_clocks or days & their_days)


def _same_days(target: Reading, other: Reading) -> bool:
    """Whether both name a day in common: what has no date in common may be two events of one kind."""
    return bool(_days(target) & _days(other))


def _days(reading: Reading) -> set[tuple[int, int]]:
    return {(int(day), int(month)) for day, month in _DAY.findall(reading.whole) if int(month) < 13}


def _fate(sentence: Sentence, quantity: Quantity) -> tuple[bool, ...]:
    """What befell those who are counted: the dead of one report are not the patients of the other."""
    around = sentence.text[quantity.end : quantity.end + 40]
    return tuple(bool(word.search(around)) for word in _FATES)


def _same_fate(quantity: Quantity, ours: tuple[bool, ...], theirs: tuple[bool, ...]) -> bool:
    if quantity.unit and quantity.unit[0] in PEOPLE:
        return ours == theirs
    return not (any(ours) and any(theirs)) or ours == theirs


def _counts(quantity: Quantity) -> bool:
    if quantity.value < 2 or "lượng" in quantity.unit[1:3] or "ounce" in quantity.unit[1:3]:
        return False
    return quantity.percent or (bool(quantity.unit) and quantity.unit[0] not in _NO_COUNTS)


def _same_unit(one: Quantity, other: Quantity) -> bool:
    if one.percent or other.percent:
        return one.percent == other.percent
    if one.unit[0] != other.unit[0]:
        return False
    # "Con trâu" and "con đường", "công nhân" and "công trình" begin alike.
    return (
        one.unit[0] in _MEASURES or len(one.unit) < 2 or len(other.unit) < 2 or one.unit[1] == other.unit[1]
    )


def _near(sentence: Sentence, quantity: Quantity) -> set[str]:
    before = content_words(words_of(sentence.text[: quantity.start])[-8:])
    after = content_words(words_of(sentence.text[quantity.end :])[:14])
    return set(before) | set(after)


def _likeness(sentence: Sentence, quantity: Quantity, their: Sentence, rival: Quantity) -> int:
    """How many content words around both numbers are the same; the unit itself does not count."""
    unit = {quantity.unit[0]} if quantity.unit else set()
    return len((_near(sentence, quantity) & _near(their, rival)) - unit)


def _comparable(
    sentence: Sentence, quantity: Quantity, their: Sentence, rival: Quantity, gap: timedelta, later: bool
) -> bool:
    if _scope(sentence, quantity) != _scope(their, rival):
        return False
    if _EARLIER.search(_around(sentence, quantity)) or _EARLIER.search(_around(their, rival)):
        return False
    clocks, days = _as_of(sentence, quantity)
    their_clocks, their_days = _as_of(their, rival)
    if (clocks and their_clocks and not clocks & their_clocks) or (
        days and their_days and not days & their_days
    ):
        return False
    if clocks & their_clocks or days & their_days:
        return True
    if quantity.unit and quantity.unit[0] in _GROWING and gap > AT_ONCE:
        # A toll that rises from report to report is news, not a contradiction.
        grown = quantity.value > rival.value if later else quantity.value < rival.value
        return not grown
    return True


def _around(sentence: Sentence, quantity: Quantity) -> str:
    return sentence.text[max(0, quantity.start - 50) : quantity.end + 30]


def _scope(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the number counts only a part: a commune, a family, "trong đó"."""
    before = sentence.text[max(0, quantity.start - 90) : quantity.start]
    before = before.rsplit(";", 1)[-1]
    return bool(_SCOPE.search(before)) and "toàn tỉnh" not in before


def _as_of(sentence: Sentence, quantity: Quantity) -> tuple[set[str], set[str]]:
    """Clock times and days that a sentence names ahead of the number."""
    ahead = sentence.text[: quantity.start]
    clocks = {f"{int(hour)}:{minute or '00'}" for hour, minute in _AS_OF.findall(ahead)}
    days = {f"{int(day)}/{int(month)}" for day, month in _AS_OF_DAY.findall(ahead)}
    return clocks, days


def _clause(sentence: Sentence, quantity: Quantity) -> tuple[int, int]:
    """The part of the sentence that holds the number, from comma to comma."""
    text = sentence.text
    start = max(
        text.rfind(mark, 0, quantity.start) + len(mark) if mark in text[: quantity.start] else 0
        for mark in (", ", "; ", ": ")
    )
    ends = [i for mark in (", ", "; ", ". ") if (i := text.find(mark, quantity.end)) >= 0]
    end = min(ends, default=len(text))
    while end > start and text[end - 1] in ".;,":
        end -= 1
    return start, end
