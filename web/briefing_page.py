"""A briefing as its pages show it: links into our own pages, the editor's rows, what was counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import takewhile

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from briefings.content import SECTION_TITLES, CatalogueEntry, Content, CountSource, all_sentences
from briefings.inputs import Inputs
from briefings.measures import members
from briefings.models import Briefing
from briefings.render.layout import Document, Element, Run, lay_out, lines
from briefings.versions import Opened
from provinces.loader import load_province
from provinces.records import Province


@cache
def profile() -> Province:
    """The office's own province."""
    return load_province(settings.DIEMBAO_PROVINCE)


@dataclass(frozen=True, slots=True)
class Count:
    """One counted set of a briefing, and how many are in it."""

    measure: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of two versions side by side: "same", "removed" or "added"."""

    kind: str
    text: str


def shown(kept: Opened) -> Document:
    """The document with its links leading to our own pages, wherever those are reached."""
    return lay_out(_linked(kept.content, kept.version.briefing), ())


def picture(element: Element) -> SafeString:
    """A chart that we drew ourselves, its text escaped (``briefings.charts``)."""
    return mark_safe(element.svg)  # noqa: S308


def drawn(runs: Iterable[Run]) -> SafeString:
    """The words of one line, each in its style and leading where it leads."""
    return format_html_join("", "{}", ((_run(run),) for run in runs))


def _run(run: Run) -> SafeString | str:
    if run.url:
        cite = mark_safe(' class="cite"') if run.style == "cite" else ""
        return format_html('<a href="{}"{}>{}</a>', run.url, cite, run.text)
    return format_html(_STYLES[run.style], run.text) if run.style in _STYLES else run.text


_STYLES = {"bold": "<b>{}</b>", "italic": "<i>{}</i>", "cite": '<span class="cite">{}</span>'}


def _linked(content: Content, briefing: Briefing) -> Content:
    catalogue = {
        key: CatalogueEntry(label=entry.label, url=page_of(key, briefing))
        for key, entry in content.catalogue.items()
    }
    return content.model_copy(update={"catalogue": catalogue})


def page_of(key: str, briefing: Briefing) -> str:
    """Our page of a source by its key in the catalogue; "" where there is none."""
    table, _, number = key.partition(":")
    if table == "case":
        return f"/ho-so/{number}/"
    if table == "briefing":
        return reverse("web:briefing-week", args=[number.partition("/")[0]])
    if table == "decision" or not number:
        kind, first = key[:1], key[1:].partition(".")[0]
        if kind == "a":
            return reverse("web:article", args=[int(first)])
        if kind == "r":
            return reverse("web:register-entry", args=[int(first)])
        if kind == "n":
            return reverse("web:briefing-counts", args=[briefing.pk])
    return ""


def counts(kept: Opened) -> list[Count]:
    """Every set that a sentence, table or chart of the briefing counted, in the order of mention."""
    inputs = Inputs.model_validate(kept.version.inputs.data)
    named: dict[str, str] = {}
    for sentence in all_sentences(kept.content):
        for source in sentence.sources:
            if isinstance(source, CountSource):
                named.setdefault(source.measure, sentence.text)
    for section in kept.content.sections:
        for block in section.blocks:
            for part in block.parts:
                for row in part.table.rows if part.table else ():
                    for source in row.sources:
                        if isinstance(source, CountSource):
                            named.setdefault(source.measure, f"{part.label}: {row.cells[0]}")
    return [Count(measure, name, len(members(inputs, measure))) for measure, name in named.items()]


def compared(before: Opened, after: Opened) -> list[Line]:
    """What changed of the lines, with the unchanged ones between left out but for their neighbours."""
    one, two = (_lines(shown(kept).body) for kept in (before, after))
    # What both begin and end with is most of a document, and need not be searched for.
    begin = _alike(one, two)
    end = _alike(one[begin:][::-1], two[begin:][::-1])
    found = [Line("same", text) for text in one[:begin][:1]]
    last = one[len(one) - end :][:1]
    one, two = one[begin : len(one) - end], two[begin : len(two) - end]
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Line("same", text) for text in one[a:b][:1]]
            continue
        found += [Line("removed", text) for text in one[a:b]]
        found += [Line("added", text) for text in two[c:d]]
    return found + [Line("same", text) for text in last]


def _alike(one: Sequence[str], two: Sequence[str]) -> int:
    """With how many of the same both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))


def _lines(elements: Iterable[Element]) -> list[str]:
    """Paragraphs and rows of tables: a row is read, and changes, as one."""
    said: list[str] = []
    for element in elements:
        if element.kind == "table":
            said.append(" · ".join(element.columns))
            said += [" · ".join("".join(run.text for run in cell) for cell in row) for row in element.rows]
        else:
            said += lines([element])
    return said


def names(content: Content) -> dict[str, str]:
    """What sections, blocks and sentences are called, by the ids that versions are kept under."""
    found = dict(titles())
    for section in content.sections:
        for block in section.blocks:
            labels = [block.title.text] if block.title else [part.label for part in block.parts]
            labels += [block.chart.title] if block.chart else []
            found[block.id] = next((label for label in labels if label), found[section.id.value])
    return found | {sentence.id: sentence.text for sentence in all_sentences(content)}


def titles() -> Iterator[tuple[str, str]]:
    """Section ids with their numbered titles."""
    for number, (name, title) in enumerate(SECTION_TITLES.items(), 1):
        yield name.value, f"{number}. {title}"
