"""The list of topics and their weighted phrases: ``topics.toml`` and an office's own file on top of it.

Source of the topic ids, names and IPTC codes: the product's topic list. The phrases are our own.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from classifiers.topics.tokens import syllables

BUILT_IN = Path(__file__).with_name("topics.toml")
MAX_WEIGHT = 5.0
_CHOICE = re.compile(r"\(([^()]*)\)")
_TABLE = re.compile(r"^\s*\[\[(topic|outside)\]\]", re.MULTILINE)


class LexiconError(ValueError):
    """A topics file that cannot be used. The message names file, line, field and remedy."""

    def __init__(self, path: Path, line: int, where: str, what: str) -> None:
        super().__init__(f"{path.name}:{line}: {where}: {what}")
        self.path, self.line, self.where = path, line, where


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. ``about`` says to people when an article bears it."""

    id: str
    name: str
    iptc: str
    about: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Topics in fixed order, and for each phrase its weight per group.

    outside  ids of the kinds of news that no topic covers; groups after the topics
    phrases  normalised phrase (``" bão số "``) -> {group number: weight}
    """

    topics: tuple[Topic, ...]
    outside: tuple[str, ...]
    phrases: dict[str, dict[int, float]] = field(default_factory=dict)

    @property
    def groups(self) -> tuple[str, ...]:
        """Ids of topics and outside groups, in feature order."""
        return tuple(topic.id for topic in self.topics) + self.outside


def expand(phrase: str) -> list[str]:
    """All variants of a phrase: ``"vỡ (đê|đập)"`` gives "vỡ đê" and "vỡ đập"."""
    choice = _CHOICE.search(phrase)
    if choice is None:
        return [phrase]
    return [
        variant
        for option in choice.group(1).split("|")
        for variant in expand(phrase[: choice.start()] + option + phrase[choice.end() :])
    ]


def key_of(phrase: str) -> str:
    """A phrase as it is searched for: normalised syllables between single spaces."""
    return f" {' '.join(word for word in syllables(phrase).joined.split() if word != '|')} "


def load_lexicon(override: Path | None = None) -> Lexicon:
    """The built-in lexicon, with an office's file on top when given.

    An office's file has the same form. It may add phrases, change weights, drop a phrase (weight 0)
    and reword ``name`` and ``about``; it cannot invent topics, because the weights know only these.
    Raises LexiconError.
    """
    base = _File(BUILT_IN)
    topics = {str(table["id"]): _topic(base, number, table) for number, table in enumerate(base.topics)}
    outside = [base.text(f"outside {n}", table, "id", table) for n, table in enumerate(base.outside)]
    files = [base]
    if override is not None:
        own = _File(override)
        files.append(own)
        for number, table in enumerate(own.topics):
            ident = own.text(f"topic {number + 1}", table, "id", table)
            if ident not in topics:
                raise own.error(
                    table, "id", f"chủ đề {ident!r} không có; chọn một trong: {', '.join(topics)}"
                )
            old = topics[ident]
            topics[ident] = Topic(
                ident,
                own.text(ident, {"name": old.name, **table}, "name", table),
                old.iptc,
                own.text(ident, {"about": old.about, **table}, "about", table),
            )
    lexicon = Lexicon(tuple(topics.values()), tuple(outside))
    numbers = {ident: number for number, ident in enumerate(lexicon.groups)}
    for file in files:
        file.fill(lexicon.phrases, numbers)
    return lexicon


class _File:
    """One parsed topics file that can tell the line of each of its fields."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.source = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise LexiconError(path, 1, "tệp", f"không đọc được: {error}") from error
        try:
            parsed = tomllib.loads(self.source)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            last = self.source.count("\n") + 1
            raise LexiconError(
                path, int(line.group(1)) if line else last, "cú pháp TOML", str(error)
            ) from error
        for name in parsed:
            if name not in ("topic", "outside"):
                raise LexiconError(
                    path, self._find(name, 0, len(self.source)), name, "bảng lạ; chỉ dùng topic và outside"
                )
        self.topics = self._tables(parsed, "topic")
        self.outside = self._tables(parsed, "outside")
        starts: dict[str, list[int]] = {"topic": [], "outside": []}
        edges = []
        for found in _TABLE.finditer(self.source):
            starts[found.group(1)].append(found.start())
            edges.append(found.start())
        edges.append(len(self.source))
        self._range = {
            id(table): (start, min(edge for edge in edges if edge > start))
            for kind, tables in (("topic", self.topics), ("outside", self.outside))
            for table, start in zip(tables, starts[kind], strict=False)
        }

    def _tables(self, parsed: dict[str, object], kind: str) -> list[dict[str, object]]:
        tables = parsed.get(kind, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise LexiconError(
                self.path, self._find(kind, 0, len(self.source)), kind, f"phải viết thành các bảng [[{kind}]]"
            )
        return tables

    def _find(self, needle: str, start: int, end: int) -> int:
        """The line of a key, else of a text, between two offsets; else the line of ``start``."""
        key = re.compile(rf'^[ \t]*"?{re.escape(needle)}"?[ \t]*=', re.MULTILINE).search(
            self.source, start, end
        )
        place = key.start() if key else self.source.find(needle, start, end)
        return self.source.count("\n", 0, place if place >= 0 else start) + 1

    def error(self, table: dict[str, object], needle: str, what: str, where: str = "") -> LexiconError:
        """An error at the line of ``needle`` inside ``table``."""
        start, end = self._range.get(id(table), (0, len(self.source)))
        return LexiconError(self.path, self._find(needle, start, end), where or needle, what)

    def text(self, where: str, values: dict[str, object], name: str, table: dict[str, object]) -> str:
        """A required, non-empty string field."""
        value = values.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self.error(table, name, "thiếu hoặc không phải chuỗi ký tự", f"{where}.{name}")
        return value

    def fill(self, phrases: dict[str, dict[int, float]], numbers: dict[str, int]) -> None:
        """Put this file's phrases into ``phrases``; weight 0 takes one out."""
        for table in self.topics:
            weighted = table.get("phrases", {})
            if not isinstance(weighted, dict):
                raise self.error(table, "phrases", "phải là bảng trọng số = [cụm từ]")
            for weight, listed in weighted.items():
                self._add(table, str(table["id"]), str(weight), listed, phrases, numbers)
        for table in self.outside:
            ident = str(table.get("id"))
            if ident not in numbers:
                raise self.error(table, "id", f"mảng tin {ident!r} không có")
            self._add(table, ident, "1", table.get("phrases", []), phrases, numbers)

    def _add(
        self,
        table: dict[str, object],
        ident: str,
        weight: str,
        listed: object,
        phrases: dict[str, dict[int, float]],
        numbers: dict[str, int],
    ) -> None:
        try:
            value = float(weight)
        except ValueError:
            value = float("nan")
        if not abs(value) <= MAX_WEIGHT:
            raise self.error(
                table,
                weight,
                f"trọng số phải là số từ -{MAX_WEIGHT:g} đến {MAX_WEIGHT:g}",
                f"{ident}.phrases",
            )
        if not isinstance(listed, list):
            raise self.error(table, weight, "phải là danh sách cụm từ", f"{ident}.phrases.{weight}")
        for phrase in listed:
            if not isinstance(phrase, str):
                raise self.error(
                    table, str(phrase), "cụm từ phải là chuỗi ký tự", f"{ident}.phrases.{weight}"
                )
            for variant in expand(phrase):
                key = key_of(variant)
                if not key.strip() or "(" in variant or ")" in variant:
                    raise self.error(
                        table,
                        phrase,
                        f"cụm từ {phrase!r} rỗng hoặc sai dấu ngoặc",
                        f"{ident}.phrases.{weight}",
                    )
                if value:
                    phrases.setdefault(key, {})[numbers[ident]] = value
                else:
                    phrases.get(key, {}).pop(numbers[ident], None)


def _topic(file: _File, number: int, table: dict[str, object]) -> Topic:
    where = f"topic {number + 1}"
    ident, name, iptc, about = (
        file.text(where, table, key, table) for key in ("id", "name", "iptc", "about")
    )
    return Topic(ident, name, iptc, about)
