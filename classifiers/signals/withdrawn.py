"""What a correction notice took back, as a later report may repeat it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from classifiers.signals.corrected_report import (
    corrected_report,
    pieces_of,
    rival_number,
    sentence_of,
    told_by,
)
from classifiers.signals.elsewhere import of_something_else
from classifiers.signals.meanings import ACTS, TELLING_ACTS, senses, weight
from classifiers.signals.notice_figures import equal, figures, fractions, same_kind
from classifiers.signals.notices import Notice, read_notice, telling_words
from classifiers.signals.number_pairs import MEASURES
from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import Reading, Sentence, words_of
from classifiers.signals.records import Correction, SignalContext
from classifiers.signals.senses import flipped
from classifiers.signals.wording import STOP, word_set

TOLD, TOLD_AROUND = 0.6, 0.7
"""Share of a claim's words that a sentence has, or a sentence with its neighbour and the headline."""
LEAST_TOLD = 0.55
"""Of its words without names, in the sentence itself."""
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
    r"diễn đạt|không (?:liên quan|tham gia|phải|hề|làm|gây|ghi nhận|xảy ra|vận hành|thu)|thất thiệt|bịa|"
    r"dàn dựng|cắt ghép|nhầm lẫn|sai lệch|sai sự thật|bác bỏ|rút (?:tin|bài)|chưa (?:có|quyết|phê|ký|ban)|"
    r"(?:ở|tại|của|là) (?:một )?(?:\w+ ){1,3}khác\b|dịch sai|mới chỉ|chỉ (?:có|mới)|kết luận|"
    r"an toàn|đạt (?:quy |tiêu )?chuẩn|đều đạt|đạt yêu cầu|trong (?:giới hạn|ngưỡng)|âm tính|là thật|hợp lệ|"
    r"đúng quy (?:trình|định)|có (?:giấy )?phép|bình thường|đầy đủ (?:hồ sơ|giấy tờ)|theo nguyện vọng"
)
"""Words by which a notice takes back what was told, and not only a number of it."""
_RENAMED = re.compile(
    r"\b(?:sai|nhầm) (?:tên|địa danh|địa chỉ|nơi|đơn vị|xã|trường)|\b(?:ở|tại|là) [^.;]{3,60}, không phải\b"
)
_NAMED_SO = re.compile(
    r"(?:(?:ông|bà|cô|thầy|em|cháu|anh|chị|đồng chí|chủ tịch|phó|giám đốc|bí thư|hiệu trưởng|trưởng|sở|"
    r"xã|phường|"
    r"huyện|tỉnh|thành phố|thôn|bản|khu phố|bến phà|bến xe|bến|suối|đồi|núi|"
    r"bệnh viện|trung tâm|y tế|đa khoa|trường|mầm non|tiểu học|thcs|thpt|trung học|cơ sở|phổ thông|"
    r"đại học|cao đẳng|ubnd|công ty|nhà máy|thủy điện|xí nghiệp|hợp tác xã|khu công nghiệp|cụm công nghiệp|"
    r"chợ|cầu|hồ|sông|đèo|mỏ đá|mỏ|khu dân cư|khu du lịch|làng nghề|ngân hàng|doanh nghiệp|tổ hợp tác|trạm|"
    r"nhóm trẻ|cơ sở nước|nhà xe|chùa|đền) )+\Z|"
    r"\b(?:công ty|trường|bệnh viện|trung tâm|trạm|chi cục|nhà máy|hợp tác xã|ngân hàng|tập đoàn|cơ sở|quán|"
    r"khu công nghiệp|khu du lịch|dự án)(?: [^\W\d_]+){1,4} \Z"
)
_RANK = re.compile(
    r"\b(?:xếp (?:thứ|hạng|vị trí)|đứng thứ|hạng \w+|dẫn đầu|đứng đầu|quán quân|vô địch|số một|"
    r"cao nhất|nhất)\b"
)
_PART = re.compile(
    r"\b(?:chỉ|mới chỉ) (?:có )?(?:một|hai|ba|\d+|một số|một phần|vài)\b|\btrong đó (?:chỉ )?có\b"
)
_ALL = re.compile(r"\b(?:toàn bộ|tất cả|cả (?:\d+|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)|đều|100 ?%)(?!\w)")
_MISTAKE = re.compile(r"\b(?:nhầm|sai|chưa (?:đúng|chính xác|kiểm)|không chính xác|sơ suất|lỗi|gỡ|rút)\b")
RIGHT = 2
"""From so many words of what is right on a sentence may tell that."""
_CLASSIFIERS = word_set(
    "con căn ngôi chiếc tòa cây quả nóc bệnh học giáo sinh công doanh nạn hành du tỷ triệu nghìn cơ dự hạng "
    "trường"
)
"""First syllables of what is counted by two."""


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
    false    words that only what was taken back has
    true     words that only what the notice says instead has
    named    words of the names and of what is so named
    day      of the notice
    """

    notice: Notice
    said: tuple[Said, ...]
    around: frozenset[str]
    names: frozenset[str]
    instead: frozenset[str]
    wrong: tuple[Quantity, ...]
    false: frozenset[str]
    true: frozenset[str]
    named: frozenset[str]
    day: date

    @classmethod
    def of(cls, correction: Correction, context: SignalContext) -> Claim:
        """The claim of a notice; its report is used when it is among the related articles."""
        notice = read_notice(correction.text, correction.outlet)
        text = f"{' '.join(notice.told)} {notice.statement}"
        names = frozenset(name for name in notice.names if name in text)
        local = frozenset(name for name in names if not re.search(rf"tỉnh {re.escape(name)}", text))
        named = _words_of_names(names, text)
        names = local or names
        around, wrong = set(notice.words), notice.wrong
        texts = list(notice.told)
        for phrase in notice.denied:
            told_so = telling_words(phrase) - named
            if weight(told_so) >= FEW_WORDS:
                texts.append(phrase)
            elif told_so & ACTS:
                texts.append(f"{phrase} {notice.title}")
        source = corrected_report(correction, notice, context)
        if source is not None:
            reading = context.reading_of(source)
            told = rival_number(reading, notice)
            if told is not None:
                around |= senses(told[0].text)
                wrong = wrong or (told[1],)
            for sentence, quantity in reading.quantities:
                if any(equal(quantity, w) for w in wrong):
                    around |= senses(sentence.text)
            if not notice.title or _WHOLE.search(notice.statement):
                texts += told_by(reading, notice, named)
        said = tuple(
            Said(
                words,
                words - named,
                frozenset(q.value for q in figures(text)),
                frozenset(words_of(text)),
            )
            for text in dict.fromkeys(texts)
            if (words := telling_words(text)) - named
        )
        taken = frozenset(name for name in names if any(name in phrase for phrase in notice.denied))
        renamed = taken if _RENAMED.search(notice.statement) else frozenset()
        claimed = frozenset(word for one in said for word in one.words)
        right = _right_words(notice) - named
        return cls(
            notice,
            said,
            frozenset(around) - named,
            names,
            renamed,
            wrong,
            claimed - right - named,
            right - claimed,
            named,
            correction.published.date(),
        )

    def repeated_in(self, sentence: Sentence, before: str, target: Reading) -> float:
        """How surely a sentence repeats the claim; 0 when it does not. ``before``: the sentence ahead."""
        if self.instead and not any(name in target.whole for name in self.instead):
            return 0.0
        told = f"{' '.join(self.notice.told)} {self.notice.statement}"
        if of_something_else(sentence, before, target, told, self.names, self.day):
            return 0.0
        named = not self.names or any(name in target.whole for name in self.names)
        if self._of_other_things(sentence.text):
            return 0.0
        if self.wrong:
            found = self._number_repeated_in(sentence, before, target)
            if found:
                return found
        if not named and any(name in self.notice.title for name in self.names):
            return 0.0
        if named:
            other = self._otherwise_in(sentence) or self._turned_in(sentence, before, target)
            if other:
                return other
        words = senses(sentence.text)
        if weight(words & self.true) >= RIGHT and weight(words & self.true) > weight(words & self.false):
            return 0.0
        ranked = _RANK.search(self.notice.statement) and _RANK.search(self.notice.title)
        whole = bool(ranked or _WHOLE.search(self.notice.statement))
        if self.notice.right and not whole:
            return 0.0
        withdrawn = {q.value for q in self.wrong} if self.notice.right or not whole else set()
        said = (one for one in self.said if not one.numbers & withdrawn)
        best = max((self._told_in(one, sentence, before, target) for one in said), default=0.0)
        around = f"{before} {sentence.text} {target.title.text}"
        near = not self.names or any(name in around for name in self.names)
        return best if near or best >= ALL_TOLD else 0.0

    def _number_repeated_in(self, sentence: Sentence, before: str, target: Reading) -> float:
        stated = figures(sentence.text)
        held = [q for q in stated if any(equal(q, w) for w in self.wrong)]
        if not held or self._has_right_number(held, stated) or self._denied_number(sentence.text):
            return 0.0
        if self._other_act(held, sentence.text):
            return 0.0
        counted = frozenset(word for q in held for word in senses(_unit_of(q)))
        words = senses(sentence.text)
        unit = any(q.unit and q.unit[:1] == w.unit[:1] for q in held for w in self.wrong)
        alike = unit + weight((self.around & words) - counted)
        wide = unit + weight((self.around & (words | senses(before))) - counted)
        greatest = max(w.value for w in held)
        measured = any(w.percent or w.unit[:1] in MEASURED for w in held)
        few = FEW_WORDS + (greatest <= SMALL and not measured)
        few -= any(name in sentence.text or name in before for name in self.names)
        around = f"{before} {sentence.text} {target.title.text}"
        near = not self.names or any(name in around for name in self.names)
        if not near and not (alike >= MANY_WORDS and greatest >= GREAT):
            return 0.0
        return 1.0 + 0.1 * alike if alike >= few or (alike >= few - 1 and wide >= few + 1) else 0.0

    def _other_act(self, held: list[Quantity], text: str) -> bool:
        """Whether the number is of something else that was done: 30 houses swept away, 30 houses moved."""
        values = {q.value for q in held}
        acts = {act for said in self.said if said.numbers & values for act in said.telling & ACTS}
        done = senses(text) & ACTS
        return bool(acts and done) and not acts & done

    def _of_other_things(self, text: str) -> bool:
        """Whether what a sum taken back was for is named behind it, there and here, and is not the same."""
        held = [(q, w) for q in figures(text) for w in self.wrong if equal(q, w)]
        words = senses(text)
        return bool(held) and all(_thing_of(q) and _thing_of(w) and not _thing_of(w) & words for q, w in held)

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
        words, stated = senses(sentence.text), figures(sentence.text)
        for right in self.notice.right:
            if not right.unit and not right.percent:
                continue
            said = telling_words(_clause_of(self.notice.statement, right))
            rivals = [q for q in stated if same_kind(q, right) and (q.unit or q.percent)]
            # All numbers that the notice gives are right, whichever of them the sentence has.
            if not said or not rivals or any(equal(q, r) for q in rivals for r in self.notice.right):
                continue
            same = any(right.unit and q.unit[:1] == right.unit[:1] for q in rivals)
            if weight(said & words) + same >= max(FEW_WORDS, OTHERWISE * weight(said)):
                return 0.9 + weight(said & words) / weight(said)
        return 0.0

    def _turned_in(self, sentence: Sentence, before: str, target: Reading) -> float:
        """The sentence denies what the notice says is so, or tells of all what it says of a part."""
        around = f"{before} {sentence.text} {target.title.text}"
        if self.names and not any(name in around for name in self.names):
            return 0.0
        words = senses(sentence.text)
        for piece in pieces_of(self.notice.statement):
            shared = (telling_words(piece) - self.named) & words
            if weight(shared) >= FEW_WORDS and flipped(sentence.text, piece):
                return 0.8
            if _PART.search(piece) and _ALL.search(sentence.text):
                stated = {q.value for q in figures(sentence.text)}
                same_number = any(q.value in stated for q in figures(piece))
                if weight(shared) + same_number >= FEW_WORDS:
                    return 0.8
            for part in fractions(piece):
                whole = re.search(
                    rf"\b(?:cả|tất cả|toàn bộ|100 ?%)(?: {part.whole})? {part.unit[0]}\b", sentence.text
                )
                if whole and part.part < part.whole and weight(shared) >= FEW_WORDS:
                    return 0.9
        return 0.0

    def _told_in(self, said: Said, sentence: Sentence, before: str, target: Reading) -> float:
        words = senses(sentence.text)
        told = said.telling & words
        stated = figures(sentence.text)
        wide = words | senses(before) | senses(target.title.text)
        same_number = any(q.value in said.numbers for q in stated)
        acts = said.telling & TELLING_ACTS
        if acts and not acts & (wide if same_number else words):
            return 0.0
        if weight(told) < LEAST_TOLD * weight(said.telling):
            return 0.0
        if "HALT" not in told and _any_denied(sentence.text, told):
            return 0.0
        spoken = set(words_of(sentence.text))
        if any(a in said.spoken and a not in spoken and b in spoken for a, b in _OPPOSITES):
            return 0.0
        shared = weight(said.words & words) / weight(said.words)
        around = weight(said.words & wide) / weight(said.words)
        if shared >= TOLD or (
            around >= TOLD_AROUND and (same_number or weight(told) >= TOLD * weight(said.telling))
        ):
            return shared + 0.3 * sum(name in sentence.text for name in self.names) + 0.3 * same_number
        return 0.0


def _words_of_names(names: frozenset[str], told: str) -> frozenset[str]:
    """The words of names and of what is so named: "bệnh viện" before "Sản Nhi"."""
    found = {word for name in names for word in senses(name)}
    for name in names:
        for place in re.finditer(re.escape(name), told):
            so = _NAMED_SO.search(told, max(0, place.start() - 60), place.start())
            found |= senses(f"{so.group()}{name}") | senses(so.group()) if so else frozenset()
    return frozenset(found)


def _thing_of(quantity: Quantity) -> frozenset[str]:
    """What a sum of money is for: the words behind its unit up to one that goes on with the sentence."""
    if quantity.unit[:1] != ("đồng",):
        return frozenset()
    words = takewhile(lambda word: word not in STOP, quantity.unit[1:])
    return senses(" ".join(words)) - {"tiền"}


def _unit_of(quantity: Quantity) -> str:
    """The words behind a number that only name what is counted."""
    return " ".join(quantity.unit[: 1 + (quantity.unit[:1] != () and quantity.unit[0] in _CLASSIFIERS)])


def _right_words(notice: Notice) -> frozenset[str]:
    """The words of what the notice says is so: its sentences without what it denies and how it came about."""
    pieces = [piece for piece in pieces_of(notice.statement) if not _MISTAKE.search(piece)]
    text = ". ".join(pieces)
    for phrase in notice.denied:
        text = text.replace(phrase, " ")
    return telling_words(text)


def _clause_of(statement: str, quantity: Quantity) -> str:
    """The part between commas that has the number and says what it counts; else the whole sentence."""
    sentence = sentence_of(statement, quantity)
    for clause in sentence.split(", "):
        if weight(telling_words(clause)) >= FEW_WORDS and any(
            q.value == quantity.value for q in figures(clause)
        ):
            return clause
    return sentence


def _any_denied(text: str, words: frozenset[str]) -> bool:
    """Whether a sentence denies any of the words: it gives what is right."""
    return any(
        len(set(words_of(found["what"] or found["act"])) & words) * (1 if found["what"] else 2)
        >= len(words) / 2
        for found in _DENYING.finditer(text)
        if set(words_of(found["what"] or found["act"])) & words
    )
