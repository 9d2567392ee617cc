"""Two versions of a text side by side, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from archive.diff import FIELDS, Change, Version, compare
from archive.models import Article, Revision
from web.highlight import changed_words


@dataclass(frozen=True, slots=True)
class Row:
    """What stands beside each other. ``kind``: same, changed, added, removed."""

    kind: str
    before: SafeString
    after: SafeString
    material: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldRows:
    """The rows of title, lead or text."""

    field: str
    rows: tuple[Row, ...]
    changes: int


def side_by_side(before: Revision | Article, after: Revision | Article) -> list[FieldRows]:
    """Every field that has text in either version, in reading order."""
    changes = compare(_version(before), _version(after))
    shown = []
    for field in FIELDS:
        old, new = getattr(before, field), getattr(after, field)
        if old or new:
            mine = [change for change in changes if change.field == field]
            shown.append(FieldRows(field, tuple(_rows(old, new, mine)), len(mine)))
    return shown


def _version(row: Revision | Article) -> Version:
    return Version(row.title, row.lead, row.text)


def _rows(old: str, new: str, changes: list[Change]) -> Iterator[Row]:
    at_old = at_new = 0
    for change in changes:
        yield from _same(old[at_old : change.before_span[0]], new[at_new : change.after_span[0]])
        left, right = changed_words(change.before, change.after)
        yield Row(change.kind, left, right, change.material)
        at_old = max(at_old, change.before_span[1])
        at_new = max(at_new, change.after_span[1])
    yield from _same(old[at_old:], new[at_new:])


def _same(old: str, new: str) -> Iterator[Row]:
    if old.strip() or new.strip():
        yield Row("same", escape(old.strip()), escape(new.strip()))
