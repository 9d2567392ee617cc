"""Register values as people read them."""

from __future__ import annotations

from django.utils.translation import gettext as _


def figure(value: str) -> str:
    """As "~1000" is "khoảng 1.000" and "11.7" is "11,7"; what is no such value comes out as it is."""
    bare = value.lstrip("~>")
    written = "/".join(_written(part) for part in bare.split("/"))
    words = {"~": _("khoảng %(figure)s"), ">": _("hơn %(figure)s")}
    return words.get(value[:1], "%(figure)s") % {"figure": written}


def _written(digits: str) -> str:
    whole, _dot, rest = digits.partition(".")
    if not whole.isdecimal() or (rest and not rest.isdecimal()):
        return digits
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{rest}" if rest else grouped
