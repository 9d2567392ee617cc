"""What a correction notice took back, as a later report may repeat it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from classifiers.signals.notices import Notice, equal, figures, read_notice, same_kind, telling_words
from classifiers.signals.number_pairs import MEASURES
from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import Reading, Sentence, words_of
from classifiers.signals.records import Correction, RelatedArticle, SignalContext
from classifiers.signals.wording import content_words

ISSUES = timedelta(days=60)
"""How long after a report its outlet may still correct it."""
SAME_TITLE = 0.8
NAMED_DAY = 0.3
TOLD, TOLD_AROUND = 0.6, 0.7
"""Share of a claim's words that a sentence has, or a sentence with its neighbour and the headline."""
ALL_TOLD = 0.9
"""Of a headline without a name of two words, so that all of it says who is meant."""
OTHERWISE = 0.5
FEW_WORDS, SMALL = 3, 10
"""Words around a number that must be the same for it to be the number that was taken back; a small number may
be anybody's and takes one more."""
MEASURED = {(unit,) for unit in MEASURES}
MANY_WORDS, GREAT = 5, 100
"""With so many and so great a number the report need not name whom it is about."""

SAYS_WHAT = re.compile(
    r"\b(?:không phải|chứ không|thay vì|không có|không ghi nhận|ghi nhầm|viết nhầm|đọc sai)\b[^.;]{4,120}"
)
_DENYING = re.compile(
    r"\b(?:không (?:có|phải|xảy ra|ghi nhận)|chưa (?:có|xảy ra|ghi nhận))(?P<what>(?: \w+){1,4})|"
    r"\b(?:không|chưa)(?P<act>(?: \w+){1,2})"
)
_EITHER = (
    ("hết", "còn"),
    ("thiếu", "đủ"),
    ("tăng", "giảm"),
    ("mất", "còn"),
    ("đóng", "mở"),
    ("chết", "sống"),
    ("lỗ", "lãi"),
    ("thua", "thắng"),
)
_OPPOSITES = (*_EITHER, *((b, a) for a, b in _EITHER))
"""Where the claim says the one and a sentence the other, the sentence does not repeat the claim."""
_WHOLE = re.compile(
    r"không đúng|là sai|chưa (?:được )?kiểm (?:chứng|tra)|gỡ|chưa chính xác|không chính xác|không có|"
    r"diễn đạt|không (?:liên quan|tham gia|phải)|thất thiệt|bịa|dàn dựng|cắt ghép|nhầm lẫn"
)
"""Words by which a notice takes back what was told, and not only a number of it."""
_RENAMED = re.compile(
    r"\b(?:sai|nhầm) (?:tên|địa danh|địa chỉ|nơi|đơn vị|xã|trường)|\b(?:ở|tại|là) [^.;]{3,60}, không phải\b"
)
_NAMED_SO = re.compile(
    r"(?:(?:bệnh viện|trung tâm|y tế|đa khoa|trường|mầm non|tiểu học|thcs|thpt|trung học|cơ sở|phổ thông|"
    r"đại học|cao đẳng|ubnd|công ty|nhà máy|thủy điện|xí nghiệp|hợp tác xã|khu công nghiệp|cụm công nghiệp|"
    r"chợ|cầu|hồ|sông|đèo|mỏ đá|mỏ|khu dân cư|khu du lịch|làng nghề|ngân hàng|doanh nghiệp|tổ hợp tác|trạm|"
    r"nhóm trẻ|cơ sở nước|nhà xe) )+\Z"
)


@dataclass(frozen=True, slots=True)
class Said:
    """One wording of a claim: content words, those without names (``telling``), numbers, and all words."""

    words: frozenset[str]
    telling: frozenset[str]
    numbers: frozenset[float] = frozenset()
    spoken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Claim:
    """What a notice took back.

    said     the old headline, what the notice denies, the corrected report's own sentence
    around   words of all that tells of it, without names
    names    names of the claim; one of them must occur where it is repeated
    instead  names that the notice takes back ("không phải Trường …"); one of these, where there are any
    wrong    numbers that were taken back
    """

    notice: Notice
    said: tuple[Said, ...]
    around: frozenset[str]
    names: frozenset[str]
    instead: frozenset[str]
    wrong: tuple[Quantity, ...]

    @classmethod
    def of(cls, correction: Correction, context: SignalContext) -> Claim:
        """The claim of a notice; its report is used when it is among the related articles."""
        notice = read_notice(correction.text, correction.outlet)
        lowered = f"{notice.title} {notice.statement}"
        names = frozenset(name for name in notice.names if name in lowered)
        named = _words_of_names(names, lowered)
        around, wrong = set(notice.words), notice.wrong
        texts = [notice.title] if notice.title else []
        texts += [phrase for phrase in notice.denied if len(telling_words(phrase) - named) >= FEW_WORDS]
        source = _corrected(correction, notice, context)
        if source is not None:
            reading = context.reading_of(source)
            told = _rival(reading, notice)
            if told is not None:
                around |= set(content_words(told[0].words))
                wrong = wrong or (told[1],)
            for sentence, quantity in reading.quantities:
                if any(equal(quantity, w) for w in wrong):
                    around |= set(content_words(sentence.words))
            if not notice.title:
                texts += _told_by(reading, notice, named)
        said = tuple(
            Said(
                words,
                words - named,
                frozenset(q.value for q in figures(text)),
                frozenset(words_of(text)),
            )
            for text in texts
            if (words := telling_words(text)) - named
        )
        taken = frozenset(name for name in names if any(name in phrase for phrase in notice.denied))
        renamed = taken if _RENAMED.search(notice.statement) else frozenset()
        return cls(notice, said, frozenset(around) - named, names, renamed, wrong)

    def repeated_in(self, sentence: Sentence, before: str, target: Reading) -> float:
        """How surely a sentence repeats the claim; 0 when it does not. ``before``: the sentence ahead."""
        if self.instead and not any(name in target.whole for name in self.instead):
            return 0.0
        named = not self.names or any(name in target.whole for name in self.names)
        if self.wrong:
            return self._number_repeated_in(sentence, before, named)
        if not named and any(name in self.notice.title for name in self.names):
            return 0.0
        best = 0.0
        if not self.notice.right or _WHOLE.search(self.notice.statement):
            told = (self._told_in(said, sentence, before, target) for said in self.said)
            best = max(told, default=0.0)
        if not named:
            return best if best >= ALL_TOLD else 0.0
        return self._otherwise_in(sentence) or best

    def _number_repeated_in(self, sentence: Sentence, before: str, named: bool) -> float:
        words = set(words_of(sentence.text))
        stated = figures(sentence.text)
        held = [q for q in stated if any(equal(q, w) for w in self.wrong)]
        if not held or self._has_right_number(held, stated) or self._denied_number(sentence.text):
            return 0.0
        alike = len(self.around & words)
        wide = len(self.around & (words | set(words_of(before))))
        greatest = max(w.value for w in held)
        measured = any(w.percent or w.unit[:1] in MEASURED for w in held)
        few = FEW_WORDS + (greatest <= SMALL and not measured)
        few -= greatest > SMALL and any(name in sentence.text for name in self.names)
        if not named and not (alike >= MANY_WORDS and greatest >= GREAT):
            return 0.0
        return 1.0 + 0.1 * alike if alike >= few or (alike >= few - 1 and wide >= few + 2) else 0.0

    def _has_right_number(self, held: list[Quantity], stated: list[Quantity]) -> bool:
        """Whether the sentence has the right number beside the wrong one, of the same unit."""
        return any(
            equal(q, r)
            for q in stated
            for r in self.notice.right
            if ((q.unit and r.unit) or q.percent) and any(same_kind(q, h) for h in held)
        )

    def _denied_number(self, text: str) -> bool:
        """Whether the sentence itself says that the number is wrong."""
        found = SAYS_WHAT.search(text)
        return found is not None and any(equal(q, w) for q in figures(found.group()) for w in self.wrong)

    def _otherwise_in(self, sentence: Sentence) -> float:
        """The notice gives only the right number: the sentence has another one for the very same thing."""
        words, stated = set(words_of(sentence.text)), figures(sentence.text)
        for right in self.notice.right:
            if not right.unit and not right.percent:
                continue
            said = telling_words(_sentence_of(self.notice.statement, right))
            rivals = [q for q in stated if same_kind(q, right) and (q.unit or q.percent)]
            # All numbers that the notice gives are right, whichever of them the sentence has.
            if not said or not rivals or any(equal(q, r) for q in rivals for r in self.notice.right):
                continue
            if len(said & words) >= max(FEW_WORDS, OTHERWISE * len(said)):
                return 0.9 + len(said & words) / len(said)
        return 0.0

    def _told_in(self, said: Said, sentence: Sentence, before: str, target: Reading) -> float:
        words = set(words_of(sentence.text))
        told = said.telling & words
        stated = figures(sentence.text)
        if len(told) < 0.5 * len(said.telling) or _any_denied(sentence.text, told):
            return 0.0
        if any(a in said.spoken and a not in words and b in words for a, b in _OPPOSITES):
            return 0.0
        shared = len(said.words & words) / len(said.words)
        wide = words | set(words_of(before)) | set(words_of(target.title.text))
        around = len(said.words & wide) / len(said.words)
        same_number = any(q.value in said.numbers for q in stated)
        if shared >= TOLD or (
            around >= TOLD_AROUND and (same_number or len(told) >= TOLD * len(said.telling))
        ):
            return shared + 0.3 * sum(name in sentence.text for name in self.names) + 0.3 * same_number
        return 0.0


def _told_by(source: Reading, notice: Notice, named: set[str]) -> list[str]:
    """The corrected report's headline and the sentences of it that are most like what the notice says."""
    telling = notice.words - named
    ranked = sorted(source.sentences, key=lambda s: -len(notice.words & set(s.words)))
    texts = [
        s.text for s in ranked[:2] if len(notice.words & set(s.words)) >= FEW_WORDS and telling & set(s.words)
    ]
    return [source.title.text, *texts] if texts else []


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
    return any(
        len(set(words_of(found["what"] or found["act"])) & words) * (1 if found["what"] else 2)
        >= len(words) / 2
        for found in _DENYING.finditer(text)
        if set(words_of(found["what"] or found["act"])) & words
    )
