"""The names that ``báo:``, ``chủđề:`` and ``nơi:`` can find, to tell a mistyped one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from search.query import ParsedQuery
from search.query.known import UnknownName, unknown_names
from search.query.values import outlet_keys, place_key, topic_keys
from search.text.normal import key
from web.names import gazetteer, vietnamese_topics


@dataclass(frozen=True, slots=True)
class Notice:
    """One unknown name, and the query cut in three so that the page can mark the middle."""

    unknown: UnknownName
    before: str
    wrong: str
    after: str


def notices(query: ParsedQuery, outlets: Mapping[str, str], *, nothing_found: bool) -> list[Notice]:
    """Unknown outlets and topics; places too when nothing was found, for landmarks are in no list.

    ``outlets``: name by key.
    """
    known: dict[str, Mapping[str, str]] = {"outlet": _outlets(outlets), "topic": _topics()}
    if nothing_found:
        known["place"] = _places()
    text = query.text
    return [
        Notice(name, text[: name.start], text[name.start : name.end], text[name.end :])
        for name in unknown_names(query, known)
    ]


def _outlets(outlets: Mapping[str, str]) -> dict[str, str]:
    return {written: name for outlet, name in outlets.items() for written in outlet_keys(outlet, name)}


@cache
def _topics() -> dict[str, str]:
    names: dict[str, str] = {}
    for code, name in vietnamese_topics().items():
        names |= dict.fromkeys((key(code), *topic_keys(name)), name)
    return names


@cache
def _places() -> dict[str, str]:
    names: dict[str, str] = {}
    for unit in gazetteer():
        names |= dict.fromkeys((key(unit.code), place_key(unit.full_name)), unit.full_name)
    return names
