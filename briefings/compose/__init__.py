"""Composing: from frozen inputs and the words of revisions to a briefing. Pure: the same in, the same out."""

from __future__ import annotations

from collections.abc import Mapping

from briefings.compose.ahead import calendar, questions
from briefings.compose.annex import annex
from briefings.compose.completeness import completeness
from briefings.compose.facts import Facts
from briefings.compose.overview import figures, summary
from briefings.compose.stories import stories
from briefings.compose.work import checks, criticism, ledger
from briefings.compose.writer import Texts, Writer
from briefings.content import AnnexRow, Content
from briefings.inputs import Inputs

__all__ = ["compose"]


def compose(inputs: Inputs, texts: Mapping[int, Texts]) -> tuple[Content, list[AnnexRow]]:
    """The eight sections and the annex.

    ``texts``: what every revision in ``inputs`` says, by its number.
    """
    writer = Writer(inputs, texts)
    facts = Facts(writer)
    sections = (
        summary(writer),
        figures(writer),
        stories(writer, facts),
        criticism(writer),
        checks(writer),
        ledger(writer),
        questions(writer, facts),
        calendar(writer),
    )
    box = completeness(writer)
    content = Content(header=inputs.header, sections=sections, completeness=box, catalogue=writer.catalogue)
    return content, annex(writer)
