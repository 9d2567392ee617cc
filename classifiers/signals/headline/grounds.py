"""Titles that name one cause of a matter where the text has found another."""

from __future__ import annotations

import re
from pathlib import Path

from classifiers.signals.headline.candidate import Candidate, clause, shared
from classifiers.signals.reading import Reading

CAUSES_FILE = Path(__file__).parent / "causes.txt"
_TITLE = re.compile(
    r"(?:\A|: |, |\b(?:vì|do|bởi|tại|bị) )(?:bị |nghi )?\Z|\A[^,:;]{0,40}\b(?:vì|do|bởi) [^,:;]{0,20}\Z"
)
"""What stands before a cause in a title: nothing, or a word for because."""
_FOUND = re.compile(
    r"\b(?:nguyên nhân|lý do|lí do|kết luận|xác định|kết quả|nêu|cho thấy)\b[^.;]{0,110}?\b(?:do|vì|là|bởi|"
    r"thiếu)\b[^.;]{0,40}\Z|\b(?:do|vì|bởi)\b[^.;,]{0,30}\Z"
)
_OPEN = re.compile(r"\b(?:nghi|có thể|chưa|chờ|khả năng|đồn|cho rằng|ban đầu|không phải|không do|loại trừ)\b")
_HEDGE = re.compile(r"\b(?:nghi|có thể|không phải|chưa|đồn|thoát|phòng|chống|tránh|không)\b")


def read_causes(path: Path = CAUSES_FILE) -> tuple[tuple[re.Pattern[str], ...], ...]:
    """The matters of a file, each with a pattern per cause. Raises ValueError for a line with one cause."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        causes = tuple(re.compile(rf"\b(?:{part.strip()})\b") for part in line.split(" ; "))
        if len(causes) == 1:
            raise ValueError(f"{path.name}, line {number}: one cause excludes nothing; part causes by ' ; '")
        found.append(causes)
    return tuple(found)


CAUSES = read_causes()


def other_ground(target: Reading) -> Candidate | None:
    """A short circuit in the title, welding in the text."""
    title = target.title.text
    if _HEDGE.search(title):
        return None
    for causes in CAUSES:
        told = next(
            ((c, m) for c in causes if (m := c.search(title)) and _TITLE.search(title[: m.start()])), None
        )
        if told is None or told[0].search(target.body):
            continue
        for sentence in target.sentences:
            for other in causes:
                found = other.search(sentence.text) if other is not told[0] else None
                if found and not other.search(title) and _settled(sentence.text, found.start()):
                    if shared(sentence.text, title) < 1:
                        continue
                    start, end = clause(title, told[1].start(), told[1].end())
                    return Candidate.whole("cause", start, end, sentence)
    return None


def _settled(text: str, at: int) -> bool:
    before = text[max(0, at - 160) : at]
    return bool(_FOUND.search(before)) and not _OPEN.search(before)
