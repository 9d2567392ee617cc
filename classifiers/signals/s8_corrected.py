"""S8: a claim that its source has already corrected."""

from __future__ import annotations

import re
from dataclasses import dataclass

from classifiers.signals.calibration import score
from classifiers.signals.quantities import Quantity, quantities
from classifiers.signals.reading import UPPER, Reading, Sentence, words_of
from classifiers.signals.records import Correction, Evidence, EvidenceKind, SignalContext, SignalFinding
from classifiers.signals.wording import content_words
from provinces.spelling import lower_same_length, traditional_tones

INNOCENT = (
    "Bài có thể nói về một sự việc khác cùng loại.",
    "Nơi đăng có thể chưa biết có cải chính.",
    "Bài có thể đã có nguồn riêng, độc lập với tin bị cải chính.",
)

_TITLE = re.compile(r"[\"“«]([^\"“”«»]{8,240})[\"”»](?! hộ)")
_NESTED = re.compile(
    r"(?:bài|tin|bài viết|bản tin|phóng sự|mục)\s+[\"“«](.{8,240}?)[\"”»](?=\s+(?:đăng|ngày|trên|ra|số|"
    r"ghi|có|đã|của|theo)|[,.])"
)
_PLAIN = re.compile(
    r"(?:đăng|đưa|phát|loan|dẫn|viết|ghi|nêu|phản ánh)(?: lại| nhầm| sai)?"
    r"(?: (?:tin|bài|thông tin|rằng|việc|là|về)){1,3}:? (?P<claim>[^.;\"“”]{15,220})(?=[.;])"
)
"""A notice that tells the old news in its own words."""
_NAME = re.compile(rf"(?<!\w)[{UPPER}]\w*(?: [{UPPER}]\w*)*")
_MENDED = re.compile(
    r"đính chính|cải chính|thông tin lại|xin lỗi bạn đọc|đã (?:được )?(?:báo [\w ]{2,30} )?sửa|"
    r"không (?:hề )?chính xác|"
    r"tin (?:sai|giả|thất thiệt)|thông tin sai|bị gỡ|đã gỡ|gỡ bài|nói lại cho rõ|không (?:đúng|có thật)|"
    r"từng đưa|bác bỏ"
)
_DENIED = re.compile(
    r"\b(?:không phải|chứ không|thay vì|không có|không ghi nhận|ghi nhầm|viết nhầm|"
    r"đọc sai)\b(?P<what>[^.;]{4,120})"
)
_RIGHT_IS = re.compile(
    r"\b(?:đúng (?:phải )?là|phải là|chính xác là|thực tế là|sửa (?:lại )?(?:là|thành)|"
    r"đọc (?:lại )?là|con số đúng|số đúng)\b"
)
_DENYING = re.compile(
    r"\b(?:không (?:có|phải|xảy ra|ghi nhận)|chưa (?:có|xảy ra|ghi nhận))(?P<what>(?: \w+){1,4})"
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
        text = traditional_tones(lower_same_length(notice.text))
        quoted = _NESTED.search(text) or _TITLE.search(text) or _PLAIN.search(text)
        titles = [quoted.group(1)] if quoted else []
        named = {word for name in _NAME.findall(notice.text) for word in words_of(name.lower())}
        if not titles:
            return None
        right = _right_part(notice.text)
        claim = _Claim.of(titles[0], text, named)
        if not claim.words or not _places_agree(claim, target):
            return None
        best: tuple[float, Sentence] | None = None
        for sentence in (target.title, *target.sentences):
            value = claim.repeated_in(sentence, target)
            if value and (best is None or value > best[0]):
                best = (value, sentence)
        if best is None:
            return None
        return SignalFinding(
            self.signal,
            "repeated",
            target.whole_span(best[1]),
            Evidence(EvidenceKind.CORRECTION, right, (), notice.outlet, notice.published.isoformat()),
            score("S8.repeated"),
            INNOCENT,
        )


@dataclass(frozen=True)
class _Claim:
    """What the notice took back: content words and numbers of the old title, or else of the sentence that it
    quotes, and the right numbers. ``telling``: the words without those of names."""

    words: frozenset[str]
    telling: frozenset[str]
    numbers: tuple[Quantity, ...]
    right: tuple[Quantity, ...]

    @classmethod
    def of(cls, title: str, text: str, named: set[str]) -> _Claim:
        mended = _mended_numbers(text)
        numbers = [q for q in quantities(title) if not (q.spelled and q.value < 2)]
        if numbers or mended is None:
            words = content_words(words_of(title))
            return cls(
                frozenset(words), frozenset(words) - named, tuple(numbers), mended.right if mended else ()
            )
        words = content_words(words_of(mended.sentence))
        return cls(frozenset(words), frozenset(words) - named, mended.wrong, mended.right)

    def repeated_in(self, sentence: Sentence, target: Reading) -> float:
        """How surely a sentence repeats the claim; 0 when it does not."""
        words = set(words_of(sentence.text))
        shared = len(self.words & words) / len(self.words)
        if not self.numbers:
            told = self.telling & words
            if self.telling and _any_denied(sentence.text, told):
                return 0.0
            return shared if shared >= 0.6 and len(told) >= 0.5 * len(self.telling) else 0.0
        stated = quantities(sentence.text)
        if any(q.value == r.value and q.unit[:1] == r.unit[:1] for q in stated for r in self.right):
            return 0.0  # it has the right number
        if not any(_equal(q, n) for q in stated for n in self.numbers):
            return 0.0
        return 1.0 + shared if shared >= 0.3 else 0.0


def _any_denied(text: str, words: frozenset[str]) -> bool:
    """Whether a sentence denies any of the words: it gives what is right."""
    return any(set(words_of(found.group("what"))) & words for found in _DENYING.finditer(text))


@dataclass(frozen=True, slots=True)
class _Mended:
    sentence: str
    wrong: tuple[Quantity, ...]
    right: tuple[Quantity, ...]


def _mended_numbers(text: str) -> _Mended | None:
    """The number that a notice replaces by another of the same unit, with the sentence that had it."""
    said = _RIGHT_IS.search(text)
    if said is None:
        return None
    right = [q for q in quantities(re.split(r"[.;](?!\d)", text[said.end() :])[0]) if q.value >= 2]
    for sentence in reversed(re.split(r"[.;](?!\d)", text[: said.start()])):
        wrong = [
            q for q in quantities(sentence) for r in right if q.unit[:1] == r.unit[:1] and q.value != r.value
        ]
        if wrong:
            return _Mended(_TITLE.sub(" ", sentence), tuple(wrong), tuple(right))
    return None


def _equal(one: Quantity, other: Quantity) -> bool:
    same = one.value == other.value or one.agrees(other)
    unit = (
        not one.unit or not other.unit or one.unit[0] == other.unit[0] or one.percent == other.percent is True
    )
    return same and unit


def _places_agree(claim: _Claim, target: Reading) -> bool:
    """Whether the target is about the same things at all: most words of the claim occur in it."""
    words = set(words_of(target.whole))
    return len(claim.words & words) / len(claim.words) >= 0.6


def _right_part(text: str) -> str:
    """The sentences of a notice that say what is right."""
    sentences = [s.strip() for s in re.split(r"(?<=[.!?])\s+(?=[A-ZĐÀ-Ỹ])", text) if s.strip()]
    kept = [s for i, s in enumerate(sentences) if i > 0 and not _APOLOGY.search(s.lower())]
    if not kept:
        kept = [s for s in sentences if _DENIED.search(s.lower())] or sentences
    return " ".join(kept)
