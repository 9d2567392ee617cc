"""Sections 7 and 8: what may be asked, with what the register answers; and the days to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from archive.vietnam import VIETNAM
from briefings.compose.facts import Facts
from briefings.compose.numbers import number, value
from briefings.compose.writer import Writer, clock
from briefings.content import (
    Block,
    CalendarSource,
    Part,
    RecordSource,
    RegisterSource,
    Row,
    Section,
    SectionId,
    Sentence,
    Table,
)
from briefings.inputs import ArticleInput
from briefings.measures import event_articles
from briefings.summarize import Candidate, brief, choose

MOST_QUESTIONS, MOST_OF_EVENT, MOST_ENTRIES, MOST_DATES = 5, 2, 12, 10
AHEAD = 7  # days that the calendar looks ahead
_ASKER = re.compile(
    r"\b(người dân|cử tri|bạn đọc|hộ dân|bà con|phụ huynh|dư luận|doanh nghiệp|tiểu thương)\b", re.I
)
_ASKING = re.compile(
    r"\b(đề nghị|kiến nghị|thắc mắc|phản ánh|băn khoăn|lo lắng|mong (?:muốn|sớm)?"
    r"|bao giờ|khi nào|vì sao|tại sao)\b",
    re.I,
)
_NUMERIC = re.compile(r"(?<![\d/.,-])(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}))?(?![\d/%]|[.,]\d)")
_SPELT = re.compile(r"\bngày (\d{1,2}) tháng (\d{1,2})(?: năm (\d{4}))?\b", re.I)


def questions(writer: Writer, facts: Facts) -> Section:
    """Questions and requests that stand in the press, each with the register's figures on its event."""
    blocks: list[Block] = []
    seen: set[str] = set()
    for place in range(1, len(writer.inputs.groups) + 1):
        rows = event_articles(writer.inputs, place)
        asked = [each for row in rows for each in _asked(writer, row)]
        for each in choose(brief(asked), MOST_OF_EVENT):
            if each.text not in seen and len(blocks) < MOST_QUESTIONS:
                seen.add(each.text)
                blocks.append(_question(writer, facts, each, rows))
    for row in writer.inputs.articles:  # then what is asked outside of the widest events
        if len(blocks) >= MOST_QUESTIONS or row.id in writer.inputs.reprints:
            continue
        asked = [each for each in _asked(writer, row) if each.text not in seen]
        for each in choose(brief(asked), 1):
            seen.add(each.text)
            blocks.append(_question(writer, facts, each, [row]))
    if bare := [block for block in blocks if not block.parts]:
        which = "này" if len(bare) == len(blocks) else "không ghi số liệu"
        text = f"Sổ số liệu chưa có mục nào về các câu hỏi {which}."
        said = writer.count(text, "register")
        blocks.append(Block(id=writer.block_id("unanswered"), parts=(Part(sentences=(said,)),)))
    table = _entries(writer, facts)
    if table is not None:
        label = "Số liệu trong sổ được báo nhắc trong tuần"
        blocks.append(Block(id=writer.block_id("register"), parts=(Part(label=label, table=table),)))
    empty = None
    if not blocks:
        text = "Các bài trong tuần không nêu câu hỏi, kiến nghị hay số liệu nào có trong sổ."
        empty = writer.count(text, "all", "register")
    return Section(id=SectionId.QUESTIONS, blocks=tuple(blocks), empty=empty)


def calendar(writer: Writer) -> Section:
    """Public holidays, deadlines of the ledger, and dates that articles announce."""
    blocks = []
    first = writer.inputs.header.ends.astimezone(VIETNAM).date()
    parts = (
        Part(label="Ngày nghỉ lễ", sentences=tuple(_holidays(writer, first))),
        Part(label="Hạn xử lý trong sổ", sentences=tuple(_deadlines(writer, first))),
        Part(label="Sự kiện báo đã nêu", sentences=tuple(_announced(writer, first))),
    )
    kept = tuple(part for part in parts if part.sentences)
    if kept:
        blocks.append(Block(id=writer.block_id("calendar"), parts=kept))
    empty = None
    if not blocks:
        text = "Chưa có ngày nghỉ lễ, hạn xử lý hay sự kiện nào được báo nêu cho tuần tới."
        empty = writer.count(text, "all", "cases:", "holidays")
    return Section(id=SectionId.CALENDAR, blocks=tuple(blocks), empty=empty)


def _asked(writer: Writer, row: ArticleInput) -> list[Candidate]:
    """Questions and requests in an article; a portal's own words are answers."""
    if row.kind == "portal":
        return []
    return [each for each in writer.sentences_of(row) if _asks(each.text)]


def _asks(text: str) -> bool:
    return text.rstrip("\"'”’»)").endswith("?") or bool(_ASKER.search(text) and _ASKING.search(text))


def _question(writer: Writer, facts: Facts, asked: Candidate, rows: list[ArticleInput]) -> Block:
    own = [row for row in rows if row.id == asked.article]
    entries = facts.named_in(own) or facts.named_in(rows)
    answer = tuple(facts.sentence(writer, entry) for entry in entries)
    return Block(
        id=writer.block_id("question"),
        title=writer.quote(asked.source, note=writer.articles[asked.article].outlet_name),
        parts=(Part(label="Số liệu trong sổ", sentences=answer),) if answer else (),
    )


def _entries(writer: Writer, facts: Facts) -> Table | None:
    named = facts.all_named()[:MOST_ENTRIES]
    if not named:
        return None
    rows = tuple(
        Row(
            cells=(
                entry.indicator + (f" ({entry.scope})" if entry.scope else ""),
                f"{value(entry.value)} {entry.unit}",
                entry.as_of,
                entry.document,
                number(count),
            ),
            sources=(writer.source(RegisterSource(entry=entry.id, version=entry.version)),),
        )
        for entry, count in named
    )
    columns = ("Chỉ tiêu", "Giá trị", "Tính đến", "Văn bản", "Số bài nhắc")
    return Table(columns=columns, rows=rows, widths=(0.32, 0.18, 0.14, 0.25, 0.11))


def _holidays(writer: Writer, first: date) -> Iterator[Sentence]:
    for row in writer.inputs.holidays:
        if row.day <= first + timedelta(days=AHEAD):
            source = CalendarSource(day=row.day, provider=row.provider)
            yield writer.state(f"{row.day:%d/%m/%Y}: {row.name}.", [source])


def _deadlines(writer: Writer, first: date) -> Iterator[Sentence]:
    cases = [case for case in writer.inputs.cases if case.open and case.deadline is not None]
    for case in sorted(cases, key=lambda one: (one.deadline or writer.inputs.header.ends, one.key)):
        assert case.deadline is not None
        if case.deadline.astimezone(VIETNAM).date() <= first + timedelta(days=AHEAD):
            whose = case.agency or "chưa giao cơ quan"
            text = f"{clock(case.deadline)}: hồ sơ số {case.key} {case.title}, {whose}."
            yield writer.state(text, [RecordSource(table="case", id=case.key)])


def _announced(writer: Writer, first: date) -> list[Sentence]:
    found: dict[str, tuple[date, int, Candidate]] = {}
    for place, row in enumerate(writer.inputs.articles):
        if row.id in writer.inputs.reprints:
            continue
        for each in writer.sentences_of(row):
            days = [day for day in dates(each.text, first) if first < day <= first + timedelta(days=AHEAD)]
            if days:
                found.setdefault(each.text, (min(days), place, each))
    nearest = sorted(found.values(), key=lambda one: one[:2])[:MOST_DATES]
    return [
        writer.quote(each.source, note=f"{day:%d/%m}, {writer.articles[each.article].outlet_name}")
        for day, _, each in nearest
    ]


def dates(text: str, near: date) -> Iterator[date]:
    """Days that a sentence names; without a year, the one nearest to ``near``."""
    for pattern in (_NUMERIC, _SPELT):
        for day, month, year in pattern.findall(text):
            years = [int(year)] if year else [near.year - 1, near.year, near.year + 1]
            possible = [made for each in years if (made := _day(each, int(month), int(day)))]
            if possible:
                yield min(possible, key=lambda made: abs(made - near))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
