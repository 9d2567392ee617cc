"""Facets of a title, the mentions that bear them out or speak against them, and features of both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import log

from classifiers.signals.headline.candidate import clause
from classifiers.signals.headline.certainty import HEDGED as LOOSE
from classifiers.signals.headline.facets.families import FAMILIES, Family
from classifiers.signals.headline.slots.slot import Place, content, masked
from classifiers.signals.headline.slots.stance import DENIED, HEDGED, denied, hedged
from classifiers.signals.reading import Reading, Sentence, tokens_of

FEATURES = (
    "against: title in sentence",
    "against: clause in sentence",
    "against: title near",
    "against: word pairs",
    "against: same word before",
    "against: same words behind",
    "against: early",
    "against: own word denied",
    "against: own word only expected",
    "against: hedged",
    "against: often",
    "against: earlier",
    "against: another",
    "for: title in sentence",
    "for: title near",
    "for: often",
    "for: hedged",
    "loosely for: best",
    "loosely for: often",
    "difference",
    "own word in text",
    "title in text",
    "title long",
    "short text",
    "at the end of the title",
    "title doubts",
    "title hedges",
    "title quotes",
    "several words",
)
REACH = 60
EARLY = 3
MOST = 40
"""Mentions looked at; a longer text says the same again."""
SHORTEST, LONGEST = 300, 9_000
_DENIES = re.compile(r"(?:không|chưa)\b(?! còn)")
_UNMEANT = re.compile(
    r"\b(?:suýt|hụt|giả|giả vờ|thử|yêu cầu|kêu gọi|đòi|đến lúc|chống|phòng|tránh|ngăn)(?: \w+){0,3} \Z"
)
_EARLIER = re.compile(
    r"\b(?:trước đó|trước đây|hồi (?:tháng|năm|đầu|cuối)|từng|năm ngoái|năm trước|cùng kỳ|ban đầu|lúc đầu|"
    r"vốn|lẽ ra|nếu|đáng lẽ|theo kế hoạch)\b"
)
_ANOTHER = re.compile(
    r"\A(?:riêng|ngoài ra|trong khi đó|bên cạnh đó|mặt khác|tương tự|cũng|khi)\b|\b(?:còn lại|khác)\b"
)
_FROM_DAY = re.compile(
    r"\b(?:từ (?:ngày|tháng|năm|quý|đầu|cuối|hôm|\d)|(?:tuần|tháng|năm) (?:tới|sau)|ngày mai)\b"
)
_QUOTED = re.compile(r"[\"“”'‘’]")


@dataclass(frozen=True, slots=True)
class Facet:
    """``start``..``end`` of the title claims a ``state`` ("casualties.dead"); ``sentence`` denies it."""

    state: str
    start: int
    end: int
    sentence: Sentence
    begin: int
    stop: int
    features: tuple[float, ...]


class Words:
    """How much each word of a title tells within its text: rarer ones more."""

    def __init__(self, target: Reading) -> None:
        self.spoken = [frozenset(t.word for t in words) for words in target.spoken]
        self.index = {id(s): n for n, s in enumerate(target.sentences)}
        told: Counter[str] = Counter()
        wanted = content(target.title.text)
        for words in self.spoken:
            told.update(words & wanted)
        many = len(self.spoken) + 1
        self.weight = {word: log(1 + many / (1 + told[word])) for word in wanted}

    def share(self, wanted: set[str], words: frozenset[str] | set[str]) -> float:
        """The weighted share of the wanted words that are among the others."""
        total = sum(self.weight.get(word, 1.0) for word in wanted)
        return sum(self.weight.get(word, 1.0) for word in wanted & words) / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of the text with how well the title matches around it."""

    place: Place
    share: float
    part: float
    near: float
    pairs: float
    before: float
    behind: float
    early: float

    @property
    def match(self) -> float:
        """One figure to choose the best by."""
        return self.share + self.near + 0.5 * self.part + 0.3 * (self.before + self.behind)


def facets(target: Reading) -> Iterator[Facet]:
    """Every claim of the title that some sentence speaks against."""
    title = target.title
    if title.cased.isupper():
        return
    told = masked(title)
    words: Words | None = None
    for family in FAMILIES:
        matches = list(family.pattern.finditer(told))
        if not matches:
            continue
        claimed = {str(m.lastgroup) for m in matches}
        for match in matches:
            state = str(match.lastgroup)
            if state not in family.against or any(s in claimed for s in family.against[state]):
                continue
            before = told[: match.start()]
            if _DENIES.match(match.group()) or DENIED.search(before) or _UNMEANT.search(before):
                continue
            words = words or Words(target)
            found = _facet(target, told, family, state, match, words)
            if found:
                yield found


def _facet(
    target: Reading, told: str, family: Family, state: str, match: re.Match[str], words: Words
) -> Facet | None:
    start, end = match.span()
    negated = False
    title_hedged = bool(HEDGED.search(told[:start]) or _FROM_DAY.search(told))
    title = target.title.text
    rest = content(f"{title[:start]} {title[end:]}")
    begin, stop = clause(told, start, end)
    near_rest = content(f"{title[begin:start]} {title[end:stop]}") or rest
    rest_pairs = set(pairwise(t.word for t in tokens_of(title)))
    good = {state, *family.also.get(state, ())}
    bad = set(family.against[state])
    loose = set(family.loosely.get(state, ()))
    loosely: list[Mention] = []
    support: list[Mention] = []
    against: list[tuple[Mention, str]] = []
    expected = 0
    seen = 0
    for number, sentence in enumerate(target.sentences):
        for found in family.pattern.finditer(sentence.text):
            group = str(found.lastgroup)
            if group not in good and group not in bad and group not in loose:
                continue
            seen += 1
            if seen > MOST:
                break
            place = Place(sentence, found.start(), found.end())
            deny, hedge = denied(place), hedged(place)
            mention = _mention(target, place, number, words, rest, near_rest, rest_pairs, title, start, end)
            if group in loose:
                loosely.append(mention)
                continue
            own = group in good
            if own != (deny != negated):
                # said as the title says it
                if own and hedge and not title_hedged and not negated:
                    expected += 1
                    against.append((mention, "expected"))
                elif own or (negated and deny != own):
                    support.append(mention)
            elif not (hedge and not own and state in family.now):
                against.append((mention, "denied" if own else ("hedged" if hedge else "state")))
    if not against:
        return None
    worst, kind = max(against, key=lambda a: a[0].match - (0.5 if a[1] == "expected" else 0.0))
    best = max(support, key=lambda m: m.match, default=None)
    features = (
        worst.share,
        worst.part,
        worst.near,
        worst.pairs,
        worst.before,
        worst.behind,
        worst.early,
        float(kind == "denied"),
        float(kind == "expected"),
        float(kind == "hedged"),
        min(len(against), 5) / 5,
        float(bool(_EARLIER.search(worst.place.sentence.text))),
        float(bool(_ANOTHER.search(worst.place.sentence.text))),
        best.share if best else 0.0,
        best.near if best else 0.0,
        min(len(support), 4) / 4,
        min(expected, 3) / 3,
        max((m.match for m in loosely), default=0.0),
        min(len(loosely), 5) / 5,
        worst.match - (best.match if best else 0.0),
        float(match.group() in target.body),
        len(rest & target.vocabulary) / max(1, len(rest)),
        min(len(rest), 12) / 12,
        min(1.0, 1.0 - log(max(len(target.body), SHORTEST) / SHORTEST) / log(LONGEST / SHORTEST)),
        float(start > len(told) / 2),
        float(bool(LOOSE.search(told[:start] + told[end:]))),
        float(title_hedged),
        float(bool(_QUOTED.search(told))),
        float(" " in match.group()),
    )
    place = worst.place
    return Facet(f"{family.name}.{state}", begin, stop, place.sentence, place.start, place.end, features)


def _mention(
    target: Reading,
    place: Place,
    number: int,
    words: Words,
    rest: set[str],
    part: set[str],
    pairs: set[tuple[str, str]],
    title: str,
    start: int,
    end: int,
) -> Mention:
    text = place.sentence.text
    spoken = words.spoken[number]
    before, behind = text[: place.start], text[place.end :]
    near = {t.word for t in tokens_of(f"{before[-REACH:]} {behind[:REACH]}")}
    return Mention(
        place,
        words.share(rest, spoken),
        words.share(part, spoken),
        words.share(rest, near),
        len(pairs & target.spoken_pairs[number]) / max(1, len(pairs)),
        float(_same(_last(title[:start]), _last(before))),
        float(_same(_first(title[end:]), _first(behind))),
        float(number < EARLY),
    )


def _last(text: str) -> str:
    return text[-30:].split()[-1].strip('.,:;"“”') if text[-30:].split() else ""


def _first(text: str) -> str:
    return text[:30].split()[0].strip('.,:;"“”') if text[:30].split() else ""


def _same(one: str, other: str) -> bool:
    return bool(one) and one == other
