"""Reading typed values from a TOML file; each complaint names file, line and field."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import NoReturn, TypeVar

import regex

from provinces import toml_lines
from provinces.errors import ProfileError

_TYPES = {str: "text", bool: "true or false", int: "a number", float: "a number", list: "a list"}
_MAX_BYTES = 4_000_000
_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True)
class Document:
    """A TOML file: its text, and the lines of its values when a complaint asks for them."""

    file: Path
    text: str

    @cached_property
    def lines(self) -> dict[toml_lines.Path, int]:
        """The line of each value, counted from 1."""
        return toml_lines.locate(self.text)

    def fail(self, path: toml_lines.Path, message: str) -> NoReturn:
        """Raises a complaint about the value at ``path``, or about the nearest table around it."""
        while path not in self.lines:
            path = path[:-1]
        raise ProfileError(self.file, self.lines[path], message)


@dataclass(frozen=True)
class Table:
    """One table of a document. Getters without a default require the key."""

    document: Document
    path: toml_lines.Path
    values: dict[str, object]

    def fail(self, key: str, message: str, *index: int) -> NoReturn:
        """Raises a complaint about ``key`` (or one element of its list)."""
        self.document.fail((*self.path, key, *index), f"{self._label(key)}: {message}")

    def allow(self, *keys: str) -> None:
        """Refuses every key but these."""
        for key in self.values:
            if key not in keys:
                near = get_close_matches(key, keys, n=1)
                hint = f'did you mean "{near[0]}"?' if near else f"remove it; known are {', '.join(keys)}"
                self.fail(key, f"unknown key; {hint}")

    def text(self, key: str, default: str | None = None) -> str:
        """A text without blanks around it, in NFC. A required text is never empty."""
        value = self._typed(key, str, default)
        assert isinstance(value, str)
        if default is None and not value.strip():
            self.fail(key, "is empty; write a value")
        return self._clean(key, value)

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        return bool(self._typed(key, bool, default))

    def seconds(self, key: str) -> float | None:
        """A positive number of seconds, at most a day; None when absent."""
        if key not in self.values:
            return None
        value = self.values[key]
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fail(key, "must be a number of seconds, as 2.5")
        if not 0 < value <= 86_400:
            self.fail(key, "must be above 0 and at most 86400 seconds")
        return float(value)

    def day(self, key: str, *, required: bool = False) -> date | None:
        """A date without time; None when absent."""
        if key not in self.values and not required:
            return None
        value = self.values.get(key)
        if key in self.values and isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError:
                self.fail(key, f'"{value}" is not a date; write it as {key} = 2025-03-01')
        if value is None or isinstance(value, datetime) or not isinstance(value, date):
            self.fail(key, f"must be a date; write it as {key} = 2025-03-01")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none empty and none twice; empty when absent."""
        values = self._typed(key, list, [])
        assert isinstance(values, list)
        cleaned: list[str] = []
        for index, value in enumerate(values):
            if not isinstance(value, str) or not value.strip():
                self.fail(key, "every element must be a text that is not empty", index)
            text = self._clean(key, value)
            if text in cleaned:
                self.fail(key, f'"{text}" stands twice in this list; remove one', index)
            cleaned.append(text)
        return tuple(cleaned)

    def choice(self, key: str, kind: type[_Choice]) -> _Choice:
        """One member of an enumeration."""
        value = self.text(key)
        try:
            return kind(value)
        except ValueError:
            self.fail(key, f'"{value}" is unknown; write one of {", ".join(kind)}')

    def one_of(self, key: str, allowed: Collection[str], default: str) -> str:
        """One of a few texts."""
        value = self.text(key, default)
        if value not in allowed:
            self.fail(key, f'"{value}" is unknown; write one of {", ".join(allowed)}')
        return value

    def pattern(self, key: str) -> str:
        """A regular expression as text, checked to compile; empty when absent."""
        value = self.text(key, "")
        try:
            regex.compile(value)
        except (regex.error, OverflowError, RecursionError) as error:
            self.fail(key, f"is not a regular expression ({error}); correct it, or leave it out")
        return value

    def tables(self, key: str) -> Iterator[Table]:
        """The tables of an array of tables ``[[key]]``; none when absent."""
        values = self.values.get(key, [])
        if not isinstance(values, list):
            self.fail(key, f"must be a list of tables; head each with [[{key}]]")
        for index, value in enumerate(values):
            if not isinstance(value, dict):
                self.fail(key, f"must be a list of tables; head each with [[{key}]]", index)
            yield Table(self.document, (*self.path, key, index), value)

    def _typed(self, key: str, kind: type, default: object) -> object:
        if key not in self.values:
            if default is None:
                self.fail(key, f"is missing; add it, as {_TYPES[kind]}")
            return default
        value = self.values[key]
        if not isinstance(value, kind):
            found = _TYPES.get(type(value), type(value).__name__)
            self.fail(key, f"must be {_TYPES[kind]}, not {found}")
        return value

    def _clean(self, key: str, value: str) -> str:
        if any(unicodedata.category(sign) == "Cc" for sign in value.strip()):
            self.fail(key, "holds a control character or a line break; write it on one line")
        return unicodedata.normalize("NFC", value.strip())

    def _label(self, key: str) -> str:
        names = [str(part) for part in self.path if isinstance(part, str)]
        own = self.values.get("id") or self.values.get("name")
        shown = f' "{own}"' if names and isinstance(own, str) else ""
        return f"{'.'.join(names)}{shown} {key}".strip() if names else key


def read_table(file: Path) -> Table:
    """The root table of a TOML file, or ``ProfileError``."""
    text = _read_text(file)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(
            file, _line_of(str(error), text), f"not valid TOML: {error}; correct it"
        ) from error
    except (ValueError, RecursionError) as error:
        raise ProfileError(file, 1, f"not readable as TOML ({error}); simplify it") from error
    return Table(Document(file, text), (), values)


def _read_text(file: Path) -> str:
    try:
        content = file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ProfileError(file, 0, f"cannot be read ({reason}); check the path and its rights") from error
    if len(content) > _MAX_BYTES:
        raise ProfileError(file, 0, f"is larger than {_MAX_BYTES} bytes; is it the right file?")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ProfileError(file, line, "is not UTF-8; save it as UTF-8") from error
    return text.replace("\r\n", "\n")


def _line_of(message: str, text: str) -> int:
    found = re.search(r"at line (\d+)", message)
    return int(found.group(1)) if found else text.count("\n") + 1
