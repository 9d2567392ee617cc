"""Cells that a spreadsheet neither runs nor chokes on."""

from __future__ import annotations

import re

# A cell that starts with one of these is run as a formula by spreadsheets.
_FORMULA = re.compile(r"^[\s]*[=+\-@]|^[\t\r\n]")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST_CELL = 32_767  # characters that a spreadsheet cell holds


def inert(text: str) -> str:
    """For CSV: an apostrophe before what would be run as a formula."""
    return "'" + text if _FORMULA.match(text) else text


def writable(text: str) -> str:
    """For XLSX: without characters that XML forbids, and no longer than a cell can hold (then "…")."""
    text = _NOT_IN_XML.sub("", text)
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
