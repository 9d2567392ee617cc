"""Section 3: up to seven events, in the words of those who reported them."""

from __future__ import annotations

from briefings.compose.facts import Facts
from briefings.compose.numbers import number
from briefings.compose.writer import Writer, printed, printed_short
from briefings.content import Block, CountSource, Part, Section, SectionId, Sentence, Source
from briefings.inputs import ArticleInput
from briefings.measures import event_articles
from briefings.summarize import Candidate, brief, choose, distinctive

LEADING = 2  # events that are told at length, the others in short
COURSE, COURSE_SHORT = 2, 1  # sentences on the course of events
OUTLETS, OUTLETS_SHORT = 4, 2  # outlets whose angle is shown; further ones are named
NAMED = 6  # articles that a list of names is based on
OFFICIAL = 1  # sentences of official portals


def stories(writer: Writer, facts: Facts) -> Section:
    """The widest events of the week."""
    blocks = [_story(writer, facts, place) for place in range(1, len(writer.inputs.groups) + 1)]
    empty = None if blocks else writer.count("Không có bài nào về tỉnh trong tuần.", "all")
    return Section(id=SectionId.STORIES, blocks=tuple(blocks), empty=empty)


def _story(writer: Writer, facts: Facts, place: int) -> Block:
    rows = event_articles(writer.inputs, place)
    own = [row for row in rows if row.id not in writer.inputs.reprints] or rows[:1]
    lead = _lead(writer, own)
    course = _course(writer, own, COURSE if place <= LEADING else COURSE_SHORT)
    said = {sentence.text for sentence in course}
    angles = _angles(writer, own, rows, place, said)
    said |= {sentence.text for sentence in angles}
    parts = [
        Part(sentences=(_spread(writer, rows, place),)),
        Part(label="Diễn biến", sentences=tuple(course)),
        Part(label="Góc nhìn từng báo", sentences=tuple(angles)),
        Part(label="Dữ kiện chính thức", sentences=tuple(_official(writer, facts, rows, place, said))),
    ]
    return Block(
        id=writer.block_id("story"),
        title=writer.title(lead.id, lead.revision),
        parts=tuple(part for part in parts if part.sentences),
    )


def _lead(writer: Writer, rows: list[ArticleInput]) -> ArticleInput:
    """Whose headline the event goes by: first of the story with most articles among its own texts."""
    main = next(iter(rows)).story
    counts: dict[int | None, int] = {}
    for row in writer.inputs.articles:
        counts[row.story] = counts.get(row.story, 0) + 1
    main = max((row.story for row in rows), key=lambda story: (counts[story], -(story or 0)), default=main)
    return next(row for row in rows if row.story == main)


def _spread(writer: Writer, rows: list[ArticleInput], place: int) -> Sentence:
    outlets = len({row.outlet for row in rows})
    copies = sum(1 for row in rows if row.id in writer.inputs.reprints)
    text = f"{number(len(rows))} bài trên {number(outlets)} báo"
    text += f", trong đó {number(copies)} bài đăng lại" if copies else ""
    first, last = printed_short(rows[0]), printed(rows[-1])
    text += f"; từ {first} đến {last}." if printed(rows[0]) != last else f"; {last}."
    return writer.count(text, f"event:{place}", *([f"reprints:{place}"] if copies else []))


def _course(writer: Writer, rows: list[ArticleInput], count: int) -> list[Sentence]:
    chosen = choose(brief([each for row in rows for each in writer.sentences_of(row)]), count)
    chosen.sort(key=lambda each: (writer.articles[each.article].at, each.article, each.place))
    said = []
    for each in chosen:
        row = writer.articles[each.article]
        said.append(writer.quote(each.source, note=f"{printed_short(row)}, {row.outlet_name}"))
    return said


def _angles(
    writer: Writer, own: list[ArticleInput], rows: list[ArticleInput], place: int, told: set[str]
) -> list[Sentence]:
    """What each outlet says that the others do not and that the course (``told``) has not said."""
    outlets = list(dict.fromkeys(row.outlet for row in own))
    said: list[Sentence] = []
    shown = OUTLETS if place <= LEADING else OUTLETS_SHORT
    for outlet in outlets[:shown] if len(outlets) > 1 else ():
        mine = [row for row in own if row.outlet == outlet]
        others = [row for row in own if row.outlet != outlet]
        best = distinctive(
            brief([each for row in mine for each in writer.sentences_of(row) if each.text not in told]),
            [each for row in others for each in writer.sentences_of(row)],
        )
        if best is not None:
            said.append(writer.quote(best.source, note=mine[0].outlet_name))
    further = [row for row in own if row.outlet in outlets[shown:]]
    copies = [row for row in rows if row.id in writer.inputs.reprints]
    if further:
        said.append(_named(writer, "Cũng có bài", further, f"event:{place}"))
    if copies:
        said.append(_named(writer, "Đăng lại bài của báo khác", copies, f"reprints:{place}"))
    return said


def _named(writer: Writer, what: str, rows: list[ArticleInput], measure: str) -> Sentence:
    """The outlets of some articles, on those articles and on the count that they are part of."""
    names = ", ".join(dict.fromkeys(row.outlet_name for row in rows))
    titles = [writer.title_source(row.id, row.revision) for row in rows[:NAMED]]
    sources: list[Source] = [CountSource(measure=measure), *(source for source in titles if source)]
    return writer.state(f"{what}: {names}.", sources)


def _official(
    writer: Writer, facts: Facts, rows: list[ArticleInput], place: int, told: set[str]
) -> list[Sentence]:
    """The register's figures, and what a portal says that was not ``told`` before, if it says more."""
    said = [facts.sentence(writer, entry) for entry in facts.named_in(rows)]
    stated = [each for row in rows if row.kind == "portal" for each in writer.sentences_of(row)]
    fresh: list[Candidate] = [each for each in stated if each.text not in told]
    for each in choose(brief(fresh or stated), OFFICIAL):
        said.append(writer.quote(each.source, note=writer.articles[each.article].outlet_name))
    if not said:
        text = "Chưa có trong sổ số liệu và các cổng thông tin."
        sources: list[Source] = [CountSource(measure="register"), CountSource(measure=f"event:{place}")]
        said.append(writer.state(text, sources))
    return said
