"""Finds the quantities of a text: numerals, number words, percentages, ratios, fractions, ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from classifiers.figures.numbers import patterns as p
from classifiers.figures.numbers.hedges import LONGEST, PHRASES, Hedge
from classifiers.figures.numbers.noise import is_noise, is_price
from classifiers.figures.numbers.quantity import Kind, Quantity
from classifiers.figures.numbers.words import DIGITS, SCALES, read_words
from classifiers.places.text import Prepared

_VERBS = ("nộp", "có", "dùng", "đạt", "tham", "xem", "thiếu", "phủ")
_ANYTHING = ("người", "nơi", "chỗ", "đơn")  # may stand for what is counted


class Scanner:
    """Reads quantities. ``nouns``: first words of what is counted; they tell "ba xã" from a name."""

    def __init__(self, nouns: frozenset[str]) -> None:
        self._nouns = nouns

    def scan(self, prepared: Prepared) -> list[Quantity]:
        """All quantities in reading order; they do not overlap."""
        text = prepared.lowered
        found: list[Quantity] = []
        for start in self._starts(text):
            if found and start < found[-1].end:
                continue
            quantity = (
                self._per_so_many(text, start)
                or self._multiple(text, start)
                or self._fraction(text, start)
                or self._number(prepared, start)
            )
            if quantity is not None:
                found.append(_with_hedge(text, quantity, found[-1].end if found else 0))
        return found

    def _starts(self, text: str) -> Iterator[int]:
        for match in p.START.finditer(text):
            yield match.start()

    def _per_so_many(self, text: str, start: int) -> Quantity | None:
        """ "cứ 100 hộ thì 93 hộ": a percentage, or a density when other things are counted."""
        match = p.PER_SO_MANY.match(text, start)
        if match is None:
            return None
        base, part = _value(match["base"]), _value(match["part"])
        if base < 2:
            return None
        hedge = PHRASES.get(match["hedge"] or "", Hedge.NONE)
        counted = match["counted"].split()[0]
        other = counted in self._nouns and counted not in (match["of"].split()[0], *_ANYTHING, *_VERBS)
        if other or part > base:
            begin = match.start("part")
            tail = _half_unit(match["part"])
            return Quantity(
                begin, match.end("part"), begin, Kind.COUNT, part, tail[0], tail[1], hedge, per=base
            )
        spread = 0.5 if base >= 100 else 5.0
        return Quantity(
            start, match.end(), start, Kind.PERCENT, 100 * part / base, 0, 2, hedge, soft=False, spread=spread
        )

    def _multiple(self, text: str, start: int) -> Quantity | None:
        """ "gấp đôi con số 2,82 triệu": the product."""
        match = p.MULTIPLE.match(text, start)
        if match is None:
            return None
        factor = p.FACTORS.get(match["factor"]) or _value(match["factor"].removesuffix("lần").strip())
        inner = self._plain_number(text, match.start("base"))
        if inner is None:
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
        if match["half"]:
            share = 50.0
        else:
            below = _value(match["below"])
            if below < 2 or _value(match["above"]) >= below or below > 10:
                return None
            share = 100 * _value(match["above"]) / below
        following = re.match(
            r"\s+(?:tổng )?(?:số )?(?:các )?([^\W\d_]+)", text[match.end() : match.end() + 40]
        )
        ends = not match["half"] and p.SHARE_ENDS.match(text, match.end())
        if not ends and (following is None or following.group(1) not in self._nouns):
            return None
        hedge = Hedge.OVER if text.startswith(("quá", "già"), match.start()) else Hedge.NONE
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
        value, half, significant, end, scale = read
        ratio = self._ratio(text, start, end, value)
        if ratio is not None:
            return ratio
        upper = None
        ranged = p.RANGE.match(text, end)
        if ranged:
            second = self._read(text, ranged.start("second"))
            if second is not None and not p.YEAR.fullmatch(ranged["second"].split()[0]):
                if scale == 1 and second[4] > 1:
                    value *= second[4]
                upper, end = second[0], second[3]
                if upper <= value:
                    return None
        percent = p.PERCENT.match(text, end)
        if percent:
            if p.PERCENT_POINT.match(text, end):
                return None
            ranged = p.RANGE.match(text, percent.end())
            if ranged and upper is None and (second := self._read(text, ranged.start("second"))):
                closing = p.PERCENT.match(text, second[3])
                if closing and second[0] > value:
                    upper, percent = second[0], closing
            return Quantity(start, percent.end(), start, Kind.PERCENT, value, half, significant, upper=upper)
        if is_price(text, end):
            return None
        return _with_unit(
            text, Quantity(start, end, start, Kind.COUNT, value, half, significant, upper=upper)
        )

    def _read(self, text: str, start: int) -> tuple[float, float, int, int, float] | None:
        """(value, half of the last place, significant digits, end, scale) of a numeral or number words."""
        if text[start].isdigit():
            match = p.NUMERAL.match(text, start)
            if match is None:
                return None
            value = _value(match.group())
            half, significant = _half_unit(match.group())
            scaled = p.SCALE.match(text, match.end())
            if scaled is None:
                return value, half, significant, match.end(), 1
            scale = 1.0
            for word in scaled.group().split():
                scale *= SCALES[word]
            return value * scale, half * scale, significant, scaled.end(), scale
        words = p.WORDS.match(text, start)
        if words is None:
            return None
        listed = words.group().split(" ")
        value, used = read_words(listed)
        if used == 0 or not value:
            return None
        end = start + len(" ".join(listed[:used]))
        if used == 1 and not self._single(listed, text, start):
            return None
        digits = str(int(value)).rstrip("0")
        return value, 0.0, len(digits), end, 1

    def _single(self, words: list[str], text: str, start: int) -> bool:
        """Whether one number word alone counts something: "ba huyện", not "ông Ba" or "năm nay"."""
        if words[0] not in DIGITS or words[0] in ("một", "không", "mốt", "tư", "lăm", "nhăm"):
            single = words[0] == "mười" or (
                words[0] == "một" and p.ONLY.search(text, max(0, start - 12), start)
            )
            return bool(single) and len(words) > 1 and words[1] in self._nouns
        if len(words) < 2 or words[1] not in self._nouns:
            return False
        if words[0] != "năm":
            return True
        if words[1] == "học":
            return False
        return not p.BEFORE_YEAR.search(text, max(0, start - 20), start)

    def _ratio(self, text: str, start: int, end: int, value: float) -> Quantity | None:
        match = p.SLASH.match(text, end) or p.OUT_OF.match(text, end)
        if match is None:
            return None
        other = _value(match["second"])
        rank = bool(p.RANK_CUE.search(text, max(0, start - 15), start))
        if other < value or other < 2 or p.PEOPLE_BASE.match(text, match.start("second")):
            return None
        begin = start
        if rank:
            begin = (
                text.rfind("thứ", max(0, start - 8), start)
                if "thứ" in text[max(0, start - 8) : start]
                else start
            )
        return Quantity(
            begin, match.end(), start, Kind.RANK if rank else Kind.RATIO, value, 0.0, 3, other=other
        )


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
        per = _value(rate["base"]) if rate["base"] and rate["base"] not in ("mỗi", "một") else 1.0
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
    words = list(p.WORD.finditer(text, max(floor, quantity.start - 30), quantity.start))
    gap = text[words[-1].end() : quantity.start] if words else "x"
    if not words or gap.strip() or any("\n" in text[w.start() : quantity.start] for w in words[-1:]):
        return quantity
    for size in range(min(LONGEST, len(words)), 0, -1):
        begin = words[-size].start()
        phrase = " ".join(text[begin : quantity.start].split())
        if phrase in ("ước", "ước tính", "ước đạt"):
            if quantity.significant >= 3:
                return quantity
            return replace(quantity, start=begin, hedge=Hedge.ABOUT)
        hedge = PHRASES.get(phrase)
        if hedge is not None:
            return quantity if hedge is Hedge.NONE else replace(quantity, start=begin, hedge=hedge)
    return quantity


def _value(written: str) -> float:
    """The number of a numeral or of number words."""
    written = written.strip()
    if not written[0].isdigit():
        return read_words(written.split())[0]
    if re.fullmatch(r"\d+\.\d{1,2}", written):
        return float(written)
    return float(written.replace(".", "").replace(" ", "").replace(",", "."))


def _half_unit(written: str) -> tuple[float, int]:
    """Half of the last written place, and the number of significant digits."""
    if not written[0].isdigit():
        return 0.0, 1
    decimals = 0
    if "," in written:
        decimals = len(written.split(",")[1])
    elif re.fullmatch(r"\d+\.\d{1,2}", written):
        decimals = len(written.split(".")[1])
    digits = re.sub(r"\D", "", written).lstrip("0")
    significant = len(digits) if decimals else len(digits.rstrip("0"))
    return 0.5 * 10**-decimals, max(1, significant)
