"""Which figures of the register the week's articles speak of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from briefings.compose.numbers import value
from briefings.compose.writer import Writer
from briefings.content import RegisterSource, Sentence
from briefings.inputs import ArticleInput, RegisterInput

MOST = 4  # entries told of one event
# A name that stands in more than this share of all articles ("người dân") names no figure.
COMMON, COMMON_FROM = 0.2, 10


class Facts:
    """Entries by the articles that name their indicator in a sentence with a number of its unit."""

    def __init__(self, writer: Writer):
        names = {
            name.casefold(): entry.id
            for entry in writer.inputs.register_entries
            for name in entry.names
            if _telling(name, entry.unit)
        }
        units = {entry.id: _stated(entry.unit) for entry in writer.inputs.register_entries}
        found: dict[str, set[int]] = defaultdict(set)
        for row in writer.inputs.articles:
            whole = writer.whole(row).casefold()
            hits = [name for name in names if name in whole]
            if not hits:
                continue
            numbered = [each.text.casefold() for each in writer.sentences_of(row)]
            for name in hits:
                stated = [text for text in numbered if units[names[name]].search(text)]
                if any(_stands_in(name, text) for text in stated):
                    found[name].add(row.id)
        limit = COMMON * len(writer.inputs.articles)
        self._articles: dict[int, set[int]] = defaultdict(set)
        for name, articles in found.items():
            if len(articles) <= max(limit, COMMON_FROM):
                self._articles[names[name]] |= articles
        self._entries = {entry.id: entry for entry in writer.inputs.register_entries}
        indicators = {entry.id: entry.indicator for entry in writer.inputs.register_entries}
        together: dict[str, set[int]] = defaultdict(set)
        for entry, articles in self._articles.items():
            together[indicators[entry]] |= articles
        for entry, indicator in indicators.items():  # several scopes of one indicator are told together
            if together.get(indicator):
                self._articles[entry] = together[indicator]

    def named_in(self, rows: Iterable[ArticleInput]) -> list[RegisterInput]:
        """The entries that these articles name, those named most first."""
        ids = {row.id for row in rows}
        counts = {entry: len(articles & ids) for entry, articles in self._articles.items()}
        named = sorted((entry for entry in counts if counts[entry]), key=lambda e: (-counts[e], e))
        return [self._entries[entry] for entry in named[:MOST]]

    def all_named(self) -> list[tuple[RegisterInput, int]]:
        """Every entry that was named, with how many articles did."""
        rows = [(self._entries[entry], len(found)) for entry, found in self._articles.items() if found]
        return sorted(rows, key=lambda pair: (-pair[1], pair[0].indicator, pair[0].id))

    def sentence(self, writer: Writer, entry: RegisterInput) -> Sentence:
        """An entry in words, all of them its own."""
        text = f"{entry.indicator[:1].upper()}{entry.indicator[1:]}: {value(entry.value)} {entry.unit}"
        details = [detail for detail in (entry.scope, f"tính đến {entry.as_of}", entry.document) if detail]
        return writer.state(
            f"{text} ({'; '.join(details)}).", [RegisterSource(entry=entry.id, version=entry.version)]
        )


def _telling(name: str, unit: str) -> bool:
    """Whether a name says what is counted: "hộ nghèo" does, "rộng" and "người dân" (of people) do not."""
    words = name.split()
    return len(words) > 2 or (len(words) == 2 and words[0].casefold() != _unit(unit))


def _unit(unit: str) -> str:
    return unit.split()[0].split("/")[0].rstrip(",").casefold()


def _stated(unit: str) -> re.Pattern[str]:
    """A number in that unit: "4,87%", "2,1 triệu người"."""
    return re.compile(rf"\d\s*(?:(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ)\s+)?{re.escape(_unit(unit))}(?!\w)")


def _stands_in(name: str, text: str) -> bool:
    """As whole words."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        before, after = text[start - 1 : start], text[end : end + 1]
        if not before.isalnum() and not after.isalnum():
            return True
        start = text.find(name, start + 1)
    return False
