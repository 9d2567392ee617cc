"""S3: an event that was reported long ago, told as if it had just happened."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from classifiers.signals.calibration import score
from classifiers.signals.events import Overlap, facts_of, numbers_of
from classifiers.signals.quantities import quantities
from classifiers.signals.reading import Reading, Sentence
from classifiers.signals.records import Evidence, EvidenceKind, RelatedArticle, SignalContext, SignalFinding

INNOCENT = (
    "Sự việc tương tự có thể đã xảy ra lần nữa.",
    "Bài có thể là bài kỷ niệm, diễn biến mới hoặc xét xử mà mốc thời gian ghi ở chỗ khác.",
    "Ngày giờ trên trang có thể là giờ máy chủ cập nhật lại bài cũ.",
)
OLD = timedelta(days=45)
"""From this age on an earlier report is no longer the same news."""
ENOUGH, MUCH_WORDING = 3, 0.4
IN_TITLE = 1.1
"""A sentence worth less says "now" less plainly than a headline with "vừa"."""
SAME_FACT, FIRST, FURTHER_ON = 0.4, 0.2, 0.15
"""What counts for the sentence to show: a fact of the earlier report, being the first, each one further."""

_LOOKING_BACK = re.compile(
    r"\b(?:nhìn lại|đọc lại|đăng lại|điểm lại|in lại|tròn (?:một|hai|ba|bốn|năm|\d+)|(?:lễ|nhân|"
    r"dịp) kỷ niệm|kỷ niệm \d+|năm ngoái|năm trước|(?:một|hai|ba|bốn|năm|nửa|\d+) (?:năm|tháng) "
    r"(?:sau|trước|qua|trôi qua|đã qua|kể từ)|sau (?:hơn |gần )?(?:một|hai|ba|bốn|\d+) (?:năm|tháng)|"
    r"trước đó,? (?:vào )?(?:ngày|tháng|năm)|"
    r"cách đây(?! (?:chừng |khoảng |hơn |gần )?[\d.,]+ ?(?:km|m|mét|cây số)\b)|"
    r"từng (?:được )?(?:đưa tin|đăng|phản ánh)|hồi (?:đầu |cuối |giữa )?(?:tháng|năm)|mở phiên|"
    r"tưởng niệm|ngày giỗ|diễn tập|nhớ lại|năm xưa|ngày này năm|tái hiện|phúc thẩm|sơ thẩm|phiên tòa|hầu tòa|"
    r"lĩnh án|xét xử|cáo trạng|bị cáo|tuyên phạt|bản án|hồi tưởng|ký ức|"
    r"nhân dịp|ảnh tư liệu|clip cũ|video cũ|tin cũ|sự việc cũ)\b"
)
_RECURRING = re.compile(
    r"\b(?:lần thứ|thường niên|hằng năm|hàng năm|(?<!mấy )(?<!nhiều )(?<!vài )năm nay|lễ hội|"
    r"khai hội|khai giảng|kỳ thi|giải (?:đấu|bóng|chạy|vô địch)|"
    r"hội nghị|kỳ họp|mùa giải|tổng kết|mỗi năm|năm học|dự báo (?:thời tiết|khí tượng)|"
    r"giá (?:vàng|xăng|usd)|tỷ giá|xổ số)\b"
)
_STRONG = re.compile(
    r"(?<!suốt )\b(?:mới đây|sáng nay|chiều nay|trưa nay|tối nay|"
    r"đêm nay|hôm nay|hôm qua|đêm qua|chiều qua|sáng qua|tối qua|"
    r"những ngày này|mấy hôm nay|mấy ngày nay|vừa xảy ra|vừa mới|mới nhất|tuần này|tuần qua|"
    r"những ngày qua|hôm trước|rạng sáng nay)\b"
)
_JUST = re.compile(r"\bvừa(?! qua\b| là\b| phải chăng| ý| và| lòng| tầm| vặn| đủ)\b")
_JUST_THEN = re.compile(r"\b(?:khi|lúc|thời điểm)\b[^,.;]{0,30}\Z|[\"“”][^,.;]{0,5},")
"""Ahead of "vừa": within the event itself ("khi xe vừa lên cầu"), or of somebody who is quoted."""
_WEAK = re.compile(r"(?<!khi )(?<!lúc )\b(?:hiện|đang|hiện nay|hiện tại|lan truyền)\b")
_SALUTE = (
    r"\b(?:ông|bà|cụ|anh|chị|em|cháu|cô|tài xế|lái xe|thầy giáo|cô giáo|đối tượng|nghi phạm|nghi can|"
    r"nạn nhân|bị can|bắt|công nhân|sinh viên|học sinh|chủ nhiệm) "
)
_AGED = r"[ ,(]+(?:\d+ tuổi|sn\b|sinh năm|quê|trú|ngụ)"
"""What makes a name a person's."""
_EXACT = re.compile(r"\d{1,2}h[0-5]\d|[a-zđ]{2,3}\d{3,5}|\d{2}[a-zđ]\d{4,7}")
"""A clock time to the minute, a boat, a plate."""
_DATE = re.compile(r"(?<![\d/.\-])(\d{1,2})[/\-.](\d{1,2})(?:[/\-.](\d{4}))?(?![\d/]|[.,]\d)")
_MONTH = re.compile(r"\btháng (\d{1,2})(?:[/\-.]| năm )(\d{4})\b")
_YEAR = re.compile(r"\bnăm (19\d\d|20\d\d)\b|/(20\d\d)\b")


@dataclass(frozen=True)
class OldEvent:
    """Detector of S3. Needs earlier articles."""

    signal: str = "S3"

    def detect(self, target: Reading, context: SignalContext) -> list[SignalFinding]:
        """The sentence that makes an old event new, beside the earlier report."""
        if context.published is None:
            return []
        best: tuple[float, RelatedArticle, Overlap] | None = None
        for related in context.related:
            if context.published - related.published < OLD:
                continue
            other = context.reading_of(related)
            shared = context.overlap_of(target, related)
            if not self._retold(target, related, other, shared):
                continue
            weight = shared.wording + len(shared.facts) * 0.1
            if best is None or weight > best[0]:
                best = (weight, related, shared)
        if best is None:
            return []
        _, related, shared = best
        other = context.reading_of(related)
        sentence = _fresh_sentence(target, target.article.published, other)
        if sentence is None:
            return []
        then = _dated_sentence(other, related.article.published)
        return [
            SignalFinding(
                self.signal,
                "retold",
                target.whole_span(sentence),
                Evidence(
                    EvidenceKind.ARTICLE,
                    other.whole_span(then).text,
                    (related.id,),
                    related.outlet,
                    related.published.isoformat(),
                ),
                score("S3.retold"),
                INNOCENT,
            )
        ]

    def _retold(self, target: Reading, related: RelatedArticle, other: Reading, shared: Overlap) -> bool:
        if not shared.same_event or _LOOKING_BACK.search(target.whole):
            return False
        then = related.article.published
        if _names_the_time(target, then, _event_dates(other, then)):
            return False
        own = _own_dates(target, target.article.published)
        recurring = bool(_RECURRING.search(target.whole))
        if recurring:
            # A yearly event looks like its last edition; only its numbers tell them apart.
            return shared.wording >= 0.6 and len(shared.facts) >= 0.8 * max(1, shared.stated) and not own
        if shared.stated >= 3 and len(shared.facts) < 0.4 * shared.stated:
            return False
        if own:
            enough = len(shared.facts) >= 0.5 * shared.stated or shared.wording >= MUCH_WORDING
            return _evidence(target, shared) >= ENOUGH and enough
        return True


def _evidence(target: Reading, shared: Overlap) -> int:
    """How much speaks for one event where the target has a date of its own: numbers, and people, exact hours,
    numbered boats or plates, and wording on top of them.
    """
    people = sum(
        bool(re.search(rf"{_SALUTE}{re.escape(name)}\b|\b{re.escape(name)}{_AGED}", target.body))
        for name in shared.names
        if len(name.split()) >= 3
    )
    exact = any(_EXACT.fullmatch(fact) for fact in shared.facts)
    return len(shared.facts) + min(people, 2) + exact + (shared.wording >= MUCH_WORDING)


def _event_dates(other: Reading, then: date) -> set[tuple[int, int]]:
    dates = {(int(d), int(m)) for d, m, _ in _DATE.findall(other.body)}
    dates.add((then.day, then.month))
    return dates


def _names_the_time(target: Reading, then: date, dates: set[tuple[int, int]]) -> bool:
    """Whether the target itself says when it happened."""
    text = target.whole
    if then.year != target.article.published.year:
        years = {int(a or b) for a, b in _YEAR.findall(text)}
        if then.year in years and _near_event_year(text, then.year):
            return True
    for day, month, year in _DATE.findall(text):
        if year and int(year) == then.year != target.article.published.year:
            return True
        if not year and then.year == target.article.published.year and (int(day), int(month)) in dates:
            return True
    return any(int(y) == then.year != target.article.published.year for _, y in _MONTH.findall(text))


def _near_event_year(text: str, year: int) -> bool:
    """A year as such may belong to something else ("đưa vào sử dụng từ năm 2009")."""
    return any(
        not re.search(
            r"(?:từ|sử dụng|xây dựng|khởi công|thành lập|khánh thành|giai đoạn|tranh cử)[ \w]{0,12}\Z",
            text[max(0, m.start() - 30) : m.start()],
        )
        for m in re.finditer(rf"\b{year}\b", text)
    )


def _own_dates(target: Reading, today: date) -> bool:
    """Whether the target dates its event by day, close to its publication."""
    for day, month, year in _DATE.findall(target.whole):
        if year and int(year) != today.year:
            continue
        try:
            stated = date(today.year, int(month), int(day))
        except ValueError:
            continue
        if abs((today - stated).days) <= 15:
            return True
    return False


def _fresh_sentence(target: Reading, today: date, other: Reading) -> Sentence | None:
    """The sentence that says "just now" most plainly; among equals the one with most of the old facts.

    News says so at its head: what comes later with "vừa" tells what somebody in it had just done.
    """
    old_facts = facts_of(other)
    best: tuple[float, Sentence] | None = None
    for index, sentence in enumerate(target.sentences[:14]):
        value = 0.0
        if _STRONG.search(sentence.text):
            value = 2.0
        elif _own_day(sentence, today):
            value = 1.8
        elif _just_now(sentence):
            value = 1.7
        elif _WEAK.search(sentence.text):
            value = 1.0
        if not value:
            continue
        facts = numbers_of(quantities(sentence.text))
        value += SAME_FACT * min(3, len(facts & old_facts))
        value += FIRST if index == 0 else -FURTHER_ON * min(index, 4)
        if best is None or value > best[0]:
            best = (value, sentence)
    if (best is None or best[0] < IN_TITLE) and (
        _STRONG.search(target.title.text) or _just_now(target.title)
    ):
        return target.title
    if best is not None:
        return best[1]
    return target.sentences[0] if target.sentences else None


def _just_now(sentence: Sentence) -> bool:
    return any(
        not _JUST_THEN.search(sentence.text[max(0, found.start() - 60) : found.start()])
        for found in _JUST.finditer(sentence.text)
    )


def _own_day(sentence: Sentence, today: date) -> bool:
    for day, month, _ in _DATE.findall(sentence.text):
        try:
            if abs((today - date(today.year, int(month), int(day))).days) <= 10:
                return True
        except ValueError:
            continue
    return False


def _dated_sentence(other: Reading, then: date) -> Sentence:
    """The earlier report's sentence with its date, or its first one."""
    for sentence in other.sentences:
        if _DATE.search(sentence.text) or _MONTH.search(sentence.text):
            return sentence
    return other.sentences[0] if other.sentences else other.title
