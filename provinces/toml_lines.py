"""On which line of a TOML text each value stands.

``tomllib`` gives values without their lines, and so do the other readers. This scanner reads a text
that ``tomllib`` has already accepted, so it only has to tell strings, brackets and comments apart;
it checks nothing.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right

Path = tuple[str | int, ...]
"""Where a value stands: ("outlet", 2, "feeds", 0) is the first feed of the third [[outlet]]."""

_KEY_PART = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'""")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|' + r"'''.*?'{3,5}" + r"""|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""", re.DOTALL
)
_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SCALAR = re.compile(r"[^,\]}#\n]+")


def locate(text: str) -> dict[Path, int]:
    """Maps the path of every table, key and array element to its line, counted from 1."""
    scanner = _Scanner(text)
    scanner.document()
    return scanner.lines


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {(): 1}
        self.breaks = [match.start() for match in re.finditer("\n", text)]
        self.arrays: dict[Path, int] = {}  # arrays of tables: how many tables so far

    def mark(self, path: Path) -> None:
        line = bisect_right(self.breaks, self.at - 1) + 1
        for length in range(len(path) + 1):
            self.lines.setdefault(path[:length], line)

    def document(self) -> None:
        table: Path = ()
        while self.skip_blank():
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.entry(table)

    def header(self) -> Path:
        """Reads ``[name]`` or ``[[name]]`` and returns the path of the table it opens."""
        start = self.at
        is_array = self.text.startswith("[[", self.at)
        self.at += 2 if is_array else 1
        names = self.key()
        end = self.at
        path: Path = ()
        for name in names[:-1]:
            path = (*path, name)
            if path in self.arrays:
                path = (*path, self.arrays[path] - 1)
        path = (*path, names[-1])
        if is_array:
            self.arrays[path] = self.arrays.get(path, 0) + 1
            path = (*path, self.arrays[path] - 1)
        self.at = start
        self.mark(path)
        self.at = end + (2 if is_array else 1)
        return path

    def entry(self, table: Path) -> None:
        start = self.at
        path = (*table, *self.key())
        end = self.at
        self.at = start
        self.mark(path)
        self.at = end + 1  # the equals sign
        self.value(path)

    def key(self) -> list[str]:
        """Reads a dotted key and the blanks after it."""
        names: list[str] = []
        while True:
            self.skip_blank()
            match = _KEY_PART.match(self.text, self.at)
            assert match is not None, "the text was accepted by tomllib"
            part = match.group()
            names.append(next(iter(tomllib.loads(f"{part} = 0"))) if part[0] in "\"'" else part)
            self.at = match.end()
            self.skip_blank()
            if self.text[self.at] != ".":
                return names
            self.at += 1

    def value(self, path: Path) -> None:
        self.skip_blank()
        opening = self.text[self.at]
        if opening == "[":
            self.items(path, "]")
        elif opening == "{":
            self.items(path, "}")
        else:
            match = (_STRING if opening in "\"'" else _SCALAR).match(self.text, self.at)
            assert match is not None, "the text was accepted by tomllib"
            self.at = match.end()

    def items(self, path: Path, closing: str) -> None:
        """Reads an array or an inline table from its opening bracket past its closing one."""
        self.at += 1
        index = 0
        while self.skip_blank() and self.text[self.at] != closing:
            if self.text[self.at] == ",":
                self.at += 1
            elif closing == "}":
                self.entry(path)
            else:
                self.mark((*path, index))
                self.value((*path, index))
                index += 1
        self.at += 1

    def skip_blank(self) -> bool:
        """Skips blanks, line ends and comments; whether any text is left."""
        match = _BLANK.match(self.text, self.at)
        if match is not None:
            self.at = match.end()
        return self.at < len(self.text)
