"""S9: two outlets give different numbers for the same thing at the same time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from classifiers.signals.calibration import score
from classifiers.signals.events import overlap
from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import Reading, Sentence, words_of
from classifiers.signals.records import Evidence, EvidenceKind, RelatedArticle, SignalContext, SignalFinding
from classifiers.signals.wording import content_words

INNOCENT = (
    "Số liệu có thể được cập nhật giữa hai lần đưa tin.",
    "Hai bài có thể tính trên phạm vi hoặc cách tính khác nhau.",
    "Một bên có thể làm tròn số.",
)
WINDOW = timedelta(days=7)
"""How far apart two reports may be published to be compared."""
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
_EARLIER = re.compile(
    r"\b(?:so với|trước đó|ban đầu|năm ngoái|năm trước|cùng kỳ|kế hoạch|mục tiêu|dự kiến|"
    r"buổi sáng cùng ngày|mỗi|một nửa)\b"
)
_GROWING = frozenset(
    [
        "người",
        "nạn",
        "ca",
        "nhà",
        "hộ",
        "con",
        "công",
        "học",
        "bệnh",
        "cháu",
        "em",
        "trẻ",
        "đối",
        "xe",
        "ha",
        "điểm",
        "trường",
        "hành",
        "khách",
        "du",
        "ngôi",
        "căn",
    ]
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
            if not overlap(target, other).same_news:
                continue
            later = context.published >= related.published
            for finding in _disagreements(target, other, related, gap, later):
                if not any(finding.span == known.span for known in found):
                    found.append(finding)
        return found[:3]


def _disagreements(
    target: Reading, other: Reading, related: RelatedArticle, gap: timedelta, later: bool
) -> list[SignalFinding]:
    theirs = [(s, q) for s, q in other.quantities if _counts(q)][:MAX_NUMBERS]
    ours = [(s, q) for s, q in target.quantities if _counts(q)][:MAX_NUMBERS]
    found = []
    for sentence, quantity in ours:
        rivals = [(_likeness(sentence, quantity, s, q), s, q) for s, q in theirs if _same_unit(quantity, q)]
        if not rivals or any(quantity.agrees(q) for _, _, q in rivals):
            continue
        likeness, their_sentence, rival = max(rivals, key=lambda r: r[0])
        if likeness < 2 or any(_same_unit(q, rival) and q.agrees(rival) for _, q in ours):
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


def _counts(quantity: Quantity) -> bool:
    return bool(quantity.unit or quantity.percent) and not (quantity.spelled and quantity.value < 2)


def _same_unit(one: Quantity, other: Quantity) -> bool:
    if one.percent != other.percent:
        return False
    return one.percent or (bool(one.unit) and bool(other.unit) and one.unit[0] == other.unit[0])


def _near(sentence: Sentence, quantity: Quantity, reach: int = 9) -> set[str]:
    before = content_words(words_of(sentence.text[: quantity.start])[-reach:])
    after = content_words(words_of(sentence.text[quantity.end :])[:reach])
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
    clocks, days = _as_of(sentence)
    their_clocks, their_days = _as_of(their)
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


def _as_of(sentence: Sentence) -> tuple[set[str], set[str]]:
    """Clock times and days that a sentence names."""
    clocks = {f"{int(hour)}:{minute or '00'}" for hour, minute in _AS_OF.findall(sentence.text)}
    days = {f"{int(day)}/{int(month)}" for day, month in _AS_OF_DAY.findall(sentence.text)}
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
