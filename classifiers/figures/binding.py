"""Which indicator of the register a quantity belongs to, if any."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from classifiers.figures.concepts import Concept, Concepts, plain, word_pattern
from classifiers.figures.context import Context
from classifiers.figures.numbers.quantity import Kind, Quantity
from classifiers.figures.register import Entry

_ENOUGH = 0.5  # weighted share of an indicator's concepts, by how near they stand
_LOCAL, _CLAUSE, _BEFORE, _AFTER, _PREVIOUS, _OTHER = 1.0, 0.9, 0.7, 0.5, 0.35, 0.4
_CLEAR = 0.02  # a smaller lead is a tie, and a tie binds nothing
_SPECIFIC = 0.08  # the more an indicator's name says nearby, the rather it is meant
_NEAR = 90  # characters before the figure
_MANY_PEOPLE = 10_000  # from here on "người" alone may be a province's population
_NOUNS = tomllib.loads(Path(__file__).with_name("nouns.toml").read_text(encoding="utf-8"))
_CLASSIFIERS = frozenset(_NOUNS["classifiers"])
_NO_NOUN = frozenset(["", *_NOUNS["no_noun"]])
_BASES = frozenset(_NOUNS["bases"])
_SYNONYMS: dict[str, list[str]] = _NOUNS["synonyms"]
_TIME_SPAN = re.compile(r"\s*(?:năm|tháng|ngày|tuổi|giờ|phút|tuần)(?!\w)(?!\s*(?:\d|nay|qua|ngoái))")
_PER_TIME = re.compile(r"[^,.;/]{0,15}(?:/|mỗi )\s*(?:ngày|tháng|giờ|tuần|mẫu|ca)(?!\w)")
_RATE = re.compile(r"mật độ|bình quân|vạn dân|\d dân")
_BROAD = re.compile(
    r"^(?:người dân|dân|nhân khẩu|người)(?: (?:của|ở|tại) [^,.;]+)?\s*"
    r"(?:$|[,.;:)–]|và(?!\w)|nhưng|song|mà|với|sau|trước|đông|đang sinh sống|sinh sống|trên diện|hiện|cao"
    r"|thấp|chỉ|thì|là|nay|tính|vào|trong|đầu|cuối|theo)"
)


@dataclass(frozen=True)
class Indicator:
    """One indicator of a province with all its entries, and what an article must word to mean it."""

    name: str
    kind: Kind
    entries: tuple[Entry, ...]
    wordings: tuple[tuple[Concept, ...], ...]
    heads: frozenset[str]
    per: float
    per_head: bool
    broad: bool

    @property
    def ratio(self) -> bool:
        """Whether the figures are given as a/b."""
        return self.entries[-1].is_ratio


@dataclass(frozen=True)
class Bound:
    """A quantity bound to an indicator; ``complement``: it states what is left ("chưa có")."""

    indicator: Indicator
    score: float
    complement: bool


def indicators_of(entries: Sequence[Entry], concepts: Concepts) -> list[Indicator]:
    """Group a province's entries by indicator."""
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.indicator, []).append(entry)
    return [_indicator(name, tuple(rows), concepts) for name, rows in grouped.items()]


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
    return Bound(indicator, score, _is_complement(context, indicator))


def nouns_of(entries: Sequence[Entry]) -> frozenset[str]:
    """First words of everything the register counts."""
    words = set(_BASES)
    for entry in entries:
        words |= _heads(entry)
    return frozenset(words)


def _indicator(name: str, rows: tuple[Entry, ...], concepts: Concepts) -> Indicator:
    unit = plain(rows[-1].unit)
    wordings = [concepts.of_name(name)]
    for alias in dict.fromkeys(alias for row in rows for alias in row.aliases):
        wordings.append(concepts.of_name(alias))
    heads = frozenset().union(*(_heads(row) for row in rows))
    rate = re.search(r"/\s*([\d.]+)\s*(?:dân|người|hộ)", unit)
    ids = {concept.id for concept in wordings[0]}
    return Indicator(
        name,
        _kind(unit, rows[-1]),
        rows,
        tuple(wording for wording in dict.fromkeys(wordings) if wording),
        heads,
        float(rate.group(1).replace(".", "")) if rate else 0.0,
        "/người" in unit,
        "dan-so" in ids,
    )


def _kind(unit: str, row: Entry) -> Kind:
    if "usd" in unit:
        return Kind.USD
    if "đồng" in unit:
        return Kind.VND
    if unit.startswith(("km²", "km2", "ha")):
        return Kind.AREA
    if unit.startswith("%"):
        return Kind.PERCENT
    if row.is_ratio:
        return Kind.RANK if "xếp hạng" in plain(row.indicator) or "tỉnh" in unit else Kind.RATIO
    return Kind.COUNT


def _heads(entry: Entry) -> set[str]:
    """First words that may follow the number: from the unit and the names, with their synonyms."""
    words = set()
    for text in (entry.unit.split("/")[0].replace("%", " "), entry.indicator, *entry.aliases):
        pieces = re.findall(r"[^\W\d_]+", plain(text))
        words.update(pieces[:1])
    for piece in re.findall(r"[^\W\d_]+", plain(entry.indicator)):
        if piece in ("hộ", "xã", "huyện", "trường", "dân", "người"):
            words.add(piece)
    for word in tuple(words):
        words.update(_SYNONYMS.get(word, ()))
    return words


def _comparable(context: Context, indicator: Indicator) -> bool:
    """Whether the quantity is of the indicator's sort and counts what it counts."""
    quantity = context.quantity
    if not _same_kind(quantity, indicator, context):
        return False
    following = context.text((quantity.end, min(context.sentence[1], quantity.end + 30)))
    if _TIME_SPAN.match(following) or _PER_TIME.match(following) or re.match(r"\s*\d", following):
        return False
    words = context.next_words
    if words[0] in _CLASSIFIERS and len(words) > 1 and words[1]:
        words = words[1:]
    if words[0] in ("số", "tổng", "các") and len(words) > 1 and quantity.kind is not Kind.COUNT:
        words = words[2:] if words[:2] == ["tổng", "số"] else words[1:]
    noun = words[0] if words else ""
    if quantity.kind is Kind.PERCENT:
        return noun not in _BASES or noun in indicator.heads or _base_named(noun, indicator)
    if quantity.kind in (Kind.VND, Kind.USD, Kind.AREA, Kind.RANK) or quantity.product:
        return True
    if noun in indicator.heads or quantity.per:
        if indicator.broad:
            rest = context.text((quantity.end, min(context.sentence[1], quantity.end + 60))).strip()
            return bool(_BROAD.match(rest)) or "dân số" in context.text(context.left)
        return True
    if noun == "điểm" and "phần" in words:
        return False
    if noun not in _NO_NOUN:
        return False
    left = context.text(context.left)
    if indicator.broad:
        return "dân số" in left and quantity.value >= _MANY_PEOPLE
    return any(
        concept.words.search(left)
        for wording in indicator.wordings
        for concept in wording
        if not concept.weak
    )


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
        named = quantity.per_head or "đầu người" in context.text(region)
        return indicator.kind is Kind.VND and indicator.per_head == named
    return quantity.kind is indicator.kind


def _wording_score(context: Context, wording: tuple[Concept, ...], indicator: Indicator) -> float:
    """The concepts' weighted nearness; 0 when one is missing or another makes it something else."""
    own = context.text((context.quantity.start, context.quantity.end))
    near = f"{context.text(context.left)} | {own} | {context.text(context.right)}"
    score = total = specific = 0.0
    for concept in wording:
        place = _nearness(context, concept, near)
        if place < _LOCAL and _head_says(concept, context, indicator):
            place = _LOCAL
        if (
            not place
            or (concept.near and not _is_near(concept, context, place))
            or _contradicted(concept, context, near)
        ):
            return 0.0
        score += concept.weight * place
        total += concept.weight
        specific += concept.weight if place >= _CLAUSE else 0.0
    share = score / total
    if share < _ENOUGH and context.field != "title":
        return 0.0
    return share + _SPECIFIC * specific


def _is_near(concept: Concept, context: Context, place: float) -> bool:
    return place >= _CLAUSE or bool(concept.words.search(context.text(context.before_in_sentence)[-_NEAR:]))


def _contradicted(concept: Concept, context: Context, near: str) -> bool:
    """Whether the clause makes it something else; a full name nearby speaks for itself."""
    if concept.not_with is None:
        return False
    found = concept.words.search(near)
    region = near if found and found.group() in concept.names else f"{near} | {context.text(context.clause)}"
    return bool(concept.not_with.search(region))


def _head_says(concept: Concept, context: Context, indicator: Indicator) -> bool:
    """Whether what is counted words the concept: "2,1 triệu người" speaks of the population."""
    if indicator.broad and context.quantity.value >= _MANY_PEOPLE:
        return context.next_words[0] == "người"
    return concept.weak and bool(concept.words.match(" ".join(context.next_words)))


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
        return _PREVIOUS
    return _OTHER if found(context.other) else 0.0


def _is_complement(context: Context, indicator: Indicator) -> bool:
    """Whether the figure states what is lacking of a share or ratio: "26 xã chưa có", "không có thẻ (22%)"."""
    if indicator.kind not in (Kind.PERCENT, Kind.RATIO) or re.search(r"thiếu|chưa", plain(indicator.name)):
        return False
    right = context.text((context.quantity.end, min(context.clause[1], context.quantity.end + 45)))
    if _LACKING_AFTER.match(right):
        return True
    return bool(_LACKING_BEFORE.search(context.text(context.before_in_sentence)[-60:]))


_LACKING_AFTER = re.compile(
    r"(?:\s*[^\W\d_]+){0,5}?\s*(?:vẫn |còn |hiện )?(?:chưa|không có|chưa có|thiếu)(?!\w)"
)
_LACKING_BEFORE = re.compile(
    r"(?<!\w)(?:không|chưa) (?:có|được|tham gia|dùng|đạt|lắp)[^.;]{0,35}(?:chiếm|là|còn|khoảng|ở mức)\s*\S*\s*$"
)
