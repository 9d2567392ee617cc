"""Whose figure it is: the province's, a part's, a whole's, another province's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from classifiers.figures.binding import Bound
from classifiers.figures.context import Context
from classifiers.figures.indicators import NOUNS
from classifiers.figures.numbers.quantity import Kind
from classifiers.figures.parts import is_part
from classifiers.figures.places import MERGING, Area, Mark, Scope, Whose, marks_in
from classifiers.figures.tellers import attached, without_tellers
from classifiers.records import Field

_BASES = frozenset(NOUNS["counted_in_a_place"])
_OLD_MAP = re.compile(
    rf"{MERGING}|(?:khi |lúc )?chưa (?:sáp nhập|hợp nhất|sắp xếp)"
    r"|trước (?:ngày )?0?1/0?7(?:/2025)?(?!\d)|(?<!\w)(?<!hai )(?<!ba )(?<!các )tỉnh cũ(?!\w)"
)
_WHOLE_WITH = re.compile(
    r"(?<!\w)(?:vùng|khu vực|miền|cả nước|toàn quốc)(?!\w)[^.;:\d]{0,60}"
    r"(?:trong đó có|(?:bao )?gồm(?: cả)?|kể cả|tính cả|có cả)(?!\w)[^.;:\d]{2,50}$"
)
"""Ahead of a figure: a region is told of, and the province is only named as one of it."""
_LISTED = re.compile(r"\s*(?:,|và|;)\s*")
_COMPARED_WITH = re.compile(
    r"(?<!\w)(?:thấp hơn|cao hơn|nhiều hơn|ít hơn|lớn hơn|hơn|kém|thua|vượt|vượt qua|so với|bằng|ngang"
    r"|sau|trước|đuổi kịp|xếp sau|xếp trên|xếp dưới|đứng sau|đứng trước|bỏ xa)(?: cả)?(?: tỉnh| mức của)?\s*$"
)
_HOLDS_FIGURE = re.compile(r"\d")
_NOW = re.compile(r"(?<!\w)(?:nay|hiện|bây giờ|giờ đây)(?!\w)")
_OF_A_SPEAKER = re.compile(r"tỉnh (?:mình|nhà|tôi|họ|ta|ông|bà|anh|chị|chúng tôi|chúng ta)")
_OF = re.compile(r"(?<!\w)(?:của|ở|tại|trong|trên địa bàn)(?: tỉnh)?(?!\w)")
_ONE_AMONG = re.compile(r"(?<!\w)(?:một|hai|ba|\d) trong(?: số)?(?: những)?\s*$")
_NEW_MAP = re.compile(rf"{MERGING.replace('trước', 'sau')}|(?<!\w)tỉnh mới(?!\w)|địa giới mới")


def whose(context: Context, bound: Bound, area: Area) -> Whose:
    """Whose a bound quantity is. Sub-types, departments and operators count as parts."""
    if is_part(context, bound, area):
        return Whose(Scope.OTHER)
    if _WHOLE_WITH.search(context.text(context.before_in_sentence)):
        return Whose(Scope.OTHER)
    sentence = _marks(context, context.sentence, area)
    found = attached(context, sentence, bound.indicator.heads | _BASES) or _governing(context, sentence)
    found = found or _named_before(context, area)
    if found is None:
        return _by_rest(context, area)
    if found.unnamed and _is_elsewhere(context, found, sentence, area):
        return Whose(Scope.ELSEWHERE)
    return found.whose


def _named_before(context: Context, area: Area) -> Mark | None:
    """The province that the sentence before ends with, else the own one where no other was named so far."""
    if not context.number:
        return None
    last = _marks(context, context.sentences[context.number - 1], area)
    if last and last[-1].scope is not Scope.OTHER:
        return last[-1]
    told = [mark for span in context.sentences[: context.number] for mark in _marks(context, span, area)]
    own = [mark for mark in told if mark.scope.is_own]
    return own[-1] if own and not any(mark.scope is Scope.ELSEWHERE for mark in told) else None


def _is_elsewhere(context: Context, mark: Mark, marks: Sequence[Mark], area: Area) -> bool:
    """Whether "của tỉnh" means another province: the speaker's, the last one named, or the article's."""
    if _is_of_the_speaker(context, mark, marks):
        return True
    named = [one for one in marks if not one.unnamed and one.end <= mark.start]
    if named and named[-1].scope.is_own:
        return False
    return _main_province(context, area) is Scope.ELSEWHERE


def _is_of_the_speaker(context: Context, mark: Mark, marks: Sequence[Mark]) -> bool:
    """Whether "tỉnh mình" is said by another province's: "Trưởng đoàn Yên Bái khoe tỉnh mình có ..."."""
    named = [one for one in marks if not one.unnamed and one.end <= mark.start]
    if not named:
        return False
    said = context.prepared.lowered[mark.start : mark.end]
    if _OF_A_SPEAKER.fullmatch(said):
        other = context.prepared.lowered.startswith("tỉnh", named[0].start) and named[0].scope is Scope.OTHER
        return other or named[0].scope is Scope.ELSEWHERE
    return all(one.scope is Scope.ELSEWHERE for one in named)


def _main_province(context: Context, area: Area) -> Scope | None:
    """Whose province the article is about: of those that its title, else its first sentences name."""
    first = [mark for span in context.sentences[:2] for mark in _marks(context, span, area)]
    other = list(marks_in(context.other, context.other_cased, area))
    for marks in (first, other) if context.field is Field.TITLE else (other, first):
        named = {mark.scope for mark in marks if not mark.unnamed}
        if named & {Scope.SAME, Scope.FORMER}:
            return Scope.SAME
        if Scope.ELSEWHERE in named:
            return Scope.ELSEWHERE
    return None


def _governing(context: Context, marks: list[Mark]) -> Mark | None:
    """The place that a quantity belongs to: before it in its clause, after it there, else nearest before."""
    start, end = context.quantity.start, context.quantity.end
    low, high = context.clause
    marks = without_tellers(context, _without_the_counted(context, marks))
    if _ONE_AMONG.search(context.text(context.left)):  # "xã A là một trong 81 xã của tỉnh B"
        marks = [mark for mark in marks if mark.end > start or mark.scope is not Scope.OTHER]
    before = [mark for mark in marks if mark.end <= start and not _is_in_a_bracket(context, mark)]
    in_clause = [mark for mark in before if mark.start >= low]
    if before and context.text(context.right).lstrip().startswith("còn lại"):
        return before[-1]  # where the rest lies is no matter
    after = [mark for mark in marks if end <= mark.start < high]
    if in_clause and not (after and _belongs_behind(context, in_clause[-1], after[0])):
        return in_clause[-1]
    if after:
        return after[0]
    if before:
        text = context.prepared.lowered
        plain_ones = [m for m in before if not _COMPARED_WITH.search(text[max(0, m.start - 25) : m.start])]
        last = (plain_ones or before)[-1]
        own = before[0].scope.is_own
        if own and last.scope is Scope.OTHER and ";" in text[last.end : start]:
            return before[0]  # "Vĩnh Phúc có ... ở huyện A; bốn xã thí điểm": the part ends with its clause
        return last
    later = [mark for mark in marks if mark.start >= end]
    return later[0] if later else None


def _belongs_behind(context: Context, before: Mark, after: Mark) -> bool:
    """Whether a list that follows a colon names its own place: "Ông A ở X dò: 1.192 dịch vụ của tỉnh Y"."""
    text = context.prepared.lowered
    between = text[before.end : context.quantity.start].split()
    listed = len(between) > 3 and any(word.endswith(":") for word in between)
    return listed and bool(_OF.search(text[context.quantity.end : after.start + 6]))


def _is_in_a_bracket(context: Context, mark: Mark) -> bool:
    """Whether a place and its figure are in a bracket before the quantity: "(Nghệ An: 7.400 tỷ); ..."."""
    text = context.prepared.lowered
    opened = text.rfind("(", context.sentence[0], mark.start)
    closed = text.find(")", mark.end, context.quantity.start)
    return (
        opened >= 0
        and closed >= 0
        and ")" not in text[opened : mark.start]
        and _HOLDS_FIGURE.search(text, opened, closed) is not None
    )


def _without_the_counted(context: Context, marks: list[Mark]) -> list[Mark]:
    """Marks but those of the units counted: in "ba huyện Tam Dương, Sông Lô, Lập Thạch" three are named."""
    at = context.quantity.end
    for number, mark in enumerate(marks):
        if context.quantity.kind is not Kind.COUNT or not at <= mark.start <= at + 1:
            continue
        last = number
        while last + 1 < len(marks) and _LISTED.fullmatch(
            context.prepared.lowered[marks[last].end : marks[last + 1].start]
        ):
            last += 1
        return [*marks[:number], *marks[last + 1 :]]
    return marks


def _by_rest(context: Context, area: Area) -> Whose:
    """No place in the sentence or before it: what the other field says."""
    marks = marks_in(context.other, context.other_cased, area)
    if not marks:
        rest = [m for span in context.sentences for m in _marks(context, span, area)]
        return rest[0].whose if rest else Whose(Scope.UNKNOWN)
    own = [mark for mark in marks if mark.scope.is_own]
    if context.field is Field.TITLE or marks[0].scope is not Scope.ELSEWHERE:
        return (own or marks)[0].whose
    return marks[0].whose


def _marks(context: Context, span: tuple[int, int], area: Area) -> list[Mark]:
    found = marks_in(context.text(span), context.cased(span), area)
    return [replace(m, start=m.start + span[0], end=m.end + span[0]) for m in found]


def map_at(text: str, place: int) -> Scope:
    """Which of its maps the province's figure at ``place`` is of, by the sentence ``text``; SAME: unsaid.

    Words of a merger behind another figure belong to that one.
    """
    told = [(found, Scope.FORMER) for found in _OLD_MAP.finditer(text)]
    told += [(found, Scope.MERGED) for found in _NEW_MAP.finditer(text)]
    before = [(found.end(), scope) for found, scope in told if found.end() <= place]
    if before:
        end, scope = max(before)
        return Scope.SAME if _NOW.search(text[end:place]) else scope
    for found, scope in sorted(told, key=lambda one: one[0].start()):
        between = re.sub(r"^[\d.,]+", "", text[place : found.start()])
        opens_another = re.match(r"[^.;]{0,25}\d", text[found.end() :]) and re.search(r"[,;]", between)
        if not re.search(r"\d[\d.,]*", between) and not opens_another:
            return scope
    return Scope.SAME
