"""Register values as people read them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from archive.register.written import written_number


def figure(value: str) -> str:
    """As "~1000" is "khoảng 1.000" and "11.7" is "11,7"; what is no such value comes out as it is."""
    bare = value.lstrip("~>")
    written = "/".join(written_number(part) for part in bare.split("/"))
    words = {"~": _("khoảng %(figure)s"), ">": _("hơn %(figure)s")}
    return words.get(value[:1], "%(figure)s") % {"figure": written}
