"""A briefing as a flow of headings, paragraphs, tables and charts: what every renderer draws.

The words of a document are decided here and nowhere else; ``lines`` says them, to compare a file with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal

from archive.vietnam import VIETNAM
from briefings.charts import alternative, svg
from briefings.content import SECTION_TITLES, AnnexRow, Block, Chart, Content, Part, Row, Sentence, Source

Style = Literal["", "bold", "italic", "cite"]
ANNEX_IN_DOCUMENT = 60
"""Rows that the document's own annex shows; the spreadsheet has every one."""

ANNEX_COLUMNS = (
    *("STT", "Thời điểm", "Báo", "Tiêu đề", "Tóm tắt", "Địa bàn", "Chủ đề"),
    *("Loại", "Cơ quan chủ trì", "Hạn", "Trạng thái"),
)
ANNEX_WIDTHS = (0.04, 0.08, 0.1, 0.18, 0.24, 0.08, 0.08, 0.05, 0.06, 0.04, 0.05)


_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NUMBER = re.compile(r"[+-]?\d[\d.,]*|–")
_SPACES = re.compile(r"[\t\r\n\u2028\u2029\x85]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one style on one line, without what no document can hold. ``url``: where they lead."""

    text: str
    style: Style = ""
    url: str = ""

    def __post_init__(self) -> None:
        text = _SPACES.sub(" ", _NOT_IN_XML.sub("", self.text))
        object.__setattr__(self, "text", text)


@dataclass(frozen=True, slots=True)
class Element:
    """One piece of the flow. ``level``: of a heading, 1 or 2. ``rows``: the cells of a table, as runs."""

    kind: Literal["heading", "label", "paragraph", "point", "bullet", "table", "chart", "box", "source"]
    runs: tuple[Run, ...] = ()
    level: int = 0
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()
    widths: tuple[float, ...] = ()
    numeric: tuple[bool, ...] = ()  # columns of numbers, set to the right
    svg: str = ""
    alt: str = ""

    @property
    def text(self) -> str:
        """The words of its runs."""
        return "".join(run.text for run in self.runs)

    @property
    def numbers(self) -> bool:
        """Whether it is a table of names with numbers behind them."""
        return len(self.numeric) > 1 and all(self.numeric[1:])


@dataclass(frozen=True, slots=True)
class Document:
    """The body, the list of sources, and the annex."""

    body: tuple[Element, ...]
    sources: tuple[Element, ...]
    annex: tuple[Element, ...]
    annex_rows: int
    title: str
    subtitle: str


@dataclass(slots=True)
class _Citations:
    """Numbers sources in the order in which they are first cited."""

    content: Content
    numbers: dict[str, int] = field(default_factory=dict)

    def runs(self, sources: Sequence[Source]) -> list[Run]:
        """The marks behind a sentence."""
        keys = dict.fromkeys(source.key for source in sources if source.key)
        marks = []
        for key in keys:
            number = self.numbers.setdefault(key, len(self.numbers) + 1)
            marks.append(Run(f"[{number}]", "cite", self.content.catalogue[key].url))
        return [Run(" "), *marks] if marks else []


def lay_out(content: Content, annex: Sequence[AnnexRow]) -> Document:
    """The whole document, dropped blocks and sentences left out."""
    cite = _Citations(content)
    body: list[Element] = []
    for number, section in enumerate(content.sections, 1):
        body.append(Element("heading", (Run(f"{number}. {SECTION_TITLES[section.id]}"),), level=1))
        blocks = [block for block in section.blocks if not block.dropped]
        count = 0
        for block in blocks:
            numbered = block.title is not None and not block.title.dropped
            count += numbered
            body += _block(block, cite, f"{number}.{count}. " if numbered else "")
        if not blocks and section.empty is not None:
            body.append(Element("paragraph", tuple(_sentence(section.empty, cite))))
    body += _box(content.completeness, cite)
    sources = [Element("heading", (Run("Nguồn trích dẫn"),), level=1)]
    for key, place in cite.numbers.items():
        entry = content.catalogue[key]
        sources.append(Element("source", (Run(f"[{place}] "), Run(entry.label, url=entry.url))))
    header = content.header
    year, _, week = header.week.partition("-W")
    starts, ends = (at.astimezone(VIETNAM) for at in (header.starts, header.ends))
    return Document(
        body=tuple(body),
        sources=tuple(sources) if cite.numbers else (),
        annex=tuple(_annex(annex)),
        annex_rows=len(annex),
        title=f"Điểm báo tuần {int(week)} năm {year}",
        subtitle=f"(từ {starts:%H giờ %M ngày %d/%m/%Y} đến {ends:%H giờ %M ngày %d/%m/%Y})",
    )


def lines(elements: Iterable[Element]) -> list[str]:
    """Every paragraph and table cell in reading order, as a file read back must say them."""
    said: list[str] = []
    for element in elements:
        if element.kind == "table":
            said += element.columns
            said += ["".join(run.text for run in cell) for row in element.rows for cell in row]
        elif element.text:
            said.append(f"– {element.text}" if element.kind == "bullet" else element.text)
    return said


def _block(block: Block, cite: _Citations, number: str) -> Iterator[Element]:
    if block.title is not None and not block.title.dropped:
        yield Element("heading", (Run(number), *_sentence(block.title, cite)), level=2)
    for part in block.parts:
        yield from _part(part, cite)
    if block.chart is not None:
        yield from _chart(block.chart, cite)


def _part(part: Part, cite: _Citations) -> Iterator[Element]:
    said = [sentence for sentence in part.sentences if not sentence.dropped]
    if part.label and len(said) == 1 and part.table is None:  # a line of its own would be mostly empty
        yield Element("point", (Run(f"{part.label}: ", "bold"), *_sentence(said[0], cite)))
        return
    shared = _shared(part)
    if part.label and (said or part.table):
        yield Element("label", (Run(part.label, "bold"), *cite.runs(shared)))
    kind: Literal["bullet", "paragraph"] = "bullet" if part.label or len(said) > 1 else "paragraph"
    for sentence in said:
        yield Element(kind, tuple(_sentence(sentence, cite)))
    if part.table is not None:
        rows = tuple(tuple(_cells(row, cite, cited=bool(shared))) for row in part.table.rows)
        numeric = tuple(
            all(_NUMBER.fullmatch(row.cells[place]) for row in part.table.rows)
            for place in range(len(part.table.columns))
        )
        yield Element(
            "table", columns=part.table.columns, rows=rows, widths=part.table.widths, numeric=numeric
        )


def _shared(part: Part) -> Sequence[Source]:
    """The sources of every row of a labelled table, where all have the same: they are cited once."""
    if not part.label or part.table is None or not part.table.rows:
        return ()
    keys = {tuple(source.key for source in row.sources) for row in part.table.rows}
    return part.table.rows[0].sources if len(keys) == 1 else ()


def _cells(row: Row, cite: _Citations, *, cited: bool) -> Iterator[tuple[Run, ...]]:
    for place, cell in enumerate(row.cells):
        yield (Run(cell), *(cite.runs(row.sources) if place == 0 and not cited else ()))


def _chart(chart: Chart, cite: _Citations) -> Iterator[Element]:
    yield Element("label", (Run(chart.title, "bold"), *cite.runs(chart.sources)))
    yield Element("chart", svg=svg(chart), alt=alternative(chart))


def _sentence(sentence: Sentence, cite: _Citations) -> Iterator[Run]:
    if sentence.note:
        yield Run(f"{sentence.note}: ", "italic")
    yield Run(f"“{sentence.text}”" if sentence.verbatim and not sentence.by else sentence.text)
    if sentence.by and sentence.at is not None:
        act = "viết lại" if sentence.original else "ý"
        at = sentence.at.astimezone(VIETNAM)
        yield Run(f" ({act} của cán bộ {sentence.by}, {at:%H:%M %d/%m/%Y})", "italic")
    yield from cite.runs(sentence.sources)


def _box(block: Block, cite: _Citations) -> list[Element]:
    assert block.title is not None
    said = chain.from_iterable(part.sentences for part in block.parts)
    title = Element("heading", tuple(_sentence(block.title, cite)), level=1)
    return [title, *(Element("box", tuple(_sentence(each, cite))) for each in said if not each.dropped)]


def _annex(annex: Sequence[AnnexRow]) -> Iterator[Element]:
    """Rows with something to do first, then the rest in the order of printing, as far as they fit."""
    yield Element("heading", (Run("Phụ lục: danh mục bài trong tuần"),), level=1)
    numbered = list(enumerate(annex, 1))
    urgent = [pair for pair in numbered if pair[1].status or pair[1].agency]
    others = [pair for pair in numbered if not (pair[1].status or pair[1].agency)]
    shown = sorted([*urgent, *others][:ANNEX_IN_DOCUMENT], key=lambda pair: pair[0])
    note = f"Tuần này có {len(annex)} bài; danh mục đầy đủ từng bài trong tệp XLSX kèm theo."
    if len(shown) < len(annex):
        note = f"{note} Dưới đây là {len(shown)} bài, trước hết là những bài có việc phải xử lý."
    yield Element("paragraph", (Run(note),))
    if shown:
        rows = tuple(tuple(_annex_row(number, row)) for number, row in shown)
        numeric = tuple(name == "STT" for name in ANNEX_COLUMNS)
        yield Element("table", columns=ANNEX_COLUMNS, rows=rows, widths=ANNEX_WIDTHS, numeric=numeric)


def _annex_row(number: int, row: AnnexRow) -> Iterator[tuple[Run, ...]]:
    for place, cell in enumerate(annex_cells(number, row)):
        yield (Run(cell, url=(row.page or row.url) if ANNEX_COLUMNS[place] == "Tiêu đề" else ""),)


def annex_cells(number: int, row: AnnexRow) -> tuple[str, ...]:
    """The eleven cells of an annex row, as text."""
    local = row.at.astimezone(VIETNAM)
    at = f"{local:%H:%M %d/%m/%Y}" if row.precision == "minute" else f"{local:%d/%m/%Y}"
    at = f"{at} (thấy)" if row.precision == "unknown" else at
    return (
        *(str(number), at, row.outlet, row.title, row.summary),
        *("; ".join(row.places), "; ".join(row.topics)),
        *(row.kind, row.agency, row.deadline, row.status),
    )
