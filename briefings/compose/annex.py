"""The annex: every article of the week, a row each."""

from __future__ import annotations

from briefings.compose.writer import VERDICTS, Writer, clock
from briefings.content import AnnexRow, RecordSource, Source
from briefings.inputs import ArticleInput
from briefings.links import article_page
from briefings.summarize import SHORTEST
from crawlers.text.outward import outward


def annex(writer: Writer) -> list[AnnexRow]:
    """In the order of printing."""
    verdicts = {row.article: row for row in writer.inputs.findings}
    cases = {case.article: case for case in writer.inputs.cases if case.article is not None}
    rows = []
    for row in writer.inputs.articles:
        case, decided = cases.get(row.id), verdicts.get(row.id)
        summary, sources = _summary(writer, row)
        status = ""
        if case is not None:
            status = case.state
            sources.append(RecordSource(table="case", id=case.key))
        elif decided is not None:
            status = VERDICTS.get(decided.verdict, decided.verdict)
            sources.append(RecordSource(table="decision", id=str(decided.decision)))
        rows.append(
            AnnexRow(
                at=row.at,
                precision=row.precision,
                outlet=row.outlet_name,
                title=row.title,
                url=outward(row.url),
                page=article_page(writer.inputs.base, row.id),
                summary=summary,
                places=tuple(writer.inputs.place_names.get(code, code) for code in row.places),
                topics=tuple(writer.inputs.topic_names.get(topic, topic) for topic in row.topics),
                kind="Đăng lại" if row.id in writer.inputs.reprints else "Bài gốc",
                agency=case.agency if case else "",
                deadline=clock(case.deadline) if case and case.deadline else "",
                status=status,
                sources=tuple(sources),
            )
        )
    return rows


def _summary(writer: Writer, row: ArticleInput) -> tuple[str, list[Source]]:
    """The first sentence that can stand alone, which in news is what happened; else the headline."""
    said = writer.sentences_of(row)
    if said and len(said[0].text) >= SHORTEST:
        return said[0].text, [said[0].source]
    source = writer.title_source(row.id, row.revision)
    if source is not None:
        return "", [source]
    return "", [RecordSource(table="article", id=str(row.id))]
