"""Makes sentences on their sources, and keeps the catalogue of what was cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from archive.vietnam import VIETNAM
from briefings.content import (
    ArticleSource,
    CalendarSource,
    CatalogueEntry,
    CountSource,
    RecordSource,
    RegisterSource,
    Sentence,
    Source,
)
from briefings.inputs import ArticleInput, Inputs
from briefings.links import article_page, case_page, measure_page, register_page
from briefings.summarize import Candidate, candidates
from briefings.weeks import parse_week
from crawlers.text.outward import outward


class Texts(Protocol):
    """What a revision says."""

    def part(self, field: str) -> str:
        """Title, lead or text."""


def clock(at: datetime) -> str:
    """ "17:00 19/11/2026", of Việt Nam."""
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def printed(row: ArticleInput) -> str:
    """When an article was printed, as exactly as is known."""
    local = row.at.astimezone(VIETNAM)
    if row.precision == "minute":
        return f"{local:%H:%M %d/%m/%Y}"
    return f"{local:%d/%m/%Y}" if row.precision == "day" else f"thấy lần đầu {local:%H:%M %d/%m/%Y}"


def printed_short(row: ArticleInput) -> str:
    """As ``printed``, without the year: the reader knows the week."""
    return printed(row).removesuffix(f"/{row.at.astimezone(VIETNAM):%Y}")


class Writer:
    """One composition. Sentence ids are given out in order, so that the same inputs give the same ids."""

    def __init__(self, inputs: Inputs, texts: Mapping[int, Texts]):
        self.inputs = inputs
        self.articles = {row.id: row for row in inputs.articles}
        self.entries = {row.id: row for row in inputs.register_entries}
        self.findings = {row.decision: row for row in inputs.findings}
        self.catalogue: dict[str, CatalogueEntry] = {}
        self._texts = texts
        self._place = 0
        self._candidates: dict[int, list[Candidate]] = {}

    def quote(self, source: ArticleSource, note: str = "") -> Sentence:
        """The words of a source, untouched."""
        text = self._texts[source.revision].part(source.field)[source.start : source.end]
        return self._sentence(text, [source], note=note, verbatim=True)

    def title(self, article: int, revision: int, note: str = "") -> Sentence | None:
        """An article's headline; None where the page has none."""
        source = self.title_source(article, revision)
        return None if source is None else self.quote(source, note)

    def title_source(self, article: int, revision: int) -> ArticleSource | None:
        """Where the headline stands; None where the page has none."""
        title = self._texts[revision].part("title")
        if not title.strip():
            return None
        return ArticleSource(article=article, revision=revision, field="title", start=0, end=len(title))

    def state(self, text: str, sources: Iterable[Source], note: str = "") -> Sentence:
        """A sentence made of what its sources hold: a count, an entry of the register, a record."""
        return self._sentence(text, list(sources), note=note)

    def count(self, text: str, *measures: str, note: str = "") -> Sentence:
        """A counted sentence."""
        return self.state(text, [CountSource(measure=measure) for measure in measures], note)

    def sentences_of(self, row: ArticleInput) -> list[Candidate]:
        """What can be quoted of an article."""
        if row.id not in self._candidates:
            said = self._texts[row.revision]
            parts = {name: said.part(name) for name in ("lead", "text")}
            self._candidates[row.id] = candidates(row.id, row.revision, parts)
        return self._candidates[row.id]

    def whole(self, row: ArticleInput) -> str:
        """Title, lead and text in one, for looking for words."""
        said = self._texts[row.revision]
        return "\n".join(said.part(name) for name in ("title", "lead", "text"))

    def source(self, source: Source) -> Source:
        """Enters a source into the catalogue."""
        if source.key and source.key not in self.catalogue:
            self.catalogue[source.key] = self._entry(source)
        return source

    def _sentence(
        self, text: str, sources: list[Source], *, note: str = "", verbatim: bool = False
    ) -> Sentence:
        self._place += 1
        for source in sources:
            self.source(source)
        return Sentence(id=f"s{self._place}", text=text, sources=tuple(sources), note=note, verbatim=verbatim)

    def block_id(self, name: str) -> str:
        """A name for a block that no other has."""
        self._place += 1
        return f"{name}-{self._place}"

    def _entry(self, source: Source) -> CatalogueEntry:
        base = self.inputs.base
        if isinstance(source, ArticleSource):
            row = self.articles.get(source.article)
            if row is None:  # of a decision on an article of an earlier week
                title = self._texts[source.revision].part("title")
                return CatalogueEntry(label=f"“{title}”", url=article_page(base, source.article))
            label = f"{row.outlet_name}, “{row.title}”, {printed(row)}"
            return CatalogueEntry(label=label, url=article_page(base, row.id) or outward(row.url))
        if isinstance(source, RegisterSource):
            entry = self.entries[source.entry]
            label = f"Sổ số liệu, mục {entry.id}: {entry.indicator}, {entry.as_of}"
            label += f", {entry.document}" if entry.document else ""
            return CatalogueEntry(label=label, url=register_page(base, entry.id))
        if isinstance(source, CountSource):
            return CatalogueEntry(label=COUNTS[source.key], url=measure_page(base, self.inputs.header.week))
        if isinstance(source, RecordSource):
            return self._record(source)
        if isinstance(source, CalendarSource):
            return CatalogueEntry(label=f"Lịch nghỉ lễ Việt Nam, {source.day:%d/%m/%Y} ({source.provider})")
        return CatalogueEntry(label=f"Ý của {source.by}, {clock(source.at)}")

    def _record(self, source: RecordSource) -> CatalogueEntry:
        base = self.inputs.base
        if source.table == "decision":
            row = self.findings[int(source.id)]
            label = f"Kết luận số {row.decision} của {row.by}, {clock(row.at)}"
            return CatalogueEntry(label=label, url=article_page(base, row.article))
        if source.table == "case":
            case = next((one for one in self.inputs.cases if one.key == source.id), None)
            if case is None:  # of a document sent in the week; the case was closed before
                return CatalogueEntry(label=f"Hồ sơ số {source.id}", url=case_page(base, int(source.id)))
            return CatalogueEntry(label=f"Hồ sơ số {case.key}: {case.title}", url=case.page)
        if source.table == "briefing":
            week, _, version = source.id.partition("/")
            return CatalogueEntry(
                label=f"Bản tin tuần {parse_week(week).written}, phiên bản {version}",
                url=measure_page(base, week),
            )
        return CatalogueEntry(label=f"Sổ ghi việc thu thập, {source.id}")


COUNTS = {
    "n.articles": "Đếm trong kho bài; danh sách bài của từng con số ở trang bản tin",
    "n.records": "Đếm trong sổ kết luận và sổ phản hồi; danh sách ở trang bản tin",
    "n.register": "Các mục còn hiệu lực trong sổ số liệu",
    "n.holidays": "Lịch nghỉ lễ Việt Nam trong tuần tới",
    "n.watch": "Nhật ký đọc nguồn theo giờ",
}
KINDS = {
    "newspaper": "Báo",
    "broadcaster": "Đài phát thanh - truyền hình",
    "magazine": "Tạp chí",
    "portal": "Cổng thông tin",
    "aggregator": "Trang tổng hợp",
}
SCOPES = {"local": "Địa phương", "national": "Trung ương"}
VERDICTS = {
    "valid-criticism": "Phê bình hợp lệ",
    "needs-reply": "Cần phản hồi",
    "register-corrected": "Đính chính sổ số liệu",
}
CASE_KINDS = {
    "criticism": "Phê bình cần giải quyết",
    "needs-reply": "Cần phản hồi",
    "correction": "Đề nghị cải chính",
    "question": "Câu hỏi báo chí",
}
