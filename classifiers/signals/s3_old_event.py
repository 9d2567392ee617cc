"""S3: an event that was reported long ago, told as if it had just happened."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from classifiers.signals.calibration import score
from classifiers.signals.events import Overlap, facts_in, facts_of, retelling, told_facts
from classifiers.signals.quantities import quantities
from classifiers.signals.reading import Reading, Sentence, names_in
from classifiers.signals.records import RelatedArticle, SignalContext, SignalFinding

INNOCENT = (
    "Sự việc tương tự có thể đã xảy ra lần nữa.",
    "Bài có thể là bài kỷ niệm, diễn biến mới hoặc xét xử mà mốc thời gian ghi ở chỗ khác.",
    "Ngày giờ trên trang có thể là giờ máy chủ cập nhật lại bài cũ.",
)
OLD = timedelta(days=45)
"""From this age on an earlier report is no longer the same news."""
ENOUGH, MUCH_WORDING = 3, 0.4
HEAD = 3
"""Sentences that tell what a report is about."""
READ = 14
"""Sentences in which news says when it happened."""
AT_A_TIME, JUST, THESE_DAYS, UNDER_WAY = 2.0, 1.3, 0.9, 0.7
"""How plainly a sentence says "now": by day or hour, by "vừa", by "these days", by what goes on."""
SAME_FACT, SAME_NAME, FIRST, FURTHER_ON, VAGUE = 0.2, 0.05, 0.4, 0.15, 0.6
"""What counts for the sentence to show: a fact and a name of the earlier report, being the first, each one
further, and telling only that something happened.
"""

_LOOKING_BACK = re.compile(
    r"\b(?:nhìn lại|đọc lại|đăng lại|điểm lại|in lại|tròn (?:một|hai|ba|bốn|năm|\d+)|"
    r"(?:lễ|nhân|dịp) kỷ niệm|kỷ niệm \d+|năm ngoái|năm trước|"
    r"(?:một|hai|ba|bốn|năm|sáu|mười|nửa|\d+) (?:năm|tháng|mùa \w+) (?:sau|trước|qua|trôi qua|đã qua|kể từ)|"
    r"sau (?:hơn |gần )?(?:một|hai|ba|bốn|\d+) (?:năm|tháng)|"
    r"trước đó,? (?:vào )?(?:ngày|tháng|năm)|"
    r"cách đây(?! (?:chừng |khoảng |hơn |gần )?[\d.,]+ ?(?:km|m|mét|cây số)\b|"
    r" (?:ít|vài|mấy) (?:phút|giờ|tiếng|ngày|hôm))|"
    r"từng (?:được )?(?:đưa tin|đăng|phản ánh)|hồi (?:đầu |cuối |giữa )?(?:tháng|năm)|mở phiên|"
    r"từ (?:đầu |cuối |giữa )?năm 20\d\d đến nay|(?:hơn|gần) (?:một|hai|ba|\d+) năm (?:rồi|nay|trời)|"
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
    r"\b(?<!suốt )(?<!mấy )(?<!vài )(?:mới đây|mới rồi|vừa rồi|mới nhất|(?<!thời gian )gần đây|"
    r"(?:sáng|trưa|chiều|tối|đêm|khuya|sớm|hôm) (?:nay|qua|hôm qua|hôm nay|hôm kia)|hôm kia|"
    r"(?:tuần|tháng) (?:này|qua|vừa qua|rồi)|(?:đầu|giữa|cuối) (?:tuần|tháng|tháng \d+) (?:này|qua|vừa qua)|"
    r"(?:cách đây|trước đó) (?:ít|vài|mấy) (?:phút|giờ|tiếng|ngày|hôm)|(?:ít|vài) (?:phút|giờ) trước)\b"
)
_THESE_DAYS = re.compile(
    r"\b(?<!suốt )(?:những|mấy|vài|ít|ba|hai|bốn|năm|mười) (?:ngày|hôm|tuần|bữa) "
    r"(?:nay|qua|này|gần đây|vừa qua|trở lại đây)\b"
)
_JUST = re.compile(r"\bvừa(?! qua\b| là\b| phải chăng| ý| và| lòng| tầm| vặn| đủ)\b")
_NEWLY = re.compile(
    r"(?<!vừa )\bmới (?:xảy ra|diễn ra|phát hiện|bắt|khởi tố|ghi nhận|công bố|ban hành|trao|xuất hiện|"
    r"được phát hiện)\b"
)
_JUST_THEN = re.compile(r"\b(?:khi|lúc|thời điểm)\b[^,.;]{0,30}\Z|[\"“”][^,.;]{0,5},")
"""Ahead of "vừa": within the event itself ("khi xe vừa lên cầu"), or of somebody who is quoted."""
_WEAK = re.compile(r"(?<!khi )(?<!lúc )\b(?:hiện|đang|hiện nay|hiện tại|lan truyền)\b")
_HAPPENED = re.compile(
    r"(?:sự việc|vụ việc|vụ tai nạn|tai nạn|sự cố|vụ án|vụ cháy|câu chuyện)(?: này| trên| nói trên)?,? "
    r"(?:vừa |mới |đã |được )?(?:xảy ra|diễn ra|ghi nhận|xảy đến)"
)
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
            shared = retelling(target, other, context.overlap_of(target, related))
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
        then = _dated_sentence(other)
        return [
            SignalFinding(
                self.signal,
                "retold",
                target.whole_span(sentence),
                related.says(other.whole_span(then).text),
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
        if _RECURRING.search(target.whole):
            return not own and _same_edition(target, shared)
        if shared.stated >= 3 and len(shared.facts) < 0.4 * shared.stated:
            return False
        if own:
            enough = len(shared.facts) >= 0.5 * shared.stated or shared.wording >= MUCH_WORDING
            return _evidence(target, shared) >= ENOUGH and enough
        return True


def _same_edition(target: Reading, shared: Overlap) -> bool:
    """A yearly event looks like its last edition; only its numbers tell them apart."""
    same = len(shared.facts) / max(1, shared.stated)
    head = " ".join(each.text for each in (target.title, *target.sentences[:HEAD]))
    aside = not _RECURRING.search(head) and len(shared.facts) >= ENOUGH and same >= 0.75
    return aside or (shared.wording >= 0.6 and same >= 0.8)


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
    return any(days_off(today, *found) <= 15 for found in _DATE.findall(target.whole))


def days_off(today: date, day: str, month: str, year: str = "") -> int:
    """Days between ``today`` and the date, without a year the nearest such day; many when there is none."""
    gaps = []
    for each in [int(year)] if year else range(today.year - 1, today.year + 2):
        with suppress(ValueError):
            gaps.append(abs((today - date(each, int(month), int(day))).days))
    return min(gaps, default=date.max.toordinal())


def _fresh_sentence(target: Reading, today: date, other: Reading) -> Sentence | None:
    """The sentence that says "just now" most plainly; among equals the one that tells most of the old event.

    News says so at its head: what comes later with "vừa" tells what somebody in it had just done. Where no
    sentence says it, the one that tells most.
    """
    old_facts = told_facts(other.body, facts_of(other))
    best: tuple[float, Sentence] | None = None
    fullest: tuple[float, Sentence] | None = None
    plainest = 0.0
    for index, sentence in enumerate(target.sentences[:READ]):
        now = _nowness(sentence, today)
        facts = facts_in(sentence.text, quantities(sentence.text))
        shared = told_facts(sentence.text, facts) & old_facts
        told = SAME_FACT * min(2, len(shared))
        told += SAME_NAME * min(4, sum(name in other.whole for name in set(names_in(sentence))))
        told -= FURTHER_ON * min(index, 4)
        told += 0.0 if index else FIRST if told else FIRST / 2
        told -= VAGUE if _HAPPENED.match(sentence.text) else 0.0
        plainest = max(now, plainest)
        if now and (best is None or now + told > best[0]):
            best = (now + told, sentence)
        if fullest is None or told > fullest[0]:
            fullest = (told, sentence)
    if plainest < JUST <= _nowness(target.title, today):
        return target.title
    found = best or fullest
    return found[1] if found is not None else None


def _nowness(sentence: Sentence, today: date) -> float:
    """How plainly a sentence says that its event is of these days; 0 when it does not."""
    if _STRONG.search(sentence.text) or _own_day(sentence, today):
        return AT_A_TIME
    if _just_now(sentence):
        return JUST
    if _THESE_DAYS.search(sentence.text):
        return THESE_DAYS
    return UNDER_WAY if _WEAK.search(sentence.text) else 0.0


def _just_now(sentence: Sentence) -> bool:
    return any(
        not _JUST_THEN.search(sentence.text[max(0, found.start() - 60) : found.start()])
        for pattern in (_JUST, _NEWLY)
        for found in pattern.finditer(sentence.text)
    )


def _own_day(sentence: Sentence, today: date) -> bool:
    return any(days_off(today, day, month) <= 10 for day, month, _ in _DATE.findall(sentence.text))


def _dated_sentence(other: Reading) -> Sentence:
    """The earlier report's sentence with its date, or its first one."""
    for sentence in other.sentences:
        if _DATE.search(sentence.text) or _MONTH.search(sentence.text):
            return sentence
    return other.sentences[0] if other.sentences else other.title
