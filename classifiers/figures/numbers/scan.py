"""Finds the quantities of a text: numerals, number words, percentages, ratios, fractions, ranges."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from classifiers.figures.concepts import WORD
from classifiers.figures.numbers import patterns as p
from classifiers.figures.numbers.hedges import AFTER, LONGEST, PHRASES, Hedge
from classifiers.figures.numbers.noise import is_date_ahead, is_noise, is_price
from classifiers.figures.numbers.numerals import Number, half_unit, read_number, value_of
from classifiers.figures.numbers.quantity import Kind, Quantity
from classifiers.figures.numbers.words import DIGITS, SCALES
from classifiers.places.text import Prepared

_LIES = re.compile(  # "trải trên 8.412 km²" is no "hơn"
    r"(?<!\w)(?:trải|rải|trải dài|trải rộng|nằm|phủ|dựa|sống|tính|đứng|xây)\s*$"
)
_HEDGED_BEHIND = (Kind.COUNT, Kind.PERCENT, Kind.VND, Kind.USD, Kind.AREA)
_MANY, _FEW = 20, 0.75
_VERBS = ("nộp", "có", "dùng", "đạt", "tham", "xem", "thiếu", "phủ")
_ANYTHING = ("người", "nơi", "chỗ", "đơn")  # may stand for what is counted


class Scanner:
    """Reads quantities. ``nouns``: first words of what is counted; they tell "ba xã" from a name.

    ``totals``: second terms of the register's ratios.
    """

    def __init__(self, nouns: frozenset[str], totals: frozenset[float] = frozenset()) -> None:
        self._nouns = nouns
        self._totals = totals

    def scan(self, prepared: Prepared) -> list[Quantity]:
        """All quantities in reading order; they do not overlap."""
        text = prepared.lowered
        found: list[Quantity] = []
        for start in (match.start() for match in p.START.finditer(text)):
            if found and start < found[-1].end:
                continue
            quantity = (
                self._per_so_many(text, start)
                or self._out_of_ten(text, start)
                or self._multiple(text, start)
                or self._fraction(text, start)
                or self._number(prepared, start)
            )
            if quantity is not None:
                found.append(_with_hedge(text, quantity, found[-1].end if found else 0))
        return found

    def _per_so_many(self, text: str, start: int) -> Quantity | None:
        """ "cứ 100 hộ thì 93 hộ": a percentage, or a density when other things are counted."""
        match = p.PER_SO_MANY.match(text, start)
        if match is None:
            return None
        base, part = value_of(match["base"]), value_of(match["part"])
        if base < 2:
            return None
        if not text.startswith("cứ ", start) and not _is_a_share(match, base):
            return None
        hedge = PHRASES.get(match["hedge"] or "", Hedge.NONE)
        counted = match["counted"].split()[0]
        other = counted in self._nouns and counted not in (match["of"].split()[0], *_ANYTHING, *_VERBS)
        if other or part > base:
            begin = match.start("part")
            tail = half_unit(match["part"])
            return Quantity(
                begin, match.end("part"), begin, Kind.COUNT, part, tail[0], tail[1], hedge, per=base
            )
        spread = 0.5 if base >= 100 else 5.0
        return Quantity(
            start, match.end(), start, Kind.PERCENT, 100 * part / base, 0, 2, hedge, spread=spread
        )

    def _out_of_ten(self, text: str, start: int) -> Quantity | None:
        """ "tám trên mười hộ", "9/10 người dân", "2/3 số xã": a share of no counted total."""
        match = p.WORDS_OUT_OF.match(text, start)
        if match and text[max(0, start - 1) : start] in ("", " "):
            base = value_of(match["base"].replace("một trăm", "100").replace("trăm", "100"))
            share = 100 * value_of(match["part"]) / base
            spread = 0.5 if base >= 100 else 5.0
            if 0 < share <= 100:
                return Quantity(start, match.end() - 1, start, Kind.PERCENT, share, 0, 2, spread=spread)
        match = p.SLASHED.match(text, start)
        if match is None or is_date_ahead(text, start):
            return None
        above, below = int(match["above"]), int(match["below"])
        if above >= below:
            return None
        return Quantity(start, match.end(), start, Kind.PERCENT, 100 * above / below, 0, 2, soft=True)

    def _multiple(self, text: str, start: int) -> Quantity | None:
        """ "gấp đôi con số 2,82 triệu": the product."""
        match = p.MULTIPLE.match(text, start)
        if match is None:
            return None
        factor = p.FACTORS.get(match["factor"]) or value_of(match["factor"].removesuffix("lần").strip())
        inner = self._plain_number(text, match.start("base"))
        if inner is None or p.OF_A_PLACE.match(text, inner.end):
            return None
        return replace(
            inner,
            start=start,
            number_start=start,
            value=inner.value * factor,
            half_unit=inner.half_unit * factor,
            product=True,
        )

    def _fraction(self, text: str, start: int) -> Quantity | None:
        """ "ba phần tư số trường", "một nửa", "2/3 số hộ"."""
        match = p.FRACTION.match(text, start)
        if match is None:
            return None
        scaled = p.HALF_OF_SCALE.match(text, match.end() - 3) if match["half"] else None
        if scaled:
            value = 0.5 * value_of(f"một {scaled['scale']}")
            return _with_unit(text, Quantity(start, scaled.end(), start, Kind.COUNT, value, soft=True))
        if match["half"]:
            share = 50.0
        else:
            below = value_of(match["below"])
            if below < 2 or value_of(match["above"]) >= below or below > 10:
                return None
            share = 100 * value_of(match["above"]) / below
        following = re.match(
            r"\s+(?:tổng )?(?:số )?(?:các )?([^\W\d_]+)", text[match.end() : match.end() + 40]
        )
        stated = not match["half"] or p.MAKES_UP.search(text, max(0, start - 14), start)
        ends = stated and p.SHARE_ENDS.match(text, match.end())
        if not ends and (following is None or following.group(1) not in self._nouns):
            return None
        hedge = Hedge.OVER if text.startswith(("quá", "già", "hơn"), match.start()) else Hedge.NONE
        return Quantity(
            start, match.end(), start, Kind.PERCENT, share, 0, 1 if match["half"] else 2, hedge, soft=True
        )

    def _number(self, prepared: Prepared, start: int) -> Quantity | None:
        text = prepared.lowered
        if text[start].isdigit():
            numeral = p.NUMERAL.match(text, start)
            if numeral is None or is_noise(text, prepared.cased, start, numeral.end()):
                return None
            if p.YEAR.fullmatch(numeral.group()) and not self._counts(text, numeral.end()):
                return None
        if p.RATE_BASE.search(text, max(0, start - 10), start) and p.PEOPLE.match(text, start):
            return None
        return self._plain_number(text, start)

    def _counts(self, text: str, end: int) -> bool:
        """Whether what may be a year ("2017 qua vài con số") is followed by something that is counted."""
        if p.SCALE.match(text, end) or p.UNIT.match(text, end) or p.PERCENT.match(text, end):
            return True
        words = p.WORDS.match(text[end:].lstrip(" "))
        listed = words.group().split(" ") if words else []
        return bool(listed) and any(word in self._nouns for word in listed[:2])

    def _plain_number(self, text: str, start: int) -> Quantity | None:
        """Numeral or words with scale, unit, second term and base."""
        read = self._read(text, start)
        if read is None:
            return None
        value, half, significant, end, scale, _ = read
        ratio = self._ratio(text, start, end, value)
        if ratio is not None:
            return ratio
        upper = None
        ranged = p.RANGE.match(text, end)
        if ranged:
            second = self._read(text, ranged.start("second"))
            if second is not None and not p.YEAR.fullmatch(ranged["second"].split()[0]):
                if scale == 1 and second.scale > 1:
                    value *= second.scale
                upper, end = second.value, second.end
                if upper <= value:
                    return None
        if upper is None and text.endswith("giữa ", 0, start):
            joined = p.BETWEEN.match(text, end)
            second = self._read(text, joined.start("second")) if joined else None
            if second is not None and second.value > value:
                upper, end = second.value, second.end
        vague = p.VAGUE_BEFORE.search(text, max(0, start - 8), start)
        if (
            vague
            and upper is None
            and not text[start].isdigit()
            and (low := _lower_of(vague["lower"], text, start, value))
        ):
            upper, value = value, low
        percent = p.PERCENT.match(text, end)
        if percent:
            if p.PERCENT_POINT.match(text, end):
                return None
            ranged = p.RANGE.match(text, percent.end())
            if ranged and upper is None and (second := self._read(text, ranged.start("second"))):
                closing = p.PERCENT.match(text, second.end)
                if closing and second.value > value:
                    upper, percent = second.value, closing
            return Quantity(start, percent.end(), start, Kind.PERCENT, value, half, significant, upper=upper)
        if is_price(text, end):
            return None
        return _with_unit(
            text, Quantity(start, end, start, Kind.COUNT, value, half, significant, upper=upper)
        )

    def _read(self, text: str, start: int) -> Number | None:
        """The number at ``start``; None also for a number word that counts nothing."""
        read = read_number(text, start)
        if read is None or read.words != 1:
            return read
        words = p.WORDS.match(text, start)
        return read if words and self._single(words.group().split(" "), text, start) else None

    def _single(self, words: list[str], text: str, start: int) -> bool:
        """Whether one number word alone counts something: "ba huyện", not "ông Ba" or "năm nay"."""
        if words[0] not in DIGITS or words[0] in ("một", "không", "mốt", "tư", "lăm", "nhăm"):
            single = words[0] == "mười" or (
                words[0] == "một" and p.ONLY.search(text, max(0, start - 12), start)
            )
            return bool(single) and len(words) > 1 and words[1] in self._nouns - {"số", "vài", "phần"}
        if len(words) < 2 or words[1] not in self._nouns:
            return False
        if words[0] != "năm":
            return True
        if words[1] == "học":
            return False
        return not p.BEFORE_YEAR.search(text, max(0, start - 20), start)

    def _is_one_of_many(self, text: str, match: re.Match[str], value: float) -> bool:
        """Whether the total of "12 trong số 4.275 trạm" is a figure of its own: no ratio has it."""
        total = read_number(text, match.start("second"))
        return (
            total is not None
            and "trong" in match.group()
            and total.value >= _MANY
            and value < _FEW * total.value
            and total.value not in self._totals
        )

    def _ratio(self, text: str, start: int, end: int, value: float) -> Quantity | None:
        match = p.SLASH.match(text, end) or p.OUT_OF.match(text, end)
        if match is None and not text[start].isdigit():
            match = p.OUT_OF_WORDS.match(text, end)
        if match is None or self._is_one_of_many(text, match, value):
            return None
        other = value_of(match["second"])
        scaled = p.SCALE.match(text, match.end("second"))
        end = scaled.end() if scaled else match.end()
        if scaled and value >= 1000:
            read = read_number(text, match.start("second"))
            other = read.value if read else other
        rank = bool(p.RANK_CUE.search(text, max(0, start - 15), start))
        if other < value or other < 2 or p.PEOPLE_BASE.match(text, match.start("second")):
            return None
        ordinal = text.rfind("thứ", max(0, start - 8), start) if rank else -1
        begin = ordinal if ordinal >= 0 else start
        return Quantity(begin, end, start, Kind.RANK if rank else Kind.RATIO, value, 0.0, 3, other=other)


def _is_a_share(match: re.Match[str], base: float) -> bool:
    """Whether "mười hộ thì tám hộ" without "cứ" is meant as a share."""
    counted, of = match["counted"].split()[0], match["of"].split()[0]
    linked = re.search(r"(?<!\w)thì(?!\w)", match.group()) is not None
    return base in (5, 10, 20, 100, 1000) and linked and counted == of


def _lower_of(word: str, text: str, start: int, value: float) -> float | None:
    """The lower end of "hai, ba nghìn", of which ``value`` is the upper one; None where it is none."""
    first = DIGITS.get(text[start:].split(" ", 1)[0], 0)
    if DIGITS.get(word) != first - 1:
        return None
    whole = value / first
    return value - whole if first >= 2 and whole >= 10 and whole == 10 ** round(math.log10(whole)) else None


def _with_unit(text: str, quantity: Quantity) -> Quantity:
    """Recognise money, area and rates after the number."""
    unit = p.UNIT.match(text, quantity.end)
    kind, factor, end = quantity.kind, 1.0, quantity.end
    if unit:
        kind, factor = {
            "money": (Kind.VND, 1.0),
            "dollar": (Kind.USD, 1.0),
            "hectare": (Kind.AREA, 0.01),
            "square": (Kind.AREA, 1.0),
        }[str(unit.lastgroup)]
        end = unit.end()
    elif re.search(r"(?:tỷ|tỉ)$", text[quantity.number_start : quantity.end]):
        kind = Kind.VND
    rate = p.PER.match(text, end)
    per, per_head = 0.0, bool(p.PER_HEAD.match(text, end))
    if rate:
        per = value_of(rate["base"]) if rate["base"] and rate["base"] not in ("mỗi", "một") else 1.0
        for word in (rate["scale"] or "").split():
            per *= SCALES.get(word, 100)
        if per == 1.0:
            per, per_head = 0.0, True
        else:
            end = rate.end()
    upper = quantity.upper * factor if quantity.upper is not None else None
    return replace(
        quantity,
        kind=kind,
        end=end,
        value=quantity.value * factor,
        half_unit=quantity.half_unit * factor,
        upper=upper,
        per=quantity.per or per,
        per_head=per_head,
    )


def _with_hedge(text: str, quantity: Quantity, floor: int) -> Quantity:
    """Add the hedge that stands right before the number."""
    if quantity.hedge is not Hedge.NONE:
        return quantity
    behind = p.HEDGE_AFTER.match(text, quantity.end)
    if behind and quantity.upper is None and quantity.kind in _HEDGED_BEHIND:
        return replace(quantity, hedge=AFTER[behind["hedge"]])
    words = list(WORD.finditer(text, max(floor, quantity.start - 30), quantity.start))
    gap = text[words[-1].end() : quantity.start] if words else "\n"
    if gap.strip() or "\n" in gap:
        return quantity
    for size in range(min(LONGEST, len(words)), 0, -1):
        begin = words[-size].start()
        phrase = " ".join(text[begin : quantity.start].split())
        if phrase in ("ước", "ước tính", "ước đạt"):
            if quantity.significant >= 3:
                return quantity
            return replace(quantity, start=begin, hedge=Hedge.ABOUT)
        hedge = PHRASES.get(phrase)
        if phrase == "trên" and _LIES.search(text, max(0, begin - 12), begin):
            return quantity
        if hedge is not None:
            return quantity if hedge is Hedge.NONE else replace(quantity, start=begin, hedge=hedge)
    return quantity
