"""What a number counts, whatever words a report has for it: its kind, what befell it, in which role.

The words are in ``things.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest
from pathlib import Path

from classifiers.records import Field
from classifiers.signals.number_pairs import rounds_to, same_unit
from classifiers.signals.quantities import Quantity
from classifiers.signals.reading import UPPER, words_of
from classifiers.signals.stated import Stated
from classifiers.signals.wording import content_words
from provinces.spelling import lowered

PEOPLE = "people"
OF_ITS_OWN = frozenset({"mean", "exported"})
"""A price of which one of these is said is no other price."""
MONEY = frozenset({"dong", "dollar"})
ANYBODY = "anybody"
REACH_AHEAD = 110
REACH_BEHIND = 100
ACT_WEIGHT = 2
"""An act in common says as much as two words: it is one in whatever words."""

_LEXICON = tomllib.loads(Path(__file__).with_name("things.toml").read_text(encoding="utf-8"))
_CLASSIFIERS = frozenset(
    {"con", "chiếc", "cái", "cây", "quả", "cuộc", "bức", "tấm", "cuốn", "khẩu", "vụ", "bài", "phòng"}
)
_PER = re.compile(
    r"\A ?(?:triệu |tỷ |tỉ |nghìn )?(?:đồng|usd|đ|người|kg|tấn|lít|tạ)(?: ?/ ?| một | mỗi )(\w+)"
)
_BACKGROUND = re.compile(
    r"\b(?:từ đầu (?:năm|tháng|mùa|vụ)|năm ngoái|năm trước|cùng kỳ|những năm|các năm|mỗi năm|hằng năm|"
    r"hàng năm|mấy năm|\d+ năm (?:qua|gần đây|trước|nay)|trước đây|lũy kế|tháng trước|tuần trước|"
    r"trong năm \d{4})\b"
)
_BETWEEN = re.compile(r"[ ,]*(?:và|với|cùng|gồm|có|còn|cộng)?[ ,]*\Z")
CONVERTED = 0.97
MORE_THAN = 1.34

_CONVERTED = re.compile(r"\b(?:tương đương|quy đổi|quy ra|tính ra)(?: với)?(?: khoảng| gần| hơn)? \Z")
_CLAUSE = re.compile(r",(?!\d)|\b(?:đã|đang|vừa)\b")
_CLAUSE_END = re.compile(r",(?!\d)|\bvà\b|\bcòn\b|\btrong đó\b")
_STOPS = re.compile(r"[;:]|\. ")
_BEHIND_STOPS = re.compile(rf"[;:](?!\d)|,(?!\d| [{UPPER}]| bò\b)|\. |\b(?:và|trong đó|gồm|còn)\b")
_ASIDE = re.compile(r"\([^()]{0,80}\)")


@dataclass(frozen=True, slots=True)
class Kind:
    """``name``: "mass", "people", "pigs", or the bare word; ``group``: of people, whom; ``factor``: to the
    measure's first unit; ``per``: of a price, for how much; ``words``: how many words of the unit name it.
    """

    name: str
    group: str = ""
    factor: float = 1.0
    per: str = ""
    words: int = 1


@dataclass(frozen=True, slots=True)
class Thing:
    """A number that a report states, once or again, and what it counts by all that stands around it."""

    kind: Kind
    quantity: Quantity
    stated: tuple[Stated, ...]
    acts: frozenset[str]
    words: frozenset[str]

    def agrees(self, other: Thing) -> bool:
        """Whether both may be the same number, in whatever measures."""
        one, two = _widened(self.quantity), _widened(other.quantity)
        if one.agrees(two) or rounds_to(one, two):
            return True
        converted = any(_CONVERTED.search(s.ahead) for s in (*self.stated, *other.stated))
        return converted and min(one.value, two.value) > CONVERTED * max(one.value, two.value)


def _widened(quantity: Quantity) -> Quantity:
    """ "Hơn 30" may be 38."""
    plain = quantity.value > 0 and len(f"{quantity.value:.0f}".rstrip("0")) == 1
    if plain and quantity.low == quantity.value < quantity.high:
        return replace(quantity, high=quantity.value * MORE_THAN)
    return quantity


def things_of(stated: Iterable[Stated]) -> tuple[Thing, ...]:
    """The numbers of a report with what each counts, the same one stated again taken together."""
    found: list[Thing] = []
    for each, ahead, behind in _with_windows(stated):
        thing = _thing(each, ahead, behind)
        for place, known in enumerate(found):
            if _same_again(known, thing):
                found[place] = replace(
                    known,
                    stated=(*known.stated, each),
                    acts=known.acts | thing.acts,
                    words=known.words | thing.words,
                )
                break
        else:
            found.append(thing)
    return tuple(found)


def may_be_same(one: Thing, other: Thing) -> bool:
    """Whether both may count the same by kind, acts and role, however little they have in common."""
    if not _same_kind(one, other) or opposed(one, other):
        return False
    fates = _families()["fate"] - acts_that("unsaid")
    return one.kind.name != PEOPLE or bool(one.acts & fates) == bool(other.acts & fates)


def opposed(one: Thing, other: Thing) -> bool:
    """Whether something else is done to what the one counts, or it has another role; those whom nothing
    befell are not the dead or the sick.
    """
    harmed = acts_that("lasting")
    if one.kind.name == other.kind.name == PEOPLE and bool(one.acts & harmed) != bool(other.acts & harmed):
        return True
    if one.kind.name in MONEY and one.acts & OF_ITS_OWN != other.acts & OF_ITS_OWN:
        return True
    for name, family in _families().items():
        kinds = _LEXICON["families"][name].get("kinds")
        mine, theirs = one.acts & family, other.acts & family
        if mine and theirs and not mine & theirs and (kinds is None or one.kind.name in kinds):
            return True
    return False


def in_common(one: Thing, other: Thing) -> int:
    """How much both have in common: content words, and acts for ``ACT_WEIGHT`` words each."""
    return len(one.words & other.words) + ACT_WEIGHT * len(one.acts & other.acts)


def of_one_sort(one: Thing, other: Thing) -> bool:
    """Whether they may be counted together: cars and lorries."""
    return any(one.kind.name in sort and other.kind.name in sort for sort in _LEXICON["sorts"].values())


def acts_that(change: str) -> frozenset[str]:
    """The acts whose numbers change in one way, by its name in ``things.toml``."""
    return frozenset(_LEXICON["change"][change])


def background(thing: Thing) -> bool:
    """Whether it is of another time than the event: "từ đầu năm", "năm ngoái"."""
    return all(_BACKGROUND.search(stated.ahead) for stated in thing.stated)


def _same_again(known: Thing, thing: Thing) -> bool:
    if known.quantity.value != thing.quantity.value:
        return False
    # A headline says in short what the text says of the same number.
    headline = any(stated.sentence.field == Field.TITLE for stated in known.stated)
    return may_be_same(known, thing) or (headline and _same_kind(known, thing))


def _same_kind(one: Thing, other: Thing) -> bool:
    mine, theirs = one.kind, other.kind
    if mine.per != theirs.per:
        return False
    if mine.name == theirs.name == PEOPLE:
        return ANYBODY in (mine.group, theirs.group) or mine.group == theirs.group
    if not (mine.name or theirs.name):
        return same_unit(one.stated[0].quantity, other.stated[0].quantity)
    return mine.name == theirs.name


def _thing(stated: Stated, ahead: str, behind: str) -> Thing:
    kind = _kind(stated)
    quantity = stated.quantity
    if kind.factor != 1.0:
        quantity = replace(
            quantity,
            value=quantity.value * kind.factor,
            low=quantity.low * kind.factor,
            high=quantity.high * kind.factor,
        )
    acts = _acts_of(ahead, behind)
    unit = set(quantity.unit[: kind.words])
    words = frozenset(content_words(words_of(ahead) + words_of(behind))) - unit - _capitalised(stated)
    return Thing(kind, quantity, (stated,), acts, words)


def _acts_of(ahead: str, behind: str) -> frozenset[str]:
    """What is done to those counted: as the words behind say and the clause ahead; what is further ahead
    counts only where neither says anything. Of one family the words behind go first.
    """
    after = set(_acts_in(behind))
    before = set(_acts_in(_CLAUSE.split(ahead)[-1]))
    if not after and not before:
        before = set(_acts_in(ahead))
    for family in _families().values():
        if after & family:
            before -= family
    return frozenset(after | before)


def _capitalised(stated: Stated) -> set[str]:
    """Words of names: those who tell of the same place need not count the same thing there."""
    cased = words_of(stated.sentence.cased)
    return {word.lower() for word in cased[1:] if word[0].isupper()}


def _kind(stated: Stated) -> Kind:
    quantity = stated.quantity
    if quantity.percent:
        return Kind("%")
    per = _PER.match(stated.behind)
    unit = list(quantity.unit)
    tail = stated.behind.split(",", 1)[0].replace("²", "2").replace("³", "3")
    exact = words_of(tail)[:4]
    for length in (4, 3, 2, 1):
        for words in (unit, exact):
            found = _named().get(" ".join(words[:length])) if len(words) >= length else None
            if found:
                return replace(found, per=per[1] if per else "", words=length)
    animal = unit[1:2] if unit[:1] == ["con"] else unit[2:3] if unit[:2] == ["cá", "thể"] else []
    if animal and animal[0] not in _named() and animal[0] not in _acts():
        return Kind(f"con {animal[0]}", words=len(unit[: unit.index(animal[0]) + 1]))
    if len(unit) > 1 and unit[0] in _CLASSIFIERS:
        found = _named().get(unit[1])
        return replace(found, words=2) if found else Kind("", words=2)
    return Kind("", per=per[1] if per else "")


def _with_windows(stated: Iterable[Stated]) -> Iterator[tuple[Stated, str, str]]:
    """Each number with the text ahead of and behind it that may speak of it. "39 hộ, 137 người": what is
    ahead of the first one is ahead of the second one, too.
    """
    before: Stated | None = None
    ahead = ""
    every = list(stated)
    for each, following in zip_longest(every, every[1:]):
        text = each.sentence.text
        if before is None or before.sentence is not each.sentence:
            ahead = _last_clauses(text[: each.quantity.start])
        else:
            between = text[before.quantity.end : each.quantity.start]
            if not _BETWEEN.fullmatch(_without_unit(between, before)):
                ahead = _without_first_clause(_last_clauses(between))
        end = following.quantity.start if following and following.sentence is each.sentence else len(text)
        behind = _behind(each.sentence.cased[each.quantity.end : end])
        yield each, ahead, behind
        before = each


def _last_clauses(text: str) -> str:
    """What stands ahead of a number since the last full stop."""
    return _STOPS.split(text)[-1][-REACH_AHEAD:]


def _behind(cased: str) -> str:
    """What follows a number up to the end of its clause; the names of where it was are no end."""
    return lowered(_BEHIND_STOPS.split(_ASIDE.sub(" ", cased))[0][:REACH_BEHIND])


def _without_unit(between: str, before: Stated) -> str:
    words = words_of(between)
    unit = before.quantity.unit
    count = 0
    while count < min(len(words), len(unit), _kind(before).words) and words[count] == unit[count]:
        count += 1
    rest = between
    for word in words[:count]:
        rest = rest.partition(word)[2]
    return rest


def _without_first_clause(between: str) -> str:
    """What follows the clause of the number before: up to a comma or "và" it speaks of that one."""
    return _CLAUSE_END.split(between, maxsplit=1)[-1]


def _acts_in(text: str) -> Iterator[str]:
    for found in _act_pattern().finditer(text):
        yield from _acts()[found.group()]


@cache
def _acts() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for act, phrases in _LEXICON["acts"].items():
        for phrase in phrases.split("|"):
            found.setdefault(phrase, set()).add(act)
    for phrase in _LEXICON["neutral"]["words"].split("|"):
        found.setdefault(phrase, set())
    return {phrase: frozenset(acts) for phrase, acts in found.items()}


@cache
def _act_pattern() -> re.Pattern[str]:
    phrases = sorted(_acts(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")


@cache
def _families() -> dict[str, frozenset[str]]:
    return {name: frozenset(family["acts"]) for name, family in _LEXICON["families"].items()}


@cache
def _named() -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for name, units in _LEXICON["measures"].items():
        for phrases, factor in units.items():
            found |= {phrase: Kind(name, factor=factor) for phrase in phrases.split("|")}
    for group, phrases in _LEXICON["people"].items():
        found |= {phrase: Kind(PEOPLE, group) for phrase in phrases.split("|")}
    for name, phrases in _LEXICON["nouns"].items():
        found |= {phrase: Kind(name) for phrase in phrases.split("|")}
    return found
