"""Telling from texts whether a correction appeared. Pure; a person has the last word."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from archive.textform import collapsed

# What outlets head a correction with; "sửa" alone is too common a word.
_WORDS = re.compile(r"\b(?:đính chính|cải chính|xin lỗi bạn đọc|cáo lỗi)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
HEAD = 600  # characters at the start of a text in which a notice says what it is
LIKE = 0.6  # share of the longer words of a title that a notice must repeat


@dataclass(frozen=True, slots=True)
class Text:
    """What a reader reads of one version."""

    title: str
    lead: str
    text: str

    @property
    def whole(self) -> str:
        """All of it, white space collapsed, in small letters."""
        return collapsed(f"{self.title}\n{self.lead}\n{self.text}").casefold()


def correction_words(text: Text) -> list[str]:
    """The words of the kind "đính chính" in title, lead and the beginning and end of the text."""
    parts = (text.title, text.lead, text.text[:HEAD], text.text[-HEAD:])
    found = (match.group().casefold() for part in parts for match in _WORDS.finditer(collapsed(part)))
    return list(dict.fromkeys(found))


def seems_corrected(
    before: Text, after: Text, quotes: Collection[str], official: Collection[str]
) -> list[str]:
    """Why a newer version looks corrected (Vietnamese), nothing when it does not.

    ``quotes``: the words that were asked about; ``official``: what the records say.
    """
    old, new = before.whole, after.whole
    reasons: list[str] = []
    gone = [quote for quote in quotes if _in(quote, old) and not _in(quote, new)]
    if gone:
        reasons.append(f"không còn chữ “{gone[0][:120]}”")
    figures = {figure for text in official for figure in _NUMBER.findall(text)}
    added = sorted(figure for figure in figures if _has(figure, new) and not _has(figure, old))
    if added:
        reasons.append(f"đã có số {', '.join(added[:3])} của hồ sơ chính thức")
    fresh = [word for word in correction_words(after) if word not in correction_words(before)]
    if fresh:
        reasons.append(f"có chữ “{fresh[0]}”")
    return reasons


def speaks_of(notice: Text, title: str, url: str) -> bool:
    """Whether a notice names the article: its address, or most of the longer words of its title."""
    whole = notice.whole
    if url and collapsed(url).casefold() in whole:
        return True
    words = set(re.findall(r"[^\W_]{3,}", collapsed(title).casefold()))
    return bool(words) and sum(_has(word, whole) for word in words) / len(words) >= LIKE


def _in(quote: str, whole: str) -> bool:
    return bool(quote) and _has(collapsed(quote).casefold(), whole)


def _has(word: str, whole: str) -> bool:
    return re.search(rf"(?<![\w.,]){re.escape(word)}(?!\w|[.,]\d)", whole) is not None
