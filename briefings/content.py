"""What a briefing says: sections of blocks of sentences, each on its sources. Typed, and kept as JSON.

Every renderer draws from this one model. A sentence without a source cannot be made.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator


class SectionId(StrEnum):
    """The eight sections, in their order."""

    SUMMARY = "summary"
    FIGURES = "figures"
    STORIES = "stories"
    CRITICISM = "criticism"
    CHECKS = "checks"
    LEDGER = "ledger"
    QUESTIONS = "questions"
    CALENDAR = "calendar"


SECTION_TITLES = {
    SectionId.SUMMARY: "Tóm tắt năm dòng",
    SectionId.FIGURES: "Số liệu so với tuần trước",
    SectionId.STORIES: "Vấn đề nổi bật",
    SectionId.CRITICISM: "Phê bình có căn cứ cần giải quyết",
    SectionId.CHECKS: "Nội dung cần đối chiếu",
    SectionId.LEDGER: "Sổ phản hồi, cải chính và câu hỏi báo chí",
    SectionId.QUESTIONS: "Câu hỏi dự kiến và số liệu trong sổ",
    SectionId.CALENDAR: "Lịch tuần tới",
}


COUNTED_IN = {
    "verdict": "records",
    "cases": "records",
    "sent": "records",
    "open": "records",
    "register": "register",
    "holidays": "holidays",
    "watch": "watch",
}
"""Where a measure is counted; what is not here is counted among the articles."""


class Frozen(BaseModel):
    """Unchangeable, and strict about what it is made of."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ArticleSource(Frozen):
    """Words of a revision of an article: ``field[start:end]``."""

    kind: Literal["article"] = "article"
    article: int
    revision: int
    field: Literal["title", "lead", "text"]
    start: int = Field(ge=0)
    end: int = Field(gt=0)

    @property
    def key(self) -> str:
        """Of the catalogue: the revision, whatever the words."""
        return f"a{self.article}.{self.revision}"


class RegisterSource(Frozen):
    """An entry of the register of official figures, at a version."""

    kind: Literal["register"] = "register"
    entry: int
    version: int

    @property
    def key(self) -> str:
        """Of the catalogue."""
        return f"r{self.entry}.{self.version}"


class RecordSource(Frozen):
    """A row that people or the program wrote: table "decision", "finding", "case", "briefing"."""

    kind: Literal["record"] = "record"
    table: str
    id: str

    @property
    def key(self) -> str:
        """Of the catalogue."""
        return f"{self.table}:{self.id}"


class CountSource(Frozen):
    """A count over the frozen inputs: ``measure`` names the set (``briefings.measures``)."""

    kind: Literal["count"] = "count"
    measure: str

    @property
    def key(self) -> str:
        """Of the catalogue: where it was counted, whatever was counted there."""
        name = self.measure.partition(":")[0]
        return f"n.{COUNTED_IN.get(name, 'articles')}"


class CalendarSource(Frozen):
    """A day of the calendar of public holidays."""

    kind: Literal["calendar"] = "calendar"
    day: date
    provider: str

    @property
    def key(self) -> str:
        """Of the catalogue."""
        return f"d{self.day.isoformat()}"


class OfficerSource(Frozen):
    """A person who put the words in, in the briefing itself."""

    kind: Literal["officer"] = "officer"
    by: str
    at: datetime

    @property
    def key(self) -> str:
        """Of the catalogue; officers' words need no entry there."""
        return ""


Source = Annotated[
    ArticleSource | RegisterSource | RecordSource | CountSource | CalendarSource | OfficerSource,
    Field(discriminator="kind"),
]


class Sentence(Frozen):
    """One sentence. ``verbatim``: it must be the words of its first source, an article's.

    ``by`` and ``at``: the officer who rephrased or wrote it; ``original`` is what it said before.
    ``note``: what stands before it, made of its sources' own facts ("06:40 12/11, Báo Lam Giang").
    """

    id: str
    text: str = Field(min_length=1, max_length=4000)
    sources: tuple[Source, ...] = Field(min_length=1)
    verbatim: bool = False
    note: str = ""
    by: str = ""
    at: datetime | None = None
    original: str = ""
    dropped: bool = False

    @field_validator("text")
    @classmethod
    def _said(cls, text: str) -> str:
        if not text.strip():
            raise ValueError("an empty sentence")
        return text


class Row(Frozen):
    """A row of a table; its cells are made of its sources."""

    cells: tuple[str, ...]
    sources: tuple[Source, ...] = Field(min_length=1)


class Table(Frozen):
    """A table; ``widths`` are shares of the text width."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[float, ...]


class Chart(Frozen):
    """Bars of this week beside last week's; ``before`` is empty where there is nothing to compare."""

    title: str
    labels: tuple[str, ...]
    now: tuple[int, ...]
    before: tuple[int, ...] = ()
    sources: tuple[Source, ...] = Field(min_length=1)


class Part(Frozen):
    """Sentences under one of the fixed labels."""

    label: str = ""
    sentences: tuple[Sentence, ...] = ()
    table: Table | None = None


class Block(Frozen):
    """One matter. ``open``: the record that it stays open with ("decision:12"), "" for none."""

    id: str
    title: Sentence | None = None
    parts: tuple[Part, ...] = ()
    chart: Chart | None = None
    open: str = ""
    dropped: bool = False


class Section(Frozen):
    """One of the eight. ``empty`` says so when there is nothing, on the count that found nothing."""

    id: SectionId
    blocks: tuple[Block, ...] = ()
    empty: Sentence | None = None


class CatalogueEntry(Frozen):
    """What a source is called, and where it is: ``url`` "" when it has no page."""

    label: str
    url: str = ""


class Header(Frozen):
    """The head of the document, as the office set it. Times are Việt Nam's."""

    superior: str
    office: str
    number: str
    place: str
    province: str
    week: str
    starts: datetime
    ends: datetime
    made_at: datetime
    signatory: str
    recipients: tuple[str, ...]


class Content(Frozen):
    """A whole briefing without its annex. ``catalogue`` holds every source that is cited."""

    schema_version: Literal[1] = 1
    header: Header
    sections: tuple[Section, ...]
    completeness: Block
    catalogue: dict[str, CatalogueEntry]


class AnnexRow(Frozen):
    """An article of the week, as the annex lists it. ``page`` is ours, "" when nobody said where we are."""

    at: datetime
    precision: str
    outlet: str
    title: str
    url: str
    page: str
    summary: str
    places: tuple[str, ...]
    topics: tuple[str, ...]
    kind: str
    agency: str
    deadline: str
    status: str
    sources: tuple[Source, ...] = Field(min_length=1)


def sentences(block: Block) -> Iterator[Sentence]:
    """Every sentence of a block in reading order, dropped ones too."""
    if block.title is not None:
        yield block.title
    for part in block.parts:
        yield from part.sentences


def all_sentences(content: Content) -> Iterator[Sentence]:
    """Every sentence of a briefing in reading order, dropped ones too."""
    for section in content.sections:
        if section.empty is not None:
            yield section.empty
        for block in section.blocks:
            yield from sentences(block)
    yield from sentences(content.completeness)
