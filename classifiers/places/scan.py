"""Finds name-like stretches of a text and what stands around them; decides nothing about which unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from classifiers.places import words
from classifiers.places.lexicon import Entry, Lexicon
from classifiers.places.text import Prepared
from provinces.gazetteer import Level, Unit

_WORD_BEFORE = re.compile(r"([^\W\d_]+)(\W*)\Z")
_REST_OF_WORD = re.compile(r"[^\W\d_]+")
_NUMBERED = re.compile(r"(?<![^\W_])(quận|q\.|q|phường|p\.|p) ?(\d{1,2})(?![\w.]*\d)(?!\w)")
_INITIALS = re.compile(r"(?<!\w)[Tt]ỉnh ([A-ZĐ]{2,3})(?!\w)")
DASHES = frozenset("-–—")
_SENTENCE_END = re.compile(r"[.!?…\n] *\Z")


@dataclass(slots=True)
class Hit:
    """A name in the prepared text. ``start`` includes the level word, ``name_start`` does not.

    ``kind``: level word given, implied by a body ("Huyện ủy") or inherited in a list, "" when bare.
    ``own_level``: the level word is part of the span. ``listed``: follows the previous hit in a list.
    ``chained``: may be the parent of the previous hit ("xã A, huyện B"). ``weak``: only points to the
    place (an airport, a product). ``old``: marked "cũ", "trước đây".
    """

    start: int
    name_start: int
    end: int
    entry: Entry
    kind: str = ""
    own_level: bool = False
    listed: bool = False
    chained: bool = False
    weak: bool = False
    old: bool = False
    agency: bool = False
    capitals: bool = False
    bracketed: bool = False  # opens a bracket behind the previous hit
    supported: bool = False  # a preposition, agency or dateline before it
    candidates: list[Unit] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LandmarkHit:
    """A landmark that implies a province (code valid today)."""

    start: int
    end: int
    name: str
    code: str


def scan(text: Prepared, lexicon: Lexicon) -> tuple[list[Hit], list[LandmarkHit]]:
    """All name hits, left to right and without overlaps, and the landmarks."""
    raw: list[tuple[int, int, Entry | None]] = []
    cased, lowered = text.cased, text.lowered
    length = len(lowered)
    marks: list[LandmarkHit] = []
    for last, (size, entry) in lexicon.automaton.iter(lowered):
        start, end = last - size + 1, last + 1
        first = cased[start]
        if isinstance(entry, tuple):
            if _whole_landmark(cased, start, end, entry[0]):
                marks.append(LandmarkHit(start, end, *entry))
            continue
        if not first.isupper():
            continue
        if start and cased[start - 1].isalnum() and not (cased[start - 1].islower() and first.isupper()):
            continue
        if end < length and cased[end].isalnum() and not _may_end(cased, start, end):
            continue
        raw.append((start, end, entry))
    raw.extend(_former(text, lexicon, {(start, end): entry for start, end, entry in raw}))
    raw.extend(_numbered(text, lexicon))
    raw.extend(_initials(text, lexicon))
    raw.sort(key=lambda hit: (hit[0], -hit[1], not (hit[2] and hit[2].former)))
    hits: list[Hit] = []
    reached = 0
    killed_until = -1  # end of the last name that was no place: its list goes with it
    for start, end, entry in raw:
        if start < reached:
            continue
        if entry is None:
            reached = end
            continue
        if not _capitalised(cased, start, end, entry):
            continue
        hit = Hit(start, start, end, entry)
        if _describe(text, hit, hits[-1] if hits else None, killed_until):
            hits.append(hit)
        else:
            killed_until = end
        reached = end
    return hits, _longest(marks)


def _whole_landmark(cased: str, start: int, end: int, name: str) -> bool:
    """Whole words, and large where the name is: "sông Thương", not "tình thương"."""
    if (start and cased[start - 1].isalnum()) or (end < len(cased) and cased[end].isalnum()):
        return False
    given, named = cased[start:end].split(), name.split()
    return len(given) == len(named) and all(
        g[0].isupper() or not n[0].isupper() for g, n in zip(given, named, strict=True)
    )


def _longest(marks: list[LandmarkHit]) -> list[LandmarkHit]:
    """Of landmarks that overlap, the first and longest. A unit named inside one stays a unit."""
    kept: list[LandmarkHit] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _may_end(cased: str, start: int, end: int) -> bool:
    """Whether a name may end inside a word: "Hà TĩnhMưa", "Bình Xuyênđược"."""
    if cased[end].isdigit():
        return False
    if cased[end].isupper():
        return cased[end - 1].islower()
    rest = _REST_OF_WORD.match(cased, end)
    return rest is not None and rest.group() in words.FUSED_AFTER and " " in cased[start:end]


def _capitalised(cased: str, start: int, end: int, entry: Entry) -> bool:
    """Every syllable that the name writes large is large in the text."""
    stretch = cased[start:end]
    if entry.abbreviation:
        return stretch.replace(" ", "").replace(".", "")[-2:].isupper()
    if stretch.isupper() or stretch[:2] in {"TP", "Tp"}:
        return True
    given, named = stretch.split(), entry.name.split()
    if len(given) != len(named):
        return all(part[0].isupper() for part in given if part[0].isalpha())
    return all(g[0].isupper() or not n[0].isupper() for g, n in zip(given, named, strict=True))


_COMMUNE_NAMED = re.compile(
    r"(?<![^\W_])(xã|phường|thị trấn|Xã|Phường|Thị trấn) ((?:[^\W\d_]+ ){0,3}[^\W\d_]+)"
)


def _former(
    text: Prepared, lexicon: Lexicon, held: dict[tuple[int, int], Entry | None]
) -> list[tuple[int, int, Entry]]:
    """Communes named in full that merged before our oldest list."""
    found = []
    for match in _COMMUNE_NAMED.finditer(text.cased):
        syllables = match.group(2).split(" ")
        large = next((i for i, s in enumerate(syllables) if not s[0].isupper()), len(syllables))
        for count in range(min(large, 3), 0, -1):
            name = " ".join(syllables[:count])
            start = match.start(2)
            known = held.get((start, start + len(name)))
            entry = lexicon.former_commune(match.group(1).lower(), name, known)
            if entry:
                found.append((start, start + len(name), entry))
                break
    return found


def _numbered(text: Prepared, lexicon: Lexicon) -> list[tuple[int, int, Entry]]:
    found = []
    for match in _NUMBERED.finditer(text.lowered):
        level = "quận" if match.group(1)[0] == "q" else "phường"
        if len(match.group(1)) <= 2 and not text.cased[match.start()].isupper():
            continue
        name = f"{level} {int(match.group(2))}"
        units = lexicon.numbered.get(name)
        if units:
            entry = Entry(name, units, frozenset(unit.level for unit in units), False)
            found.append((match.start(), match.end(), entry))
    return found


def _initials(text: Prepared, lexicon: Lexicon) -> list[tuple[int, int, Entry]]:
    found = []
    for match in _INITIALS.finditer(text.cased):
        units = lexicon.initials.get(match.group(1).lower())
        if units:
            found.append(
                (match.start(), match.end(), Entry(match.group(), units, frozenset({Level.PROVINCE}), False))
            )
    return found


def _describe(text: Prepared, hit: Hit, previous: Hit | None, killed_until: int) -> bool:
    """Fills in what stands around a hit. False: it is no place at all."""
    cased, lowered = text.cased, text.lowered
    hit.capitals = cased[hit.name_start : hit.end].isupper() and not hit.entry.abbreviation
    before = lowered[max(0, hit.start - 60) : hit.start]
    _find_level(text, hit, before)
    numbered = hit.entry.name[-1].isdigit() or hit.entry.name.lower().startswith("tỉnh ")
    if numbered:
        hit.kind, hit.own_level = hit.entry.units[0].type, True
    if hit.own_level:
        before = lowered[max(0, hit.start - 60) : hit.start]
    after = lowered[hit.end : hit.end + 30]
    hit.old = bool(words.OLD_AFTER.match(after) or words.OLD_BEFORE.search(before))
    hit.agency = bool(words.AGENCY_BEFORE.search(before.rstrip()))
    _relate(text, hit, previous)
    at_start = not before.strip() or bool(_SENTENCE_END.search(before))
    hit.supported = hit.agency or bool(words.PREPOSITION_BEFORE.search(before)) or (
        at_start and bool(re.match(r" ?[-–—:(]", after))
    )  # fmt: skip
    if hit.own_level:
        return not (hit.entry.single and _goes_on(text, hit) and Level.COMMUNE in hit.entry.levels)
    if hit.entry.name == "Hồ Chí Minh" and not hit.kind and not hit.listed:
        return False
    if words.COMPANY_BEFORE.search(before):
        hit.weak = True
        return Level.PROVINCE in hit.entry.levels
    if words.NOT_A_PLACE_BEFORE.search(before):
        return False
    if killed_until >= 0 and not hit.kind and _continues(text, hit, killed_until):
        hit.weak = lowered[killed_until : hit.start].strip() in DASHES  # "cầu Ba Vì - Phú Thọ"
        return Level.PROVINCE in hit.entry.levels
    if words.SOFT_BEFORE.search(before.rstrip()) or (
        previous is not None
        and previous.weak
        and re.fullmatch(r" ?[-–—] ?", lowered[previous.end : hit.start])
    ):
        hit.weak = True
    return not (_is_person(text, hit, before) or _is_part_of_longer(text, hit))


def _find_level(text: Prepared, hit: Hit, before: str) -> None:
    match = words.LEVEL_BEFORE.search(before)
    if match and _is_level_word(text, hit, match):
        hit.kind, hit.own_level = words.LEVEL_WORDS[match.group(1)], True
        hit.start -= len(match.group())
        return
    body = words.BODY_BEFORE.search(before)
    if body:
        hit.kind = words.BODY_LEVELS[body.group(1)]
        return
    apart = words.LIST_LEVEL_BEFORE.search(before)
    if apart:
        hit.kind = apart.group(1)


def _is_level_word(text: Prepared, hit: Hit, match: re.Match[str]) -> bool:
    word, gap = match.group(1), match.group(2)
    start = hit.start - len(match.group())
    written = text.cased[start : start + len(word)]
    abbreviated = word not in words.FULL_LEVEL_WORDS
    if abbreviated and not written[0].isupper():
        return False
    if len(word) == 1 and not gap:
        return False
    if start == 0 or not text.cased[start - 1].isalnum():
        previous = _WORD_BEFORE.search(text.cased[max(0, start - 20) : start])
        is_initial = len(word.rstrip(".")) == 1 and previous and previous.group(2) == " "
        return not (
            is_initial and previous and previous.group(1)[0].isupper() and not previous.group(1).isupper()
        )
    run = re.search(r"[^\W\d_]+\Z", text.lowered[max(0, start - 12) : start])
    grown = text.cased[start].isupper() and text.cased[start - 1].islower()
    return bool(run and run.group() in words.FUSED_BEFORE) or grown


def _relate(text: Prepared, hit: Hit, previous: Hit | None) -> None:
    """Whether the hit goes on the previous one's list, or may be its parent."""
    if previous is None or hit.start - previous.end > 24:
        return
    gap = text.lowered[previous.end : hit.start]
    hit.listed = bool(words.LIST_GAP.match(gap))
    hit.chained = bool(words.CHAIN_GAP.match(gap)) and "và" not in gap
    hit.bracketed = "(" in gap


def _continues(text: Prepared, hit: Hit, killed_until: int) -> bool:
    gap = text.lowered[killed_until : hit.start]
    return len(gap) < 8 and bool(words.LIST_GAP.match(gap))


def _is_person(text: Prepared, hit: Hit, before: str) -> bool:
    """ "Trần Hòa Bình", "chị Kỳ Anh". Not after an abbreviation, nor in a headline in capitals."""
    if words.PERSON_TITLE_BEFORE.search(before):
        return True
    previous = _WORD_BEFORE.search(text.cased[max(0, hit.start - 16) : hit.start])
    if previous is None or previous.group(2) != " ":
        return False
    word = previous.group(1)
    return word in words.PERSON_NAMES and not hit.capitals


def _is_part_of_longer(text: Prepared, hit: Hit) -> bool:
    """ "Tân Sơn Nhất", "Hà Nội FC"; a headline in capitals needs punctuation around the name."""
    rest = text.cased[hit.end : hit.end + 24]
    if words.COMPANY_AFTER.match(rest):
        return True
    if hit.capitals and _in_capitals(text, hit):
        return not _stands_apart(text, hit)
    if Level.PROVINCE in hit.entry.levels or hit.kind:
        return False
    return (bool(re.match(r" [^\W\d_]", rest)) and rest[1].isupper()) or _capital_before(text, hit)


def _goes_on(text: Prepared, hit: Hit) -> bool:
    """ "xã Thanh" in "xã Thanh Nông": the next syllable is large, too."""
    rest = text.cased[hit.end : hit.end + 2]
    return not hit.capitals and len(rest) == 2 and rest[0] == " " and rest[1].isupper()


def _capital_before(text: Prepared, hit: Hit) -> bool:
    previous = _WORD_BEFORE.search(text.cased[max(0, hit.start - 16) : hit.start])
    if previous is None or previous.group(2) != " ":
        return False
    word = previous.group(1)
    at = hit.start - len(previous.group())
    return word[0].isupper() and not word.isupper() and at > 0 and not _sentence_start(text, at)


def _sentence_start(text: Prepared, at: int) -> bool:
    before = text.cased[max(0, at - 4) : at]
    return (
        not before.strip()
        or bool(_SENTENCE_END.search(before))
        or before.rstrip()[-1:] in {"(", '"', "“", ":"}
    )


def _in_capitals(text: Prepared, hit: Hit) -> bool:
    around = text.cased[max(0, hit.start - 12) : hit.start] + text.cased[hit.end : hit.end + 12]
    letters = [c for c in around if c.isalpha()]
    return len(letters) >= 3 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


_APART_BEFORE = re.compile(
    r"(?:^|[,:;.!?(\[\-–—“\"/\n]|\W(?:tại|ở|và|của|từ|đến|về|qua|cho|vùng|người|tỉnh|ubnd|công an)) ?\Z"
)
_APART_AFTER = re.compile(r"^ ?(?:$|[,:;.!?)\]\-–—”\"/(\n]|(?:và|đến|có|bị|sẽ|được|thành)\W)")


def _stands_apart(text: Prepared, hit: Hit) -> bool:
    before = bool(_APART_BEFORE.search(text.lowered[max(0, hit.start - 12) : hit.start]))
    after = bool(_APART_AFTER.match(text.lowered[hit.end : hit.end + 10]))
    return before and after if hit.entry.levels != {Level.PROVINCE} else before or after
