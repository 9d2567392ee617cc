"""Numbers of the title that the text has, but of something else: turnover told as profit."""

from __future__ import annotations

import re

from classifiers.signals.headline.candidate import Candidate, clause
from classifiers.signals.headline.counts import LABEL, measure, title_numbers
from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import Reading, Sentence
from classifiers.signals.wording import content_words, word_set

_HEADS = {
    "revenue": "doanh thu|doanh số",
    "profit": "lãi(?! suất| vay)|lợi nhuận|lời",
    "loss": "(?<!bù )lỗ(?! hổng)|thua lỗ",
    "debt": "nợ|dư nợ",
    "capital": "vốn|vốn đầu tư|đầu tư|kinh phí|dự toán",
    "damage": "thiệt hại",
    "fine": "phạt|xử phạt",
    "gift": "hỗ trợ|tặng|ủng hộ|quyên góp|tài trợ",
    "budget": "ngân sách|nộp thuế|nộp ngân sách|thu ngân sách",
    "export": "xuất khẩu",
    "import": "nhập khẩu",
    "output": "sản lượng|tổng giá trị sản xuất|giá trị sản xuất",
    "prize": "thưởng|giải thưởng",
    "wage": "lương|thu nhập",
    "sale": "bán|giá bán",
    "theft": "tham ô|chiếm đoạt|hối lộ|thất thoát|trộm|cướp|lừa",
}
"""What sums of money are of."""
_HEAD = re.compile("|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _HEADS.items()))
_ALIKE = (
    {"capital", "gift"}, {"gift", "prize"}, {"damage", "theft"}, {"damage", "loss"}, {"capital", "budget"},
    {"gift", "budget"}, {"export", "revenue"}, {"sale", "revenue"}, {"wage", "revenue"}, {"wage", "profit"},
    {"sale", "profit"}, {"export", "sale"}, {"wage", "prize"}, {"capital", "debt"}, {"export", "output"},
    {"damage", "capital"}, {"damage", "budget"}, {"theft", "capital"}, {"theft", "budget"}, {"wage", "sale"},
    {"theft", "revenue"}, {"theft", "debt"},
)  # fmt: skip
"""Pairs that one sum may well be both of."""
BEFORE = 30
"""Characters before a number within which stands what it is of."""
_MARK = re.compile(r"[,;:.(]")


def other_sum(target: Reading) -> Candidate | None:
    """6,666 billion of profit in the title; in the text they are of turnover."""
    title = target.title.text
    for quantity in title_numbers(target):
        if measure(quantity) != "money" and not _scaled(title, quantity):
            continue
        ours = _head(title, quantity)
        if ours is None:
            continue
        told = [(s, q) for s, q in target.quantities if q.agrees(quantity) and q.value == quantity.value]
        heads = [(s, _head(s.text, q)) for s, q in told]
        if not heads or any(head is None or head == ours or _alike(head, ours) for _, head in heads):
            continue
        return Candidate.about("object", title, (quantity.start, quantity.end), heads[0][0])
    return None


def _scaled(text: str, quantity: Quantity) -> bool:
    return bool(re.search(r"\b(?:tỷ|tỉ|triệu)\b", text[quantity.start : quantity.end + 4]))


def _head(text: str, quantity: Quantity) -> str | None:
    """What a sum is of: the last word for it before the number, within the clause."""
    before = _MARK.split(text[max(0, quantity.start - BEFORE) : quantity.start])[-1]
    found = [str(m.lastgroup) for m in _HEAD.finditer(before)]
    return found[-1] if found else None


def _alike(one: str, other: str) -> bool:
    return any({one, other} == pair for pair in _ALIKE)


_KINDS = (
    "cảnh sát|phiến quân|binh sĩ|sĩ quan|khủng bố|dân thường|tay súng|lính|nhà báo|con tin|thường dân|"
    "biểu tình",
    "học sinh|giáo viên|công nhân|cán bộ|nông dân|ngư dân|tiểu thương|bác sĩ|du khách|sinh viên|điều dưỡng|"
    "chiến sĩ|phóng viên|doanh nghiệp|tài xế|hành khách|bảo vệ|phụ huynh|kiểm lâm",
    "nam|nữ|phụ nữ|đàn ông",
    "trẻ em|người già|cụ|cháu|em bé",
)
_KIND = tuple(re.compile(rf"\A(?:{words})\b") for words in _KINDS)
LEAST_PEOPLE = 3


def other_people(target: Reading) -> Candidate | None:
    """44 rebels dead in the title, 44 policemen in the text."""
    title = target.title.text
    if LABEL.match(title):
        return None
    for quantity in title_numbers(target):
        if quantity.value < LEAST_PEOPLE or not quantity.unit:
            continue
        for kind in _KIND:
            ours = kind.match(" ".join(quantity.unit))
            if not ours:
                continue
            told = [(s, q) for s, q in target.quantities if q.value == quantity.value and q.unit]
            theirs = [(s, kind.match(" ".join(q.unit))) for s, q in told]
            if not theirs or any(m is None for _, m in theirs):
                continue
            if any(ours.group() in " ".join(q.unit) for _, q in told):
                continue
            return Candidate.about("object", title, (quantity.start, quantity.end), theirs[0][0])
    return None


_ASKED = re.compile(
    r"\b(?:kiến nghị|đề nghị|yêu cầu|đòi|mục tiêu|kế hoạch|dự kiến|năm ngoái|năm trước|trước đây|cùng kỳ|"
    r"đề xuất|mong|muốn)\b"
)
_PART = re.compile(r"\b(?:trong đó|mỗi|tại|riêng|từng|trong số|của|theo đó|đợt)\b")
_NO_THING = re.compile(r"\b(?:còn|dư|trả|nhận|chiếc|với|cho|có|giá|tăng|giảm|của|ngày|tháng|năm)\b")
_MEASURING = word_set(
    """
    nặng dài rộng cao sâu dày đạt lên tới đến khoảng chừng bằng mức ở gần hơn trên dưới tổng kỷ lục từng được
    """
)
_MEASURED = re.compile(
    r"(?<![\w.,/\-])(?P<n>\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?) ?(?P<unit>%|(?:kg|tấn|tạ|mét|m2|m|km|ha|cm|"
    r"lít)\b)"
)
BACK, NEAR = 90, 34
"""Characters before a number that tell whether it is only asked for, and within which its thing stands."""
_YEAR = re.compile(r"\bnăm \d{4}\b")
CLEARLY = 1.15
"""How many times as much is more than a rounding."""


def number_of_another(target: Reading) -> Candidate | None:
    """A tumour of 31 kg in the title; in the text the tumour weighs 16 kg and the patient 31."""
    title = target.title.text
    for match in _MEASURED.finditer(title):
        begin, _ = clause(title, match.start(), match.end())
        thing, value = _thing(title[begin : match.start()]), _number(match)
        if not thing:
            continue
        same = [
            (sentence, found)
            for sentence in target.sentences
            for found in _MEASURED.finditer(sentence.text)
            if found.group("unit") == match.group("unit")
        ]
        own = [(s, m) for s, m in same if _number(m) == value]
        other = [(s, m) for s, m in same if _number(m) != value and _of(s, m, thing)]
        if not own or any(_of(s, m, thing) and not _ASKED.search(_before(s, m, BACK)) for s, m in own):
            continue
        if len({_number(m) for _, m in other}) != 1:
            continue
        sentence, found = other[0]
        back, rival = _before(sentence, found, BACK), _number(found)
        if (
            _ASKED.search(back)
            or _PART.search(back[-NEAR:])
            or max(rival, value) < CLEARLY * min(rival, value)
        ):
            continue
        return Candidate.about("count", title, match.span(), sentence)
    return None


def _number(match: re.Match[str]) -> float:
    text = match.group("n")
    return float(text.replace(".", "").replace(",", "."))


def _thing(before: str) -> str:
    """The two words that a measure is of: "thưởng tết" before "7%"; empty when there are none."""
    words = before.split()
    while words and words[-1] in _MEASURING:
        words.pop()
    thing = " ".join(words[-2:])
    return thing if len(words) > 1 and content_words(words[-2:]) and not _NO_THING.search(thing) else ""


def _before(sentence: Sentence, match: re.Match[str], reach: int) -> str:
    return sentence.text[max(0, match.start() - reach) : match.start()]


def _of(sentence: Sentence, match: re.Match[str], thing: str) -> bool:
    """Whether a number stands closely behind a thing, with no other number between."""
    before = _before(sentence, match, NEAR + len(thing))
    at = before.rfind(thing)
    return at >= 0 and not re.search(r"\d", _YEAR.sub("", before[at:]))
