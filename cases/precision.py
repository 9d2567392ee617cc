"""How often findings were right, by people's decisions: by signal, topic, kind of outlet and week.

A finding was right when there was something to mend: the coverage ("Cần phản hồi") or our own register
("Đính chính sổ số liệu"). It was not when it was a false alarm or the article was valid criticism.
Outlets and journalists are never scored: an outlet appears only by its kind.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import sqrt
from typing import Protocol

from archive.models import Finding
from archive.vietnam import VIETNAM
from cases.models import Decision

RIGHT = frozenset({Decision.Verdict.NEEDS_REPLY, Decision.Verdict.REGISTER_CORRECTED})
Z95 = 1.959964
FEW = 10  # fewer decisions than this say little, and the page says so


@dataclass(frozen=True, slots=True)
class Decided:
    """A finding with its newest verdict. ``overturned``: how many earlier verdicts it overturned."""

    signal: str
    score: float
    verdict: str
    week: date  # its Monday, of the newest verdict
    outlet_kind: str
    topics: tuple[str, ...]
    overturned: int = 0

    @property
    def right(self) -> bool:
        """Whether there was something to mend."""
        return self.verdict in RIGHT


class _Verdict(Protocol):
    """The columns of a decision that count."""

    finding: int
    article: int
    signal: str
    score: float
    verdict: str
    at: datetime
    article__outlet__kind: str


@dataclass(frozen=True, slots=True)
class Precision:
    """Counts of a group of findings, and their precision with its 95 % interval (Wilson)."""

    name: str
    decided: int
    right: int
    verdicts: dict[str, int]
    overturned: int
    low: float
    high: float

    @property
    def share(self) -> float | None:
        """Right of decided; None without any."""
        return self.right / self.decided if self.decided else None

    @property
    def few(self) -> bool:
        """Too few to conclude from."""
        return self.decided < FEW


def decided_findings() -> list[Decided]:
    """Every signal finding that people decided on, in two queries that read no text."""
    topics = _topics()
    chains: dict[int, list[_Verdict]] = defaultdict(list)
    rows = Decision.objects.order_by("at", "pk")
    for row in rows.values_list(
        "finding", "article", "signal", "score", "verdict", "at", "article__outlet__kind", named=True
    ).iterator():
        chains[row.finding].append(row)
    return [_decided(chain, topics.get(chain[0].article, ())) for chain in chains.values()]


def _topics() -> dict[int, tuple[str, ...]]:
    """Topics by article, of those with decisions."""
    topics: dict[int, dict[str, None]] = defaultdict(dict)
    found = Finding.objects.filter(kind="topic", article__in=Decision.objects.order_by().values("article"))
    found = found.exclude(status=Finding.Status.FALSE_ALARM).order_by("pk")
    for article, topic in found.values_list("article_id", "label"):
        topics[article][topic] = None
    return {article: tuple(names) for article, names in topics.items()}


def _decided(chain: Sequence[_Verdict], topics: tuple[str, ...]) -> Decided:
    newest = chain[-1]
    return Decided(
        signal=newest.signal,
        score=newest.score,
        verdict=newest.verdict,
        week=week_of(newest.at),
        outlet_kind=newest.article__outlet__kind,
        topics=topics,
        overturned=sum(a.verdict != b.verdict for a, b in pairwise(chain)),
    )


def week_of(at: datetime) -> date:
    """The Monday of the week in Việt Nam."""
    day = at.astimezone(VIETNAM).date()
    return day - timedelta(days=day.weekday())


def overall(rows: Iterable[Decided]) -> Precision:
    """All of them as one group."""
    return _precision("", list(rows))


def by_signal(rows: Iterable[Decided]) -> list[Precision]:
    """In the order of the signals' numbers."""
    groups = _grouped(rows, lambda row: (row.signal,))
    order = sorted(groups, key=lambda name: (len(str(name)), str(name)))
    return [_precision(str(name), groups[name]) for name in order]


def by_topic(rows: Iterable[Decided]) -> list[Precision]:
    """Most decided first; an article with two topics counts for both."""
    return _largest_first(_grouped(rows, lambda row: row.topics))


def by_outlet_kind(rows: Iterable[Decided]) -> list[Precision]:
    """Most decided first."""
    return _largest_first(_grouped(rows, lambda row: (row.outlet_kind,)))


def by_week(rows: Sequence[Decided], last: date, weeks: int) -> list[tuple[date, Precision]]:
    """The ``weeks`` weeks up to that of ``last``, oldest first, weeks without decisions included."""
    groups = _grouped(rows, lambda row: (row.week,))
    monday = last - timedelta(days=last.weekday())
    days = [monday - timedelta(weeks=back) for back in range(weeks - 1, -1, -1)]
    return [(day, _precision(day.isoformat(), groups.get(day, []))) for day in days]


def wilson(right: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share; (0, 1) when nothing is known."""
    if not total:
        return 0.0, 1.0
    share, square = right / total, Z95 * Z95
    middle = (share + square / (2 * total)) / (1 + square / total)
    half = Z95 / (1 + square / total) * sqrt(share * (1 - share) / total + square / (4 * total * total))
    return max(0.0, middle - half), min(1.0, middle + half)


def _grouped(
    rows: Iterable[Decided], keys: Callable[[Decided], Iterable[Hashable]]
) -> dict[Hashable, list[Decided]]:
    groups: dict[Hashable, list[Decided]] = defaultdict(list)
    for row in rows:
        for key in keys(row):
            groups[key].append(row)
    return groups


def _largest_first(groups: dict[Hashable, list[Decided]]) -> list[Precision]:
    order = sorted(groups, key=lambda name: (-len(groups[name]), str(name)))
    return [_precision(str(name), groups[name]) for name in order]


def _precision(name: str, rows: Sequence[Decided]) -> Precision:
    right = sum(row.right for row in rows)
    low, high = wilson(right, len(rows))
    verdicts = Counter(row.verdict for row in rows)
    return Precision(
        name=name,
        decided=len(rows),
        right=right,
        verdicts={str(verdict): verdicts[verdict] for verdict in Decision.Verdict},
        overturned=sum(row.overturned > 0 for row in rows),
        low=low,
        high=high,
    )
