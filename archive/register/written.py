"""Register values as Vietnamese documents write them."""

from __future__ import annotations


def written(value: str) -> str:
    """As "~1000" is "khoảng 1.000" and "11.7" is "11,7"; what is no such value comes out as it is."""
    words = {"~": "khoảng ", ">": "hơn "}
    return words.get(value[:1], "") + "/".join(written_number(part) for part in value.lstrip("~>").split("/"))


def written_number(digits: str) -> str:
    """One number, "1930.5" as "1.930,5"."""
    whole, _dot, rest = digits.partition(".")
    if not whole.isdecimal() or (rest and not rest.isdecimal()):
        return digits
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{rest}" if rest else grouped
