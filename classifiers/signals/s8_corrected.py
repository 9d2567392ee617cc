"""S8: a claim that its source has already corrected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from classifiers.signals.calibration import score
from classifiers.signals.notices import Notice, equal, figures, read_notice, same_kind, telling_words
from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import Reading, Sentence, words_of
from classifiers.signals.records import (
    Correction,
    Evidence,
    EvidenceKind,
    RelatedArticle,
    SignalContext,
    SignalFinding,
)
from classifiers.signals.wording import content_words

INNOCENT = (
    "Bài có thể nói về một sự việc khác cùng loại.",
    "Nơi đăng có thể chưa biết có cải chính.",
    "Bài có thể đã có nguồn riêng, độc lập với tin bị cải chính.",
)

ISSUES = timedelta(days=60)
"""How long after a report its outlet may still correct it."""
SAME_TITLE = 0.8
TOLD, TOLD_AROUND = 0.6, 0.7
"""Share of a claim's words that a sentence has, or a sentence with its neighbour and the headline."""
NAMED_DAY = 0.3
OTHERWISE = 0.5
FEW_WORDS, SMALL = 3, 10
"""Words around a number that must be the same for it to be the number that was taken back."""

_MENDED = re.compile(
    r"đính chính|cải chính|thông tin lại|xin lỗi bạn đọc|đã (?:được )?(?:báo [\w ]{2,30} )?sửa|"
    r"không (?:hề )?chính xác|"
    r"tin (?:sai|giả|thất thiệt)|thông tin sai|bị gỡ|đã gỡ|gỡ bài|nói lại cho rõ|không (?:đúng|có thật)|"
    r"từng đưa|bác bỏ"
)
_SAYS_WHAT = re.compile(
    r"\b(?:không phải|chứ không|thay vì|không có|không ghi nhận|ghi nhầm|viết nhầm|đọc sai)\b[^.;]{4,120}"
)
_DENYING = re.compile(
    r"\b(?:không (?:có|phải|xảy ra|ghi nhận)|chưa (?:có|xảy ra|ghi nhận))(?P<what>(?: \w+){1,4})"
)
_NAMED_SO = re.compile(
    r"(?:(?:bệnh viện|trung tâm|y tế|đa khoa|trường|mầm non|tiểu học|thcs|thpt|trung học|cơ sở|phổ thông|"
    r"đại học|cao đẳng|ubnd|công ty|nhà máy|xí nghiệp|hợp tác xã|khu công nghiệp|cụm công nghiệp|chợ|cầu|"
    r"hồ|sông|đèo|mỏ đá|mỏ|khu dân cư|khu du lịch|làng nghề|ngân hàng|doanh nghiệp|tổ hợp tác) )+\Z"
)
_APOLOGY = re.compile(r"xin lỗi|đã gỡ|gỡ bài|rút kinh nghiệm|kiểm điểm")


@dataclass(frozen=True)
class AlreadyCorrected:
    """Detector of S8. Needs correction notices published before the article."""

    signal: str = "S8"

    def detect(self, target: Reading, context: SignalContext) -> list[SignalFinding]:
        """Sentences that repeat what a notice took back, in an article that does not say so."""
        found = []
        for notice in context.corrections:
            if context.published is not None and notice.published >= context.published:
                continue
            finding = self._repeats(target, notice, context)
            if finding is not None:
                found.append(finding)
        return found[:3]

    def _repeats(self, target: Reading, notice: Correction, context: SignalContext) -> SignalFinding | None:
        if _MENDED.search(target.whole):
            return None
        claim = _Claim.of(notice, context)
        if not claim.words or not claim.about(target):
            return None
        best: tuple[float, Sentence] | None = None
        before = ""
        for sentence in (target.title, *target.sentences):
            value = claim.repeated_in(sentence, before, target)
            if value and (best is None or value > best[0]):
                best = (value, sentence)
            before = sentence.text
        if best is None:
            return None
        return SignalFinding(
            self.signal,
            "repeated",
            target.whole_span(best[1]),
            Evidence(
                EvidenceKind.CORRECTION,
                _right_part(notice.text),
                (),
                notice.outlet,
                notice.published.isoformat(),
            ),
            score("S8.repeated"),
            INNOCENT,
        )


@dataclass(frozen=True, slots=True)
class _Claim:
    """What the notice took back.

    notice   the notice, taken apart
    words    content words of the old headline, or else of what the notice says
    telling  those of them that are not of names: what is said to have happened
    around   such words of all that tells of it, the corrected report's own sentence included
    names    names of the claim; one of them must occur where it is repeated
    wrong    numbers that were taken back
    """

    notice: Notice
    words: frozenset[str]
    telling: frozenset[str]
    around: frozenset[str]
    names: frozenset[str]
    wrong: tuple[Quantity, ...]

    @classmethod
    def of(cls, correction: Correction, context: SignalContext) -> _Claim:
        notice = read_notice(correction.text, correction.outlet)
        words = telling_words(notice.title or notice.statement)
        around, wrong = notice.words, notice.wrong
        source = _corrected(correction, notice, context)
        if source is not None:
            told = _rival(context.reading_of(source), notice)
            if told is not None:
                sentence, quantity = told
                around |= frozenset(content_words(sentence.words))
                wrong = wrong or (quantity,)
        lowered = f"{notice.title} {notice.statement}"
        names = frozenset(name for name in notice.names if name in lowered)
        named = _words_of_names(names, lowered)
        return cls(notice, words, words - named, around - named, names, wrong)

    def about(self, target: Reading) -> bool:
        """Whether the target is about the same things at all: most words and a name of the claim occur."""
        words = set(words_of(target.whole))
        if self.names and not any(name in target.whole for name in self.names):
            return False
        needed = 0.6 if self.notice.title else 0.4
        return len(self.words & words) >= needed * len(self.words)

    def repeated_in(self, sentence: Sentence, before: str, target: Reading) -> float:
        """How surely a sentence repeats the claim; 0 when it does not. ``before``: the sentence ahead."""
        if self.wrong:
            return self._number_repeated_in(sentence)
        return self._otherwise_in(sentence) or self._told_in(sentence, before, target)

    def _number_repeated_in(self, sentence: Sentence) -> float:
        words = set(words_of(sentence.text))
        stated = figures(sentence.text)
        if self._has_right_number(stated) or _SAYS_WHAT.search(sentence.text):
            return 0.0
        if not any(equal(q, w) for q in stated for w in self.wrong):
            return 0.0
        told = self.telling & words
        alike = len(self.around & words)
        # A small number may be anybody's; the name alone says no more than where it was.
        if not told or alike < (FEW_WORDS if any(w.value > SMALL for w in self.wrong) else FEW_WORDS + 1):
            return 0.0
        return 1.0 + len(self.words & words) / len(self.words) + 0.1 * alike

    def _has_right_number(self, stated: list[Quantity]) -> bool:
        return any(equal(q, r) for q in stated for r in self.notice.right if (q.unit and r.unit) or q.percent)

    def _otherwise_in(self, sentence: Sentence) -> float:
        """The notice gives only the right number: the sentence has another one for the very same thing."""
        words, stated = set(words_of(sentence.text)), figures(sentence.text)
        for right in self.notice.right:
            if not right.unit and not right.percent:
                continue
            said = telling_words(_sentence_of(self.notice.statement, right))
            rivals = [q for q in stated if same_kind(q, right) and (q.unit or q.percent)]
            if not said or not rivals or any(equal(q, right) for q in rivals):
                continue
            if len(said & words) >= max(FEW_WORDS, OTHERWISE * len(said)):
                return 0.9 + len(said & words) / len(said)
        return 0.0

    def _told_in(self, sentence: Sentence, before: str, target: Reading) -> float:
        words = set(words_of(sentence.text))
        telling, told = self.telling, self.telling & words
        if telling and _any_denied(sentence.text, frozenset(told)):
            return 0.0
        shared = len(self.words & words) / len(self.words)
        wide = words | set(words_of(before)) | set(words_of(target.title.text))
        around = len(self.words & wide) / len(self.words)
        named = sum(name in sentence.text for name in self.names)
        if len(told) < 0.5 * len(telling):
            return 0.0
        stated = figures(sentence.text)
        same_number = any(q.value == o.value for q in stated for o in figures(self.notice.title))
        if shared >= TOLD or (around >= TOLD_AROUND and (same_number or len(told) >= TOLD * len(telling))):
            return shared + 0.3 * named + 0.3 * same_number
        return 0.0


def _words_of_names(names: frozenset[str], told: str) -> set[str]:
    """The words of names and of what is so named: "bệnh viện" before "Sản Nhi"."""
    found = {word for name in names for word in words_of(name)}
    for name in names:
        for place in re.finditer(re.escape(name), told):
            so = _NAMED_SO.search(told, max(0, place.start() - 60), place.start())
            found |= set(words_of(so.group())) if so else set()
    return found


def _corrected(correction: Correction, notice: Notice, context: SignalContext) -> RelatedArticle | None:
    """The report that the notice corrects, when it is among the related articles."""
    title = set(content_words(words_of(notice.title)))
    best: tuple[float, RelatedArticle] | None = None
    for related in context.related:
        age = correction.published - related.published
        if related.outlet != correction.outlet or not timedelta(0) <= age <= ISSUES:
            continue
        reading = context.reading_of(related)
        own = set(content_words(words_of(reading.title.text)))
        if title and own and len(title & own) >= SAME_TITLE * min(len(title), len(own)):
            return related
        value = len(notice.words & set(words_of(reading.whole))) / max(1, len(notice.words))
        value += NAMED_DAY * _names_day(correction.text, related)
        if value >= 0.6 and (best is None or value > best[0]):
            best = (value, related)
    return best[1] if best is not None else None


def _names_day(text: str, related: RelatedArticle) -> bool:
    day = related.article.published
    return bool(re.search(rf"(?<!\d)0?{day.day}[/.-]0?{day.month}(?!\d)", text))


def _rival(source: Reading, notice: Notice) -> tuple[Sentence, Quantity] | None:
    """The number of the corrected report that one of the notice's takes the place of."""
    best: tuple[int, Sentence, Quantity] | None = None
    for right in notice.right:
        said = telling_words(_sentence_of(notice.statement, right))
        for sentence, quantity in source.quantities:
            if not same_kind(quantity, right) or equal(quantity, right):
                continue
            alike = len(said & set(sentence.words)) + 2 * (quantity.unit[:2] == right.unit[:2])
            if alike >= FEW_WORDS and (best is None or alike > best[0]):
                best = (alike, sentence, quantity)
    return None if best is None else best[1:]


def _sentence_of(statement: str, quantity: Quantity) -> str:
    """The notice's sentence that has the number."""
    for piece in re.split(r"[.;](?!\d)", statement):
        if any(q.value == quantity.value for q in figures(piece)):
            return piece
    return ""


def _any_denied(text: str, words: frozenset[str]) -> bool:
    """Whether a sentence denies any of the words: it gives what is right."""
    return any(set(words_of(found.group("what"))) & words for found in _DENYING.finditer(text))


def _right_part(text: str) -> str:
    """The sentences of a notice that say what is right."""
    sentences = [s.strip() for s in re.split(r"(?<=[.!?])\s+(?=[A-ZĐÀ-Ỹ])", text) if s.strip()]
    kept = [s for i, s in enumerate(sentences) if i > 0 and not _APOLOGY.search(s.lower())]
    if not kept:
        kept = [s for s in sentences if _SAYS_WHAT.search(s.lower())] or sentences
    return " ".join(kept)
