"""Number words: "bảy trăm bốn mươi ba ngàn" is 743000."""

from __future__ import annotations

from collections.abc import Sequence

DIGITS = {
    "không": 0,
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "nhăm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
TO_TEN = {word: DIGITS[word] for word in ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")}
TO_TEN["mười"] = 10
"""Number words that stand alone before what they count: "ba tháng", "hai xã"."""
SCALES = {"nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_LINKS = {"linh", "lẻ"}


def read_words(words: Sequence[str]) -> tuple[float, int]:
    """The number at the start of ``words`` and how many words it takes; (0, 0) when there is none."""
    total = 0.0  # finished thousands, millions, ...
    section = 0.0  # below a thousand
    pending: int | None = None  # a digit that waits for "mươi" or "trăm"
    after_ten = False
    last_scale = 0
    last_big = 0
    used = 0
    bare = -1  # where a digit stands right behind a scale, without "linh"
    for position, word in enumerate(words):
        if word in DIGITS:
            if pending is not None and bare == position - 1 and last_scale == 100:  # "trăm sáu hai"
                section, pending = section + 10 * pending + DIGITS[word], None
                used = position + 1
                continue
            if pending is not None:
                break
            bare = position if position and words[position - 1] in ("trăm", *SCALES) else -1
            if bare == position and word == "năm" and not _leads_on(words, position):
                break  # "ba trăm năm nay"
            pending = DIGITS[word]
            if after_ten:
                section, pending, after_ten = section + pending, None, False
        elif word == "mười":
            if pending is not None or after_ten:
                break
            section, after_ten = section + 10, True
        elif word in ("mươi", "chục") and pending is not None:
            section, pending, after_ten = section + pending * 10, None, word == "mươi"
        elif word == "trăm" and pending is not None:
            section, pending = section + pending * 100, None
            after_ten, last_scale = False, 100
        elif word in _LINKS and position and position + 1 < len(words) and words[position + 1] in DIGITS:
            after_ten = True
            continue
        elif word in SCALES and (section or pending or total):
            scale = SCALES[word]
            now = section + (pending or 0)
            if now and total and scale > last_big:  # "hai nghìn tám trăm tỷ"
                total = (total + now) * scale
            elif now:
                total += now * scale
            else:
                total *= scale
            last_big = scale
            section, pending, after_ten, last_scale = 0, None, False, scale
        elif word == "rưỡi" and last_scale:
            total += last_scale / 2 if last_scale >= 1000 else 0
            section += last_scale / 2 if last_scale < 1000 else 0
            used = position + 1
            break
        else:
            break
        used = position + 1
    if pending is not None and bare == used - 1:  # "một trăm ba", "hai triệu tư"
        section, pending = section + pending * last_scale / 10, None
    return total + section + (pending or 0), used


def _leads_on(words: Sequence[str], position: int) -> bool:
    """Whether a number goes on behind a word of it."""
    following = words[position + 1] if position + 1 < len(words) else ""
    return following in ("trăm", "mươi", "chục", *DIGITS, *SCALES)
