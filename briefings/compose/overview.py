"""Sections 1 and 2: five lines, and figures against last week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from archive.vietnam import VIETNAM
from briefings.compose.numbers import change, compared, number
from briefings.compose.writer import KINDS, SCOPES, Writer, clock
from briefings.content import (
    Block,
    Chart,
    CountSource,
    Part,
    Row,
    Section,
    SectionId,
    Sentence,
    Table,
)
from briefings.measures import counted, event_articles, members
from briefings.summarize import brief, choose

MOST_TOPICS, MOST_PLACES, MOST_OUTLETS = 5, 5, 5
COLUMNS = ("Chỉ tiêu", "Tuần này", "Tuần trước", "Thay đổi")


def summary(writer: Writer) -> Section:
    """At most five lines: how much, on what, the two widest events in the press's words, what waits."""
    lines = [_amount(writer)]
    inputs = writer.inputs
    topics = _top(topic for row in inputs.articles for topic in row.topics)[:3]
    if topics:
        named = ", ".join(f"{inputs.topic_names.get(t, t)} ({number(n)} bài)" for t, n in topics)
        lines.append(writer.count(f"Chủ đề nhiều bài nhất: {named}.", *[f"topic:{t}" for t, _ in topics]))
    for place in range(1, len(inputs.groups) + 1):
        if len(lines) == 4:
            break
        rows = event_articles(inputs, place)
        best = choose(brief([each for row in rows for each in writer.sentences_of(row)]), 1)
        if best:
            outlet = writer.articles[best[0].article].outlet_name
            lines.append(writer.quote(best[0].source, note=outlet))
    lines.append(_waiting(writer))
    block = Block(id=writer.block_id("summary"), parts=(Part(sentences=tuple(lines)),))
    return Section(id=SectionId.SUMMARY, blocks=(block,))


def _amount(writer: Writer) -> Sentence:
    inputs = writer.inputs
    head = inputs.header
    now, before = len(inputs.articles), len(inputs.before)
    outlets = len(members(inputs, "outlets"))
    text = f"Từ {clock(head.starts)} đến {clock(head.ends)} có {number(now)} bài về {_lower(head.province)}"
    text += f" trên {number(outlets)} báo, đài, cổng và trang tin" if now else ""
    if not before and not inputs.compared:
        return writer.count(f"{text}; chưa có số liệu tuần trước để so sánh.", "all", "outlets")
    text += f", {compared(now, before)}"
    text += "" if inputs.compared else " (tuần trước thu thập chưa trọn vẹn)"
    return writer.count(f"{text}.", "all", "outlets", "before")


def _waiting(writer: Writer) -> Sentence:
    inputs = writer.inputs
    criticism = sum(1 for row in inputs.findings if row.verdict == "valid-criticism")
    checks = sum(1 for row in inputs.findings if row.verdict == "needs-reply")
    questions = sum(1 for row in inputs.cases if row.open and row.kind == "question")
    parts = [
        f"{number(criticism)} phê bình có căn cứ cần giải quyết",
        f"{number(checks)} nội dung cần đối chiếu",
        f"{number(questions)} câu hỏi báo chí chưa trả lời",
    ]
    if inputs.carried:
        parts.append(f"{number(len(inputs.carried))} việc tồn từ tuần trước")
    return writer.count(
        f"Chờ xử lý: {', '.join(parts)}.", "verdict:valid-criticism", "verdict:needs-reply", "cases:question"
    )


def figures(writer: Writer) -> Section:
    """Tables of counts beside last week's; by day and by kind of outlet as charts, with their numbers."""
    rows = [
        _row(writer, "Tổng số bài", "all"),
        _distinct(writer, "Số báo, đài, cổng, trang tin có bài", "outlets"),
        _distinct(writer, "Số câu chuyện", "stories"),
    ]
    rows += [_row(writer, f"Phạm vi: {name}", f"scope:{key}") for key, name in SCOPES.items()]
    table = Table(columns=COLUMNS, rows=tuple(rows), widths=(0.52, 0.16, 0.16, 0.16))
    blocks = [
        Block(id=writer.block_id("figures"), parts=(Part(label="Tổng quan", table=table),)),
        *(_group(writer, label, measures) for label, measures in _groups(writer) if measures),
        *charts(writer),
    ]
    return Section(id=SectionId.FIGURES, blocks=tuple(blocks))


def _groups(writer: Writer) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    inputs = writer.inputs
    topics = _top(topic for row in inputs.articles for topic in row.topics)[:MOST_TOPICS]
    yield "Theo chủ đề", [(inputs.topic_names.get(key, key), f"topic:{key}") for key, _ in topics]
    outlets = _top(row.outlet for row in inputs.articles)[:MOST_OUTLETS]
    names = {row.outlet: row.outlet_name for row in inputs.articles}
    yield "Theo báo", [(names[key], f"outlet:{key}") for key, _ in outlets]
    places = _top(place for row in inputs.articles for place in row.places)[:MOST_PLACES]
    yield "Theo địa bàn", [(inputs.place_names.get(key, key), f"place:{key}") for key, _ in places]


def _group(writer: Writer, label: str, measures: list[tuple[str, str]]) -> Block:
    rows = tuple(_row(writer, name, measure) for name, measure in measures)
    table = Table(columns=COLUMNS, rows=rows, widths=(0.52, 0.16, 0.16, 0.16))
    return Block(id=writer.block_id("figures"), parts=(Part(label=label, table=table),))


def _row(writer: Writer, name: str, measure: str) -> Row:
    now = len(counted(writer.inputs.articles, measure))
    return _cells(writer, name, measure, now, len(counted(writer.inputs.before, measure)))


def _distinct(writer: Writer, name: str, measure: str) -> Row:
    rows = writer.inputs.before
    before = {row.outlet for row in rows} if measure == "outlets" else {row.story or -row.id for row in rows}
    return _cells(writer, name, measure, len(members(writer.inputs, measure)), len(before))


def _cells(writer: Writer, name: str, measure: str, now: int, before: int) -> Row:
    known = writer.inputs.compared or bool(writer.inputs.before)
    cells = (name, number(now), number(before) if known else "–", change(now, before) if known else "–")
    return Row(cells=cells, sources=(writer.source(CountSource(measure=measure)),))


def charts(writer: Writer) -> list[Block]:
    """By day and by kind of outlet; this week beside last."""
    inputs = writer.inputs
    if not inputs.articles:
        return []
    first = inputs.header.starts.astimezone(VIETNAM).date()
    days = [first + timedelta(days=back) for back in range(8)]
    kinds = [key for key, _ in _top(row.kind for row in inputs.articles)]
    return [
        _days(writer, days),
        _chart(writer, "Số bài theo loại báo", [(KINDS.get(k, k), f"kind:{k}") for k in kinds]),
    ]


def _days(writer: Writer, days: list[date]) -> Block:
    inputs = writer.inputs
    week = timedelta(days=7)
    chart = Chart(
        title="Số bài theo ngày đăng",
        labels=tuple(f"{day:%d/%m}" for day in days),
        now=tuple(len(counted(inputs.articles, f"day:{day}")) for day in days),
        before=tuple(len(counted(inputs.before, f"day:{day - week}")) for day in days)
        if inputs.before
        else (),
        sources=(writer.source(CountSource(measure="all")),),
    )
    return Block(id=writer.block_id("chart"), chart=chart)


def _chart(writer: Writer, title: str, bars: list[tuple[str, str]]) -> Block:
    inputs = writer.inputs
    chart = Chart(
        title=title,
        labels=tuple(name for name, _ in bars),
        now=tuple(len(counted(inputs.articles, measure)) for _, measure in bars),
        before=tuple(len(counted(inputs.before, m)) for _, m in bars) if inputs.before else (),
        sources=(writer.source(CountSource(measure="all")),),
    )
    return Block(id=writer.block_id("chart"), chart=chart)


def _top(values: Iterator[str]) -> list[tuple[str, int]]:
    return sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
