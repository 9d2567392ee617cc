"""Sections 4 to 6: what has to be done. Only what people decided stands here."""

from __future__ import annotations

from archive.vietnam import read_aloud
from briefings.compose.numbers import number
from briefings.compose.writer import CASE_KINDS, Writer, clock
from briefings.content import (
    ArticleSource,
    Block,
    Part,
    RecordSource,
    Row,
    Section,
    SectionId,
    Sentence,
    Table,
)
from briefings.inputs import CaseInput, FindingInput
from briefings.weeks import parse_week
from classifiers.signals.names import NAMES as SIGNAL_NAMES


def criticism(writer: Writer) -> Section:
    """Criticism that an officer found valid: what was said, whose it is, until when."""
    rows = [row for row in writer.inputs.findings if row.verdict == "valid-criticism"]
    blocks = [_criticism(writer, row) for row in rows]
    told = {row.article for row in rows}
    blocks += [
        _case(writer, case)
        for case in writer.inputs.cases
        if case.kind == "criticism" and case.open and (case.article is None or case.article not in told)
    ]
    empty = None
    if not blocks:
        text = "Trong tuần không có phê bình nào được kết luận là có căn cứ."
        empty = writer.count(text, "verdict:valid-criticism", "cases:criticism")
    return Section(id=SectionId.CRITICISM, blocks=tuple(blocks), empty=empty)


def checks(writer: Writer) -> Section:
    """Points that an officer confirmed as worth comparing, both sides beside each other."""
    blocks = [_check(writer, row) for row in writer.inputs.findings if row.verdict == "needs-reply"]
    empty = None
    if not blocks:
        text = "Trong tuần không có nội dung nào được cán bộ xác nhận là cần đối chiếu."
        empty = writer.count(text, "verdict:needs-reply")
    return Section(id=SectionId.CHECKS, blocks=tuple(blocks), empty=empty)


def ledger(writer: Writer) -> Section:
    """Open and newly closed cases, questions of the press that wait, and what last week left open."""
    inputs = writer.inputs
    blocks: list[Block] = []
    if inputs.cases:
        blocks.append(_table(writer))
    blocks += [_case(writer, case) for case in inputs.cases if case.kind == "question" and case.open]
    if inputs.sent:
        blocks.append(_sent(writer))
    blocks += [_corrected(writer, row) for row in inputs.findings if row.verdict == "register-corrected"]
    told = {f"decision:{row.decision}" for row in inputs.findings}
    told |= {f"case:{case.key}" for case in inputs.cases}
    for carried in inputs.carried:
        if carried.open in told:
            continue
        source = RecordSource(table="briefing", id=f"{carried.week}/{carried.version}")
        since = f"Tồn từ tuần {parse_week(carried.week).written}"
        blocks.append(
            Block(
                id=writer.block_id("carried"),
                title=writer.state(carried.title, [source], note=since),
                open=carried.open,
            )
        )
    empty = None
    if not blocks:
        text = "Sổ không có hồ sơ phản hồi, cải chính hay câu hỏi báo chí nào trong tuần."
        empty = writer.count(text, "cases:")
    return Section(id=SectionId.LEDGER, blocks=tuple(blocks), empty=empty)


def _criticism(writer: Writer, row: FindingInput) -> Block:
    decision = RecordSource(table="decision", id=str(row.decision))
    parts = [Part(label="Báo nêu", sentences=tuple(_said(writer, row)))]
    parts.append(Part(label="Kết luận của cán bộ", sentences=(_verdict(writer, row, decision),)))
    parts.append(Part(label="Cơ quan và thời hạn", sentences=tuple(_agency(writer, row, decision))))
    return Block(
        id=writer.block_id("criticism"),
        title=writer.title(row.article, row.revision) or writer.state("Bài không có tiêu đề", [decision]),
        parts=tuple(part for part in parts if part.sentences),
        open=f"decision:{row.decision}",
    )


def _agency(writer: Writer, row: FindingInput, decision: RecordSource) -> list[Sentence]:
    case = next((one for one in writer.inputs.cases if one.article == row.article), None)
    if case is not None and (case.agency or case.deadline):
        return [_assigned(writer, case)]
    said = [writer.state("Chưa giao cơ quan và thời hạn.", [decision])]
    article = writer.articles.get(row.article)
    source = writer.title_source(row.article, row.revision)
    if article is not None and source is not None:
        whole = writer.whole(article)
        named = [
            name for name, forms in writer.inputs.agencies.items() if any(form in whole for form in forms)
        ]
        if named:
            said.append(writer.state(f"Cơ quan được bài nhắc tới: {', '.join(named[:4])}.", [source]))
    return said


def _check(writer: Writer, row: FindingInput) -> Block:
    decision = RecordSource(table="decision", id=str(row.decision))
    name = f"{row.signal} {SIGNAL_NAMES.get(row.signal, '')}".strip()
    parts = [
        Part(
            sentences=(writer.state(f"{name}: cần đối chiếu.", [decision]),),
        ),
        Part(label="Bài viết", sentences=tuple(_said(writer, row))),
    ]
    if row.other:
        note = ", ".join(part for part in (row.other_source, read_aloud(row.other_as_of)) if part)
        parts.append(Part(label="Đối chiếu với", sentences=(writer.state(row.other, [decision], note=note),)))
    if row.innocent:
        text = " ".join(row.innocent)
        parts.append(Part(label="Có thể vì", sentences=(writer.state(text, [decision]),)))
    parts.append(Part(label="Kết luận của cán bộ", sentences=(_verdict(writer, row, decision),)))
    return Block(
        id=writer.block_id("check"),
        title=writer.title(row.article, row.revision),
        parts=tuple(part for part in parts if part.sentences),
        open=f"decision:{row.decision}",
    )


def _said(writer: Writer, row: FindingInput) -> list[Sentence]:
    article = writer.articles.get(row.article)
    note = article.outlet_name if article is not None else ""
    return [
        writer.quote(
            ArticleSource.model_validate({"article": row.article, "revision": row.revision, **span}), note
        )
        for span in row.spans
    ]


def _verdict(writer: Writer, row: FindingInput, decision: RecordSource) -> Sentence:
    return writer.state(row.reason, [decision], note=f"{row.by}, {clock(row.at)}")


def _corrected(writer: Writer, row: FindingInput) -> Block:
    decision = RecordSource(table="decision", id=str(row.decision))
    return Block(
        id=writer.block_id("corrected"),
        title=writer.title(row.article, row.revision, note="Đính chính sổ số liệu của ta"),
        parts=(Part(label="Kết luận của cán bộ", sentences=(_verdict(writer, row, decision),)),),
    )


def _case(writer: Writer, case: CaseInput) -> Block:
    source = RecordSource(table="case", id=case.key)
    note = ", ".join(part for part in (CASE_KINDS.get(case.kind, case.kind), case.outlet) if part)
    return Block(
        id=writer.block_id("case"),
        title=writer.state(case.title, [source], note=note),
        parts=(Part(label="Cơ quan và thời hạn", sentences=(_assigned(writer, case),)),),
        open=f"case:{case.key}" if case.open else "",
    )


def _assigned(writer: Writer, case: CaseInput) -> Sentence:
    agency = case.agency or "chưa giao"
    deadline = clock(case.deadline) if case.deadline else "chưa đặt"
    text = f"Cơ quan: {agency}; hạn: {deadline}; tình trạng: {case.state}."
    return writer.state(text, [RecordSource(table="case", id=case.key)])


def _table(writer: Writer) -> Block:
    rows = tuple(
        Row(
            cells=(
                CASE_KINDS.get(case.kind, case.kind),
                f"Số {case.key}. {case.title}",
                case.agency or "chưa giao",
                clock(case.deadline) if case.deadline else "chưa đặt",
                case.state,
            ),
            sources=(writer.source(RecordSource(table="case", id=case.key)),),
        )
        for case in writer.inputs.cases
    )
    columns = ("Loại", "Hồ sơ", "Cơ quan", "Hạn", "Tình trạng")
    table = Table(columns=columns, rows=rows, widths=(0.17, 0.34, 0.19, 0.15, 0.15))
    waiting = sum(1 for case in writer.inputs.cases if case.open)
    text = f"{number(len(rows))} hồ sơ trong tuần, {number(waiting)} hồ sơ đang chờ xử lý."
    return Block(
        id=writer.block_id("ledger"),
        parts=(Part(sentences=(writer.count(text, "cases:"),)), Part(table=table)),
    )


def _sent(writer: Writer) -> Block:
    said = []
    for row in writer.inputs.sent:
        text = f"{row.form}{f' số {row.number}' if row.number else ''}: {row.title}"
        text += f"; gửi {row.outlet}" if row.outlet else ""
        if row.watched:
            text += f"; {number(row.corrected)}/{number(row.watched)} bài đã cải chính"
        said.append(writer.state(f"{text}.", [RecordSource(table="case", id=row.case)], note=clock(row.at)))
    return Block(id=writer.block_id("sent"), parts=(Part(label="Văn bản đã gửi", sentences=tuple(said)),))
