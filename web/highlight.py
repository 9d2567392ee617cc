"""Texts with marked spans as safe HTML: sliced by offsets first, every piece escaped by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

# Beyond this many words a changed passage is marked as a whole: comparing words would be slow.
MAX_WORDS = 600
WORD = re.compile(r"\s+|\d+(?:[.,]\d+)*|[^\W\d_]+|[\W_]")


@dataclass(frozen=True, slots=True)
class Mark:
    """Code points [start, end) of a text. ``kind`` is a CSS class: hit, place, topic, signal."""

    start: int
    end: int
    kind: str = "hit"


def marked(text: str, marks: Iterable[Mark]) -> SafeString:
    """``text`` escaped, with ``<mark>`` around the marks. Overlaps are joined, bad offsets ignored."""
    return _render(text, _usable(marks, len(text)), 0, len(text))


def paragraphs(text: str, marks: Iterable[Mark]) -> list[SafeString]:
    """The non-empty lines of ``text``, each as ``marked`` gives it; marks are offsets into ``text``."""
    usable = _usable(marks, len(text))
    lines: list[SafeString] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            lines.append(_render(text, usable, start, end))
        start = end + 1
    return lines


def hits(ranges: Iterable[Sequence[int]]) -> list[Mark]:
    """Marks of what a query found."""
    return [Mark(span[0], span[1]) for span in ranges]


def changed_words(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Both texts with the words that differ in ``<del>`` and ``<ins>``."""
    olds, news = WORD.findall(before), WORD.findall(after)
    if len(olds) > MAX_WORDS or len(news) > MAX_WORDS:
        return _tagged("del", before), _tagged("ins", after)
    left: list[SafeString] = []
    right: list[SafeString] = []
    for same, old, new in _stretches(olds, news):
        left.append(escape(old) if same else _tagged("del", old))
        right.append(escape(new) if same else _tagged("ins", new))
    return _joined(left), _joined(right)


def _stretches(olds: list[str], news: list[str]) -> list[tuple[bool, str, str]]:
    """(same, old, new) in order; the space between two changed words belongs to the change."""
    stretches: list[tuple[bool, str, str]] = []
    for kind, i, j, k, m in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        same, old, new = kind == "equal", "".join(olds[i:j]), "".join(news[k:m])
        if not same and len(stretches) > 1 and stretches[-1][1].isspace():
            _, space_old, space_new = stretches.pop()
            _, before_old, before_new = stretches.pop()
            old, new = before_old + space_old + old, before_new + space_new + new
        stretches.append((same, old, new))
    return stretches


def _tagged(tag: str, text: str) -> SafeString:
    if not text:
        return SafeString("")
    return format_html("<{}>{}</{}>", tag, text, tag)


def _usable(marks: Iterable[Mark], length: int) -> list[Mark]:
    good = [mark for mark in marks if 0 <= mark.start < mark.end <= length]
    return sorted(good, key=lambda mark: (mark.start, mark.end))


def _render(text: str, marks: Sequence[Mark], start: int, end: int) -> SafeString:
    inside = [m for m in marks if m.start < end and m.end > start]
    cuts = sorted({start, end} | {min(max(at, start), end) for m in inside for at in (m.start, m.end)})
    pieces: list[tuple[str, list[str]]] = []
    for left, right in pairwise(cuts):
        kinds = sorted({m.kind for m in inside if m.start <= left and m.end >= right})
        if pieces and pieces[-1][1] == kinds:
            pieces[-1] = (pieces[-1][0] + text[left:right], kinds)
        else:
            pieces.append((text[left:right], kinds))
    return _joined(
        format_html('<mark class="{}">{}</mark>', " ".join(kinds), piece) if kinds else escape(piece)
        for piece, kinds in pieces
    )


def _joined(pieces: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(pieces))  # noqa: S308  (every piece is escaped)
