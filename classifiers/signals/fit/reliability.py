"""Whether scores keep what they promise: bins of score against the share that was right, and Brier scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from classifiers.signals.fit.judged import judged_figures, judged_findings, judged_pairs, judged_things
from classifiers.signals.fit.models import fit_s1, fit_s9, fit_things, unseen_chances, unseen_shares

EDGES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)

Scored = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Group:
    """``score``: the mean; ``right``: the share; ``brier``: mean square of score minus outcome."""

    name: str
    findings: int
    score: float
    right: float
    brier: float

    @property
    def constant(self) -> float:
        """The Brier score of giving every finding the group's own share: what a useful score is below."""
        return self.right * (1 - self.right)


def bins(scored: Sequence[Scored]) -> list[Group]:
    """A group for each stretch of scores that has any, rising."""
    found = []
    for low, high in pairwise(EDGES):
        here = [(score, right) for score, right in scored if low <= score < high or score == high == 1.0]
        if here:
            found.append(group(f"{low:.1f}-{high:.1f}", here))
    return found


def group(name: str, scored: Sequence[Scored]) -> Group:
    """The figures of some findings. Raises ValueError without any."""
    if not scored:
        raise ValueError(f"{name}: no findings to compare scores with")
    count = len(scored)
    return Group(
        name,
        count,
        sum(score for score, _ in scored) / count,
        sum(right for _, right in scored) / count,
        sum((score - right) ** 2 for score, right in scored) / count,
    )


def judged_scores() -> dict[str, list[Scored]]:
    """By signal: every judged finding outside seen texts with the score it gets without itself.

    Pairs of S9 from cases are among them: without, hardly any would be right but of one accident.
    """
    found: dict[str, list[Scored]] = defaultdict(list)
    for score, row in (
        *unseen_chances(judged_figures(), fit_s1),
        *unseen_shares(judged_findings()),
        *unseen_chances(judged_pairs(), fit_s9),
        *((score, row) for score, row in unseen_chances(judged_things(), fit_things) if not row.altered),
    ):
        signal = row.rule.partition(".")[0]
        if not row.seen or signal == "S9":
            found[signal].append((score, row.right))
    return dict(sorted(found.items(), key=lambda item: int(item[0][1:])))


def table(by_signal: dict[str, list[Scored]]) -> Iterator[str]:
    """Lines for a terminal or a file."""
    everything = [scored for rows in by_signal.values() for scored in rows]
    yield "score      findings  mean score  right   Brier  (constant)"
    for each in (
        *bins(everything),
        *(group(name, rows) for name, rows in by_signal.items()),
        group("all", everything),
    ):
        yield (
            f"{each.name:9} {each.findings:9d} {each.score:11.3f} {each.right:6.3f} {each.brier:7.4f} "
            f"{each.constant:11.4f}"
        )
