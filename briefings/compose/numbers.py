"""Numbers as they are written in Việt Nam."""

from __future__ import annotations


def number(value: float) -> str:
    """1.234 and 3,5."""
    text = f"{value:,.1f}" if value % 1 else f"{value:,.0f}"
    return text.translate(str.maketrans(",.", ".,"))


def change(now: int, before: int) -> str:
    """ "+12", "-3", "0"."""
    difference = now - before
    return f"{'+' if difference > 0 else ''}{number(difference)}"


def compared(now: int, before: int) -> str:
    """ "tăng 12 so với tuần trước"."""
    if now == before:
        return "bằng tuần trước"
    way = "tăng" if now > before else "giảm"
    return f"{way} {number(abs(now - before))} so với tuần trước"


def value(text: str) -> str:
    """A figure of the register as people read it: "~1000" → "khoảng 1.000", "184/210" stays a ratio."""
    lead = {"~": "khoảng ", ">": "trên "}.get(text[:1], "")
    parts = (text[1:] if lead else text).split("/")
    return lead + "/".join(_plain(part) for part in parts)


def _plain(part: str) -> str:
    whole, point, fraction = part.partition(".")
    if not whole.isdigit() or (fraction and not fraction.isdigit()):
        return part
    return number(int(whole)) + (f",{fraction}" if point else "")
