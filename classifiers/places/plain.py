"""Texts without Vietnamese marks (old SMS style), and slugs in addresses of web pages."""

from __future__ import annotations

import re

from classifiers.places import words
from classifiers.places.lexicon import Entry, Lexicon
from classifiers.places.scan import Hit
from classifiers.places.text import Prepared
from provinces.gazetteer import Level
from provinces.spelling import without_marks

_PLAIN_LEVELS = {without_marks(word): kind for word, kind in words.LEVEL_WORDS.items()}
_LEVEL_BEFORE = re.compile(
    rf"(?:^|[^\w.])({'|'.join(re.escape(w) for w in sorted(_PLAIN_LEVELS, key=len, reverse=True))}) ?\Z"
)
_NAMED_SMALL = re.compile(r"(?:^|\W)(?:tinh|huyen|thi xa|thanh pho|thi tran|tp) \Z")
"""Level words that make a name of one even in small letters."""

_STREET_BEFORE = re.compile(
    r"(?:^|\W)(?:duong|pho|ngo|cau|song|ho|thon|ban|xom|cong ty|bia|ong|ba|anh|chi|gia dinh) \Z"
)
_SLUG = re.compile(r"(?:https?://|www\.)\S+|(?<![\w.-])[a-z0-9]+(?:-[a-z0-9]+){3,}(?![\w-])")
_SLUG_LEVEL = re.compile(r"(?:^|[-/])(tinh|tp|thanh-pho|huyen|tx|thi-xa|quan|xa|phuong|thi-tran)-\Z")
_SLUG_STREET = re.compile(
    r"(?:^|[-/])(?:duong|pho|cau|song|ho|bia|cong-ty|tran|chien-dich|chien-thang|ong|ba)-\Z"
)
_COMMON_WORDS = frozenset({"hoa binh", "thai binh", "an giang", "binh duong", "binh minh", "kien giang"})
MIN_WORDS = 3


def scan_plain(text: Prepared, lexicon: Lexicon) -> list[Hit]:
    """Names in a text without marks. Empty unless the words around show that it is Vietnamese."""
    tokens = re.findall(r"[a-z]+", text.lowered[:4000])
    vietnamese = len(set(tokens) & words.PLAIN_WORDS)
    hits: list[Hit] = []
    if vietnamese < MIN_WORDS:
        return hits
    for start, end, entry in _matches(text.lowered, text.cased, lexicon):
        before = text.lowered[max(0, start - 24) : start]
        if (hits and start < hits[-1].end) or "://" in text.lowered[max(0, start - 60) : start].rsplit(
            " ", 1
        )[-1]:
            continue
        if _STREET_BEFORE.search(before):
            continue
        hit = Hit(start, start, end, entry, supported=True)
        level = _LEVEL_BEFORE.search(before)
        if level and _written_as_level(text, start, level):
            hit.kind, hit.own_level = _PLAIN_LEVELS[level.group(1)], True
            hit.start = start - (len(before) - level.start(1))
        elif Level.PROVINCE not in entry.levels and not (
            hits and re.match(r"^ ?(?:,|\(|-|va) ?\Z", text.lowered[hits[-1].end : start])
        ):
            continue
        if hits:
            gap = text.lowered[hits[-1].end : hit.start]
            hit.listed = bool(re.match(r"^ ?(?:,|va|-) ?\Z", gap))
            hit.chained = bool(re.match(r"^ ?(?:, ?|\( ?|- ?|thuoc) ?\Z", gap))
        hits.append(hit)
    return hits


def _written_as_level(text: Prepared, start: int, level: re.Match[str]) -> bool:
    word = level.group(1)
    if len(word.rstrip(".")) > 2:
        return True
    at = start - (len(level.string) - level.start(1))
    return text.cased[at].isupper()


def _matches(lowered: str, cased: str, lexicon: Lexicon) -> list[tuple[int, int, Entry]]:
    """Whole-word matches, the longest first at each place; large initials where ``cased`` has any."""
    found = []
    length = len(lowered)
    for last, (size, entry) in lexicon.plain_automaton.iter(lowered):
        start, end = last - size + 1, last + 1
        if (start and lowered[start - 1].isalnum()) or (end < length and lowered[end].isalnum()):
            continue
        large = all(part[0].isupper() for part in cased[start:end].split())
        if cased and not large and not _NAMED_SMALL.search(lowered[max(0, start - 12) : start]):
            continue
        found.append((start, end, entry))
    found.sort(key=lambda match: (match[0], -match[1]))
    kept: list[tuple[int, int, Entry]] = []
    for match in found:
        if not kept or match[0] >= kept[-1][1]:
            kept.append(match)
    return kept


def scan_slugs(text: Prepared, lexicon: Lexicon) -> list[Hit]:
    """Provinces, and units with their level word, in the path of an address."""
    hits: list[Hit] = []
    if "-" not in text.lowered:
        return hits
    for slug in _SLUG.finditer(text.lowered):
        address = slug.group()
        path = address.find("/", address.find("://") + 3) if "://" in address else 0
        if path < 0:
            continue
        begin = slug.start() + path
        spaced = address[path:].replace("-", " ")
        for start, end, entry in _matches(spaced, "", lexicon):
            before = address[path : path + start]
            level = _SLUG_LEVEL.search(before)
            if _SLUG_STREET.search(before):
                continue
            kind = ""
            if level:
                kind = _PLAIN_LEVELS[level.group(1).replace("-", " ")]
            elif Level.PROVINCE not in entry.levels or spaced[start:end] in _COMMON_WORDS:
                continue
            width = len(level.group().lstrip("-/")) if level else 0
            hits.append(
                Hit(
                    begin + start - width, begin + start, begin + end, entry, kind=kind, own_level=bool(level)
                )
            )
    return hits
