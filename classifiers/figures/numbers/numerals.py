"""Reads the number at a place: "2.150", "21 nghìn 460 tỷ", "57 phẩy 3", "bảy trăm bốn mươi ba ngàn"."""

from __future__ import annotations

import re
from typing import NamedTuple

from classifiers.figures.numbers import patterns as p
from classifiers.figures.numbers.words import DIGITS, SCALES, read_words


class Number(NamedTuple):
    """A number as written.

    value        with its scale
    half         half of the last written place, 0 for a number that is exact
    significant  number of significant digits
    end          where it ends in the text
    scale        1000 of "743 nghìn"; 1 for number words
    words        how many number words it takes, 0 for a numeral
    """

    value: float
    half: float
    significant: int
    end: int
    scale: float
    words: int = 0


def read_number(text: str, start: int) -> Number | None:
    """The numeral or the number words at ``start`` of a lower-case text."""
    read = _numeral(text, start) if text[start].isdigit() else _words(text, start)
    return _with_decimals(text, read) if read is not None else None


def _numeral(text: str, start: int) -> Number | None:
    match = p.NUMERAL.match(text, start)
    if match is None:
        return None
    value = value_of(match.group())
    half, significant = half_unit(match.group())
    scaled = p.SCALE.match(text, match.end())
    if scaled is None:
        return Number(value, half, significant, match.end(), 1)
    scale = _scale(scaled.group())
    number = Number(value * scale, half * scale, significant, scaled.end(), scale)
    while more := _smaller_part(text, number):
        number = more
    return number


def _smaller_part(text: str, number: Number) -> Number | None:
    """ "21 nghìn" with the "460 tỷ" behind it, "2 triệu" with "486 nghìn", "1 nghìn" with "874"."""
    match = p.NEXT_PART.match(text, number.end)
    if match is None:
        return None
    part = value_of(match["part"])
    scale = _scale(match["scale"]) if match["scale"] else 1.0
    if scale > number.scale == 1e3 and match["scale"].split()[-1] in ("tỷ", "tỉ", "triệu"):
        value = (number.value + part) * scale
    elif scale * 1000 <= number.scale and (match["scale"] or len(match["part"]) == 3):
        value = number.value + part * scale
    else:
        return None
    return Number(value, scale / 2, 4, match.end(), scale)


def _words(text: str, start: int) -> Number | None:
    words = p.WORDS.match(text, start)
    if words is None:
        return None
    listed = words.group().split(" ")
    value, used = read_words(listed)
    if used == 0 or not value:
        return None
    end = start + len(" ".join(listed[:used]))
    return Number(value, 0.0, len(str(int(value)).rstrip("0")), end, 1, used)


def _with_decimals(text: str, number: Number) -> Number:
    """ "57 phẩy 3", "năm mươi bảy phẩy ba", "3 phẩy 12 tỷ"."""
    match = p.DECIMALS.match(text, number.end)
    if match is None or number.scale != 1 or number.half not in (0.0, 0.5):
        return number
    said = match["decimals"].split()
    digits = said[0] if said[0].isdigit() else "".join(str(DIGITS[word]) for word in said)
    value = float(f"{number.value:.0f}.{digits}")
    scaled = p.SCALE.match(text, match.end())
    scale = _scale(scaled.group()) if scaled else 1.0
    end = scaled.end() if scaled else match.end()
    half = 0.5 * 10 ** -len(digits) * scale
    return Number(value * scale, half, number.significant + len(digits), end, scale, number.words)


def _scale(written: str) -> float:
    scale = 1.0
    for word in written.split():
        scale *= SCALES[word]
    return scale


def value_of(written: str) -> float:
    """The number of a numeral or of number words."""
    written = written.strip()
    if not written[0].isdigit():
        return read_words(written.split())[0]
    if re.fullmatch(r"\d+\.\d{1,2}", written):
        return float(written)
    return float(written.replace(".", "").replace(" ", "").replace(",", "."))


def half_unit(written: str) -> tuple[float, int]:
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
