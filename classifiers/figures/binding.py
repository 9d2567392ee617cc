"""Which indicator of the register a quantity belongs to, if any."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.figures.complements import is_complement
from classifiers.figures.concepts import Concept, plain, word_pattern
from classifiers.figures.context import Context
from classifiers.figures.indicators import NOUNS, Indicator
from classifiers.figures.numbers.quantity import Kind, Quantity
from classifiers.figures.places import CAPITAL
from classifiers.records import Field

_ENOUGH = 0.5  # weighted share of an indicator's concepts, by how near they stand
_WITH_TOTAL = 0.3  # of a ratio whose second term is the indicator's
_LOCAL, _CLAUSE, _BEFORE, _AFTER, _PREVIOUS, _OTHER = 1.0, 0.9, 0.7, 0.5, 0.35, 0.4
_CLEAR = 0.02  # a smaller lead is a tie, and a tie binds nothing
_SPECIFIC = 0.08  # the more an indicator's name says nearby, the rather it is meant
_BESIDE = 40  # characters behind the figure
_AROUND = 20  # characters on either side of a name
_OPENING = 5  # sentences of a text that its headline may speak for
_NEAR = 90  # characters before the figure
_MANY_PEOPLE = 10_000  # from here on "người" alone may be a province's population
CLASSIFIERS = frozenset(NOUNS["classifiers"])
_TELLING_NOUNS = frozenset(NOUNS["telling"])
NO_NOUN = frozenset(["", *NOUNS["no_noun"]])
_TIME_SPAN = re.compile(r"\s*(?:năm|tháng|ngày|tuổi|giờ|phút|tuần)(?!\w)(?!\s*(?:\d|nay|qua|ngoái))")
_PER_TIME = re.compile(r"[^,.;/]{0,15}(?:/|mỗi )\s*(?:ngày|tháng|giờ|tuần|mẫu|ca)(?!\w)")
_MADE_OF = re.compile(r"[,:(]?\s*(?:bao )?gồm(?!\w)[^.;]{0,120}")
_HEAD = re.compile(
    r"đầu người|/người|grdp[^.;]{0,60}(?:mỗi|từng) người"
    r"|bình quân (?:mỗi|một) người|grdp mỗi người|mỗi người dân"
    r"|mỗi người(?= [^.;]{0,40}(?:làm ra|tạo ra|grdp))"
)
_RATE = re.compile(r"mật độ|bình quân|trung bình|vạn dân|\d (?:người )?dân|trăm (?:người )?dân")
_PEOPLE_OF_A_PLACE = re.compile(rf"\s*(?:người dân|dân|nhân khẩu|người)(?: [{CAPITAL}][^\W\d_]*){{1,4}}")
_STATES = re.compile(
    r"(?<!\w)(?:con số|là|đạt|còn|lên|ở mức|mức|tới|đến|dừng ở|ghi|có|cả thảy|tổng cộng)\s*$"
)
_IS = re.compile(r"\s*(?:chính |cũng |mới |mới chính |mới đúng )?là(?!\w)")
_ANSWERING = re.compile(r"(?<!\w)(?:đáp|trả lời|thưa|nói ngay|nói)[^.:]{0,30}:\s*[“\"]?[^.]{0,25}$")
_GROWING_PLACE = re.compile(
    rf"(?:[{CAPITAL}][^\W\d_]* [{CAPITAL}][^\W\d_]*|[Tt]ỉnh|[Vv]ùng|[Cc]ả nước)(?: năm 20\d\d)?,? "
    r"(?:đạt |có |đã |ghi nhận )*(?:tốc độ |mức )?tăng trưởng(?: (?:đạt|ở mức|là|tới|chỉ|được|gần|hơn"
    r"|khoảng))*\s*$"
)
_NAME = re.compile(
    rf"\s*(?:tỉnh |đất )?[{CAPITAL}](?![{CAPITAL}])[^\W\d_]+ [{CAPITAL}](?![{CAPITAL}])[^\W\d_]"
)
_MARKET = re.compile(r"(?<!\w)(?:thị trường|phục vụ|quy mô phục vụ)\s*$")
_BROAD = re.compile(
    r"^(?:người dân|dân|nhân khẩu|người)(?: (?:của|ở|tại) [^,.;]+)?\s*"
    r"(?:$|[,.;:)–”\"»’]|chung(?!\w)|và(?!\w)|nhưng|song|mà|với|sau|trước|đông|đang sinh sống|sinh sống|sống"
    r"|trên diện|hiện|cao(?! tuổi)|thấp|chỉ|thì|là|nay|tính|vào|trong(?! độ)|đầu|cuối|theo)"
)


@dataclass(frozen=True)
class Bound:
    """A quantity bound to an indicator; ``complement``: it states what is left ("chưa có")."""

    indicator: Indicator
    score: float
    complement: bool


def bind(context: Context, indicators: Sequence[Indicator]) -> Bound | None:
    """The indicator that the quantity's surroundings word best; None when none or two alike."""
    found: list[tuple[float, Indicator]] = []
    for indicator in indicators:
        if not _comparable(context, indicator):
            continue
        score = max(
            (_wording_score(context, wording, indicator) for wording in indicator.wordings), default=0.0
        )
        if score > 0:
            found.append((score, indicator))
    if not found:
        return None
    found.sort(key=lambda item: -item[0])
    if len(found) > 1 and found[0][0] - found[1][0] < _CLEAR:
        return None
    score, indicator = found[0]
    return Bound(indicator, score, is_complement(context, indicator))


def _comparable(context: Context, indicator: Indicator) -> bool:
    """Whether the quantity is of the indicator's sort and counts what it counts."""
    quantity = context.quantity
    if not _same_kind(quantity, indicator, context) or _counts_time(context):
        return False
    noun = _counted_noun(context)
    if quantity.kind is Kind.PERCENT:
        return _is_share_of_it(context, indicator, noun)
    if quantity.kind in (Kind.VND, Kind.USD, Kind.AREA, Kind.RANK) or quantity.product:
        return True
    if noun in indicator.heads or quantity.per:
        return _is_population(context) if indicator.broad else True
    if noun not in NO_NOUN:
        return False
    left = _what_leads(context)
    if indicator.broad:
        return "dân số" in left and quantity.value >= _MANY_PEOPLE
    return indicator.is_named_in(left) or any(_labels(context, wording) for wording in indicator.wordings)


def _counts_time(context: Context) -> bool:
    """Whether the quantity is a span of time, a rate in time, or the first half of a number."""
    end = context.quantity.end
    following = context.text((end, min(context.sentence[1], end + 30)))
    return bool(_TIME_SPAN.match(following) or _PER_TIME.match(following) or re.match(r"\s*\d", following))


def _counted_noun(context: Context) -> str:
    """The first word of what is counted: "36 chiếc cầu" counts "cầu"; "" where nothing follows."""
    words = context.next_words
    if words[0] in CLASSIFIERS and len(words) > 1:
        words = words[1:]
    if words[0] in ("số", "tổng", "các") and len(words) > 1 and context.quantity.kind is not Kind.COUNT:
        words = words[2:] if words[:2] == ["tổng", "số"] else words[1:]
    return words[0] if words else ""


def _is_share_of_it(context: Context, indicator: Indicator, noun: str) -> bool:
    """Whether a percentage is of what the indicator's is of, ``noun`` being the first word behind it."""
    left, end = context.text(context.left), context.quantity.end
    if re.match(r"/[^\W\d_]", context.text((end, context.sentence[1]))):  # "3%/doanh thu" is a rate of tax
        return False
    if is_growth(indicator):
        if left.rstrip().endswith("("):
            return False
        grown = re.search(r"tăng(?: trưởng)?\s*$", left)
        if noun in indicator.vocabulary and noun not in NO_NOUN and not grown:
            return False  # "24% GRDP" is a share of it
    return (
        noun in indicator.heads
        or noun in NO_NOUN
        or _base_named(noun, indicator)
        or bool(_NAME.match(context.prepared.cased, end))  # "57,3% Lam Giang"
    )


def _is_population(context: Context) -> bool:
    """Whether people are counted as such: "2,49 triệu dân Lam Giang", not "2 triệu người Lam Giang dùng"."""
    left, end = context.text(context.left), context.quantity.end
    if _MARKET.search(left):
        return False
    named = _PEOPLE_OF_A_PLACE.match(context.prepared.cased, end)
    start = named.end() if named else end
    rest = context.text((start, min(context.sentence[1], start + 60))).strip()
    return bool(_BROAD.match(f"dân {rest}" if named else rest)) or "dân số" in left


def _what_leads(context: Context) -> str:
    """The words that may say what a figure without a noun counts."""
    left, before = context.text(context.left), context.text(context.before_in_sentence)
    if _IS.match(context.text(context.right)):  # "5,64 triệu là số lượt khách"
        left = f"{left} | {context.text(context.right)}"
    if context.leads_its_sentence and _STATES.search(left):
        left = f"{before} {left}"
    heading = re.match(r"[^:.;]*:", before)  # "PCI 2017: A 1/63; B 30/63"
    return f"{heading.group()} {left}" if heading else left


def _labels(context: Context, wording: tuple[Concept, ...]) -> bool:
    """Whether a label names what the headline tells more of: "Bưu chính Hòa Bình" and "Điểm phục vụ: 216"."""
    label = context.text(context.left).strip(" :;,.•-–|")
    worded = all(concept.words.search(f"{label} | {context.other}") for concept in wording)
    return worded and any(concept.words.fullmatch(label) for concept in wording)


def counts_the_same(context: Context, indicator: Indicator) -> bool:
    """Whether a quantity could be the indicator's by its sort, and names nothing else that it counts."""
    quantity = context.quantity
    if _counts_time(context):
        return False
    following = context.text((quantity.end, min(context.sentence[1], quantity.end + 30)))
    noun = context.next_words[0]
    named = noun in indicator.heads or noun in NO_NOUN
    alike = _same_kind(quantity, indicator, context) or (  # "Lam Giang mới 31,5" behind a rate
        quantity.kind is Kind.COUNT and bool(indicator.per) and noun in NO_NOUN
    )
    return alike and named and not (noun == "điểm" and "phần" in following)


def is_growth(indicator: Indicator) -> bool:
    """Whether the indicator is itself a rate of growth."""
    return any(concept.id == "tang-truong" for wording in indicator.wordings for concept in wording)


def _base_named(noun: str, indicator: Indicator) -> bool:
    names = " ".join((indicator.name, indicator.entries[-1].unit, *indicator.entries[-1].aliases))
    return bool(word_pattern([noun]).search(plain(names)))


def _same_kind(quantity: Quantity, indicator: Indicator, context: Context) -> bool:
    if quantity.kind is Kind.RATIO:
        return indicator.kind in (Kind.RATIO, Kind.RANK)
    if quantity.kind is Kind.RANK:
        return indicator.kind is Kind.RANK
    if quantity.kind is Kind.PERCENT:
        return indicator.kind in (Kind.PERCENT, Kind.RATIO)
    if quantity.kind is Kind.COUNT:
        if indicator.per:
            return bool(quantity.per) or bool(_RATE.search(context.text(context.sentence)))
        return indicator.kind in (Kind.COUNT, Kind.RATIO) and not quantity.per
    if quantity.kind is Kind.VND:
        region = context.sentence if indicator.per_head else context.clause
        named = quantity.per_head or bool(_HEAD.search(context.text(region)))
        return indicator.kind is Kind.VND and indicator.per_head == named
    return quantity.kind is indicator.kind


def _wording_score(context: Context, wording: tuple[Concept, ...], indicator: Indicator) -> float:
    """The concepts' weighted nearness; 0 when one is missing or another makes it something else."""
    own = context.text((context.quantity.start, context.quantity.end))
    near = f"{context.text(context.left)} | {own} | {context.text(context.right)}"
    score = total = specific = 0.0
    for concept in wording:
        place = _place_of(context, concept, indicator, near)
        if place <= _AFTER and not concept.weak and _lists_others(context):
            return 0.0
        if place < _AFTER and not concept.weak and is_growth(indicator):
            return 0.0
        if not place or not _near_enough(concept, context, place) or _contradicted(concept, context, near):
            return 0.0
        score += concept.weight * place
        total += concept.weight
        specific += concept.weight if place >= _CLAUSE else 0.0
    share = score / total
    enough = _WITH_TOTAL if _has_its_total(context, indicator) else _ENOUGH
    if share < enough and context.field is not Field.TITLE:
        return 0.0
    return share + _SPECIFIC * specific


def _place_of(context: Context, concept: Concept, indicator: Indicator, near: str) -> float:
    """How near the concept is worded; right beside where what is counted, or the place that grew, says it."""
    place = _nearness(context, concept, near)
    if _head_says(concept, context, indicator):
        return _LOCAL
    if not place and indicator.of_the_economy and _GROWING_PLACE.search(context.cased(context.left)):
        return _LOCAL
    return _AFTER if place == _PREVIOUS and _counts_itself(context, indicator) else place


def _counts_itself(context: Context, indicator: Indicator) -> bool:
    """Whether a count's noun hardly counts anything but the indicator: "4.275 trạm", "57 mỏ"."""
    return context.quantity.kind is Kind.COUNT and context.next_words[0] in indicator.heads & _TELLING_NOUNS


def _lists_others(context: Context) -> bool:
    """Whether a count is one of a list that divides up another figure: "584 đơn vị (gồm 386 xã, ...)"."""
    if context.quantity.kind is not Kind.COUNT or context.leads_its_sentence:
        return False
    return bool(re.search(r"(?<!\w)gồm(?!\w)[^.;]*$", context.text(context.before_in_sentence)))


def _has_its_total(context: Context, indicator: Indicator) -> bool:
    """Whether a ratio or rank is out of the indicator's own total: "thứ 30/63"."""
    quantity = context.quantity
    return quantity.kind in (Kind.RATIO, Kind.RANK) and quantity.other == indicator.entries[-1].total


def _near_enough(concept: Concept, context: Context, place: float) -> bool:
    if concept.beside:
        start, end = context.quantity.end, min(context.sentence[1], context.quantity.end + _BESIDE)
        counted = concept.words.match(context.text((start, end)).lstrip())
        return bool(counted or concept.words.search(context.text(context.left)))
    return (
        not concept.near
        or place >= _CLAUSE
        or bool(concept.words.search(context.text(context.before_in_sentence)[-_NEAR:]))
    )


def _contradicted(concept: Concept, context: Context, near: str) -> bool:
    """Whether the clause makes it something else; a full name nearby speaks for itself."""
    if concept.not_with is None:
        return False
    if context.text(context.left).startswith("("):
        near = (
            f"{context.text((max(context.sentence[0], context.clause[0] - 60), context.clause[0]))} | {near}"
        )
    found = concept.words.search(near)
    own = context.text((context.clause[0], max(context.right[1], context.quantity.end)))
    region = near if found and found.group() in concept.names else f"{near} | {own}"
    if not found and not concept.words.search(own):
        region = f"{region} | {_where_named(concept, context.text(context.before_in_sentence))}"
    made_of = concept.narrow and _MADE_OF.match(context.text((context.clause[1], context.sentence[1])))
    return bool(concept.not_with.search(f"{region} | {made_of.group() if made_of else ''}"))


def _where_named(concept: Concept, before: str) -> str:
    """The words around the last place that names a concept ahead of a clause: "xuất nhập khẩu qua ..."."""
    named = max(concept.words.finditer(before), key=lambda match: match.start(), default=None)
    if named is None:  # "Số lượng người làm việc ... năm 2011 là ..., năm 2016 là 1.978.086 người"
        return before
    return before[max(0, named.start() - _AROUND) : named.end() + _AROUND]


def _head_says(concept: Concept, context: Context, indicator: Indicator) -> bool:
    """Whether what is counted words the concept: "2,1 triệu người" speaks of the population."""
    if indicator.broad and context.quantity.value >= _MANY_PEOPLE:
        return context.next_words[0] == "người"
    return concept.weak and bool(concept.words.match(" ".join(context.next_words)))


def _answers(context: Context) -> bool:
    """Whether a figure opens the sentence behind a question that asks how much."""
    asked = context.text(context.sentences[context.number - 1]).rstrip()
    opens = len(context.text(context.before_in_sentence).strip(' -–—“"')) <= 40
    if re.search(r"(?<!\w)hỏi(?!\w)", asked) and _ANSWERING.search(context.text(context.before_in_sentence)):
        return True
    asks = re.search(r"(?<!\w)(?:bao nhiêu|mấy|mức nào|ra sao|đến đâu|tới đâu)(?!\w)", asked)
    return opens and asked.endswith("?") and bool(asks)


def _nearness(context: Context, concept: Concept, near: str) -> float:
    found = concept.words.search
    if found(near):
        return _LOCAL
    if found(context.text(context.clause)):
        return _CLAUSE
    if found(context.text(context.before_in_sentence)):
        return _BEFORE
    if found(context.text(context.after_in_sentence)):
        return _AFTER
    if context.number and found(context.text(context.sentences[context.number - 1])):
        return _BEFORE if _answers(context) else _PREVIOUS
    return _OTHER if context.number < _OPENING and found(context.other) else 0.0
