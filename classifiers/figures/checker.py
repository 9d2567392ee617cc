"""Compares the figures of an article with the register: the door of this package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from classifiers.figures.anaphora import carried_over
from classifiers.figures.binding import Bound, bind
from classifiers.figures.claims import Standing, is_in_some, standing
from classifiers.figures.concepts import load_concepts
from classifiers.figures.context import Context, contexts
from classifiers.figures.continuation import respectively, told_on
from classifiers.figures.echo import echoed, is_taken_back
from classifiers.figures.indicators import Indicator, indicators_of, nouns_of
from classifiers.figures.local import LocalFigures, by_indicator
from classifiers.figures.modifiers import narrowing_word
from classifiers.figures.neighbours import (
    Neighbour,
    as_a_share,
    is_another_thing,
    is_beside_the_official,
    is_breakdown,
    is_the_whole_of_a_part,
)
from classifiers.figures.numbers.quantity import Kind
from classifiers.figures.numbers.scan import Scanner
from classifiers.figures.period import Match, compare, period_of
from classifiers.figures.places import Area, Scope
from classifiers.figures.reading import MAX_CHARACTERS as MAX_CHARACTERS
from classifiers.figures.reading import Read, read
from classifiers.figures.register import Entry, Register
from classifiers.figures.scope import map_at, whose
from classifiers.figures.times import Period
from classifiers.figures.verdicts import COMPARED, Judged, Verdict, is_far_off, is_flow, judge, stated_value
from classifiers.places.text import Prepared
from classifiers.records import ArticleText, Field, Finding, Span

DETECTOR = "figures.register"
VERSION = "2.0"  # raised when the rules change: decisions on one version say little of the next
_NEAR = 12  # so many figures beside a figure are looked at
_WORDS_LEFT = 5  # a span grows by at most so many to be the only one of its kind


@dataclass(frozen=True)
class FigureFinding:
    """A figure of the article beside the register's: "cần đối chiếu", never right or wrong.

    stated_value  in the register's unit: number, "a/b" or [low, high]
    entry         the register entry it was compared with
    """

    span: Span
    indicator: str
    verdict: Verdict
    register_value: str
    stated_value: float | str | list[float]
    entry: Entry


class FigureChecker:
    """Checks articles about one province against its register entries."""

    def __init__(self, register: Register | Sequence[Entry], area: Area) -> None:
        entries = list(register)
        self.area = area
        self._local = LocalFigures(entries, area)
        self._indicators = indicators_of(by_indicator(entries), load_concepts())
        self._scanner = Scanner(nouns_of(entries), frozenset(e.total for e in entries if e.total is not None))

    def check(self, article: ArticleText) -> list[FigureFinding]:
        """Findings in title, lead and text, in reading order. Linear in the article's length."""
        if not self._indicators:
            return []
        found: list[FigureFinding] = []
        told = read(article)
        possible = [i for i in self._indicators if i.is_worded_in(told.whole, told.worded)]
        if not possible:
            return []
        area = replace(self.area, parts=self.area.parts | (told.parts - set(self.area.names)))
        fields: dict[Field, list[Neighbour]] = {}
        unbound: list[Context] = []
        for field in (Field.TITLE, Field.LEAD, Field.TEXT):
            fields[field] = self._read_field(article, field, told, area, possible, unbound)
        everywhere = [one for bound in fields.values() for one in bound]
        for one in echoed(unbound, everywhere):
            fields[one.context.field].append(one)
        for field, bound in fields.items():
            bound.sort(key=lambda one: one.context.quantity.start)
            given = told.part(field)
            found += [
                self._finding(article, given, bound, place)
                for place, one in enumerate(bound)
                if one.judged is not None and not is_taken_back(one, everywhere)
            ]
        return found

    def findings(self, article: ArticleText) -> list[Finding]:
        """The differing and superseded figures as findings of signal S1."""
        return [
            Finding(
                kind="signal",
                label="S1",
                score=0.9 if found.verdict is Verdict.DIFFERS else 0.8,
                spans=(found.span,),
                detector=DETECTOR,
                version=VERSION,
                evidence={
                    "indicator": found.indicator,
                    "verdict": found.verdict.value,
                    "register_value": found.register_value,
                    "stated_value": found.stated_value,
                    "unit": found.entry.unit,
                    "as_of": found.entry.as_of,
                    "scope": found.entry.scope,
                    "source": found.entry.quote,
                },
            )
            for found in self.check(article)
            if found.verdict in (Verdict.DIFFERS, Verdict.SUPERSEDED)
        ]

    def _read_field(
        self,
        article: ArticleText,
        field: Field,
        told: Read,
        area: Area,
        possible: Sequence[Indicator],
        unbound: list[Context],
    ) -> list[Neighbour]:
        """The bound figures of a field with their verdicts; others are added to ``unbound``."""
        given, other = told.part(field), told.body if field is Field.TITLE else told.title
        quantities = self._scanner.scan(given)
        read: list[Neighbour] = []
        for context in contexts(field, given, quantities, other, article.published):
            compared = (
                bind(context, possible)
                or as_a_share(context, read[-1] if read else None)
                or respectively(context, read)
                or carried_over(context, read, area)
            )
            bound = compared or told_on(context, read, area)
            if bound is None:
                unbound.append(context)
                continue
            near = [one for one in read[-_NEAR:] if one.context.number >= context.number - 1]
            judged = self._judge(context, bound, area, told, near)
            if compared is None and (judged is None or judged.verdict in COMPARED):
                unbound.append(context)
                continue
            read.append(Neighbour(context, bound, judged))
        return read

    def _finding(
        self, article: ArticleText, given: Prepared, read: Sequence[Neighbour], place: int
    ) -> FigureFinding:
        context, bound, judged = read[place]
        assert judged is not None
        if is_beside_the_official(read[place], read[max(0, place - _NEAR) : place + _NEAR]):
            judged = Judged(Verdict.OTHER_SCOPE, judged.entry)
        field = context.field
        start, end = given.given_span(_start_of_span(context), _end_of_span(context))
        return FigureFinding(
            Span(field, start, end, article.part(field)[start:end]),
            bound.indicator.name,
            judged.verdict,
            judged.entry.value,
            stated_value(context.quantity, judged.entry),
            judged.entry,
        )

    def _judge(
        self, context: Context, bound: Bound, area: Area, told: Read, before: Sequence[Neighbour]
    ) -> Judged | None:
        """The verdict, or None where nothing is claimed of the province, a part or a whole of it."""
        state = standing(context, bound)
        if state is Standing.NOT_ASSERTED:
            return None
        found = whose(context, bound, area)
        if found.scope in (Scope.ELSEWHERE, Scope.UNKNOWN):
            return None
        bound, scope = self._local.compared_with(bound, found, told)
        if _is_denominator(context, bound):
            return None
        if state is Standing.PART or is_breakdown(context, bound, before):
            scope = Scope.OTHER
        period = period_of(context)
        if state is Standing.PLANNED and not _of_another_year(period, bound):
            return None
        start = context.quantity.start - context.sentence[0]
        if scope is Scope.SAME:
            scope = map_at(context.text(context.sentence), start)
        judged = judge(context.quantity, bound, scope, period, context.published)
        if is_far_off(context.quantity, bound, judged):
            return None
        if judged.verdict is Verdict.DIFFERS and is_in_some(context, bound):
            return Judged(Verdict.OTHER_SCOPE, judged.entry)
        if judged.verdict is Verdict.DIFFERS and is_the_whole_of_a_part(context):
            return None
        narrowed = not context.quantity.product and narrowing_word(context, bound)
        if judged.verdict is Verdict.DIFFERS and narrowed:
            return Judged(Verdict.OTHER_SCOPE, judged.entry)
        if judged.verdict in COMPARED and is_another_thing(context, bound, area):
            return Judged(Verdict.OTHER_SCOPE, judged.entry)
        return judged


def _of_another_year(period: Period | None, bound: Bound) -> bool:
    """Whether a plan is for a time that no entry is of; only then it is worth showing."""
    if period is None:
        return False
    entries = bound.indicator.entries
    return all(compare(period, entry, is_flow(entry)) is Match.OTHER for entry in entries)


def _is_denominator(context: Context, bound: Bound) -> bool:
    """The total of a ratio row ("tỉnh có 210 xã") is no figure of the row."""
    quantity = context.quantity
    total = bound.indicator.entries[-1].total
    if quantity.kind is not Kind.COUNT or total is None or quantity.value != total:
        return False
    left = context.text(context.left).split()
    return not left or left[-1] not in ("cả", "bộ", "đủ")


def _start_of_span(context: Context) -> int:
    """The quantity's start, moved left by words while the same words stand elsewhere in the field too."""
    text, end = context.prepared.lowered, _end_of_span(context)
    start = context.quantity.start
    for _ in range(_WORDS_LEFT):
        if start <= context.sentence[0] or text.find(text[start:end]) == text.rfind(text[start:end]):
            break
        before = text[context.sentence[0] : start].rstrip()
        start = context.sentence[0] + before.rfind(" ") + 1
    return start


def _end_of_span(context: Context) -> int:
    """The quantity with the words of what it counts, within its clause."""
    end = context.quantity.end
    text = context.prepared.lowered
    limit = min(context.right[1], end + 60)
    words = 0
    place = end
    while place < limit and words < 3:
        if text[place] in ",.;:|()\n":
            break
        place += 1
        if text[place - 1].isalnum() and (place >= limit or not text[place].isalnum()):
            words += 1
            end = place
    return end
