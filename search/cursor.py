"""The opaque marks that lead from one page of hits to the next."""

from __future__ import annotations

import base64
import binascii
import json

from django.utils.translation import gettext as _

from search.port import CursorError

Value = int | float | str


def encode(values: dict[str, Value]) -> str:
    """An opaque text, safe in addresses."""
    return base64.urlsafe_b64encode(json.dumps(values, separators=(",", ":")).encode()).decode().rstrip("=")


def decode(cursor: str, sort: str) -> dict[str, Value]:
    """The values of a cursor that was given out for ``sort``; raises ``CursorError``."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        values = None
    if not isinstance(values, dict) or not all(isinstance(v, (int, float, str)) for v in values.values()):
        raise CursorError(_("Dấu trang không đọc được; hãy tìm lại từ trang đầu"))
    if values.get("sort") != sort:
        raise CursorError(_("Dấu trang không thuộc cách sắp xếp này; hãy tìm lại từ trang đầu"))
    return values


def number(values: dict[str, Value], name: str, largest: int) -> int:
    """A whole number 0..largest from a cursor; raises ``CursorError``."""
    value = values.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= largest:
        raise CursorError(_("Dấu trang không đọc được; hãy tìm lại từ trang đầu"))
    return value
