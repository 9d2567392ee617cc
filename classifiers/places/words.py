"""The word lists of words.toml as patterns, and how level words and lists are written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

_LISTS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


_GAP = rf"(?: (?!(?:{'|'.join(_LISTS['gap_stops'])}) )[\w-]*\w[\w-]*)"
"""A word between a body and its seat. "Sở Y tế Hà Nội", but not "cơ sở ở Hà Nội", "Hải Phòng - Hà Nội"."""


def _one(entry: str) -> str:
    word, _, more = entry.partition(" ~")
    if not more:
        return re.escape(word)
    least, _, most = more.rpartition("-")
    not_in = "".join(rf"(?<!{re.escape(before)} )" for before in _LISTS["other_words"].get(word, ()))
    return rf"{not_in}{re.escape(word)}{_GAP}{{{least or 0},{most}}}(?<! và)"


def _any(entries: Iterable[str]) -> str:
    return "|".join(_one(entry) for entry in entries)


def _before(name: str, end: str = r" \Z") -> re.Pattern[str]:
    """One of a list's entries, as whole words, right before the name."""
    return re.compile(rf"(?:^|\W)(?:{_any(_LISTS[name])}){end}")


LEVEL_WORDS = {
    "tỉnh": "tỉnh",
    "thành phố": "thành phố",
    "tp": "thành phố",
    "tp.": "thành phố",
    "t.p": "thành phố",
    "t.p.": "thành phố",
    "quận": "quận",
    "q.": "quận",
    "q": "quận",
    "huyện": "huyện",
    "h.": "huyện",
    "h": "huyện",
    "thị xã": "thị xã",
    "tx": "thị xã",
    "tx.": "thị xã",
    "t.x": "thị xã",
    "t.x.": "thị xã",
    "phường": "phường",
    "p.": "phường",
    "p": "phường",
    "xã": "xã",
    "x.": "xã",
    "x": "xã",
    "thị trấn": "thị trấn",
    "tt": "thị trấn",
    "tt.": "thị trấn",
    "t.t": "thị trấn",
    "t.t.": "thị trấn",
    "đặc khu": "đặc khu",
}
FULL_LEVEL_WORDS = frozenset(LEVEL_WORDS.values())
LEVEL_BEFORE = re.compile(
    rf"({'|'.join(re.escape(word) for word in sorted(LEVEL_WORDS, key=len, reverse=True))})( {{0,2}})\Z"
)
"""A level word directly before a name, in lower case."""

LIST_LEVEL_BEFORE = re.compile(
    r"(?:^|\W)(?:các|những|nhiều|một số|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d+) "
    rf"({'|'.join(sorted(FULL_LEVEL_WORDS))})"
    r"(?: (?!là |như |gồm )\w+){0,5}(?: gồm| là| như| gồm có| bao gồm)?:? \Z"
)
"""A level word that stands apart from the list it governs: "bốn xã vùng cao gồm …"."""

BODY_LEVELS = {
    "tỉnh ủy": "tỉnh",
    "tỉnh đoàn": "tỉnh",
    "thành ủy": "thành phố",
    "thành đoàn": "thành phố",
    "quận ủy": "quận",
    "quận đoàn": "quận",
    "thị ủy": "thị xã",
    "thị đoàn": "thị xã",
    "huyện ủy": "huyện",
    "huyện đoàn": "huyện",
}
BODY_BEFORE = re.compile(rf"(?:^|\W)({'|'.join(BODY_LEVELS)}) \Z")

AGENCY_BEFORE = _before("agencies", r"\Z")
NOT_A_PLACE_BEFORE = _before("no_place", r"(?: (?:mang tên|tên|cổ phần|tnhh|mtv))? \Z")
COMPANY_BEFORE = re.compile(
    rf"(?:^|\W)(?:{_any(_LISTS['companies'])})"
    rf"(?: (?!(?:{_any(_LISTS['company_stops'])}) )[\w&./-]+){{0,6}} \Z"
)
COMPANY_AFTER = re.compile(rf"^ (?:{_any(_LISTS['company_after'])})\b")
SOFT_BEFORE = _before("soft", r"\Z")
PERSON_TITLE_BEFORE = _before("titles")
PERSON_NAMES = frozenset(_LISTS["person_names"].split())
PREPOSITION_BEFORE = _before("prepositions")
FUSED_AFTER = frozenset(_LISTS["fused_after"].split())
FUSED_BEFORE = frozenset(_LISTS["fused_before"].split())
BLOCKERS: list[str] = _LISTS["blockers"]
ALIASES: dict[str, list[str]] = _LISTS["aliases"]
PLAIN_WORDS = frozenset(_LISTS["plain"].split())

OLD_AFTER = re.compile(
    r"^,? ?(?:\( ?(?:cũ|trước đây|trước kia)|cũ(?!\w)|trước đây|trước kia|trước khi (?:sáp|hợp))"
)
OLD_BEFORE = re.compile(
    r"(?:nguyên là|trước đây là|trước đây thuộc|trước kia là|trước kia thuộc|từng thuộc|tách ra từ) \Z"
)

LIST_GAP = re.compile(r"^ ?(?:,|;|và|hay|hoặc|cùng|với|,? ?và|,? ?cùng|–|-|—|/|\+|&) ?\Z")
CHAIN_GAP = re.compile(
    r"^ ?(?:, ?|\( ?|\[ ?| ?[-–—] ?|, ?\(|thuộc|của|, ?thuộc|\)? ?, ?| cũ,? ?\(?| ?\(cũ\),? ?\(?"
    r"|\( ?thuộc| ở|, ?ở| tại|trước đây,? ?\(?) ?\Z"
)
