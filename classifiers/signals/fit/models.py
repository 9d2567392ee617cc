"""The estimates: a share with a beta prior for a rule, a logistic model for a rule with features."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from classifiers.signals.fit.judged import Judged

SEEN_WEIGHT = 0.25
"""Weight of a finding in a text that the rules were written with. Of 0.1, 0.25, 0.5 and 1 those up to 0.25
foretell the unseen findings of rules and of figures about alike, and better than the greater ones."""
ALTERED_WEIGHT = 0.15
"""Weight of a pair of real reports of which one had its number changed: there are many of them."""
FOLDS = 10
S9_STRENGTH = 1.0
S1_STRENGTH = 3.0
"""How much the data count against the ridge penalty (C), chosen by cross-validation."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """``weights`` are never negative: every feature is something that speaks for a finding."""

    intercept: float
    weights: tuple[float, ...]

    def chance(self, features: Sequence[float]) -> float:
        """Probability that a finding with these features is right."""
        value = self.intercept + sum(w * f for w, f in zip(self.weights, features, strict=True))
        return 1.0 / (1.0 + exp(-value))


def beta_share(rows: Sequence[Judged]) -> float:
    """The share that was right by Laplace's rule of succession; seen ones count ``SEEN_WEIGHT``."""
    weights = [SEEN_WEIGHT if row.seen else 1.0 for row in rows]
    right = sum(weight for weight, row in zip(weights, rows, strict=True) if row.right)
    return (right + 1) / (sum(weights) + 2)


def fit_s9(rows: Sequence[Judged]) -> Logistic:
    """Pairs of one event share their weight: an accident told twenty times is hardly twenty judgements."""
    of_event = Counter(row.group for row in rows)
    return logistic(rows, [1 / sqrt(of_event[row.group]) for row in rows], S9_STRENGTH)


def fit_things(rows: Sequence[Judged]) -> Logistic:
    """Like ``fit_s9``; a number that was changed for the purpose counts less than what reports really say."""
    of_event = Counter((row.source, row.group) for row in rows)
    weights = [
        (ALTERED_WEIGHT if row.altered else 1.0) / sqrt(of_event[row.source, row.group]) for row in rows
    ]
    return logistic(rows, weights, S9_STRENGTH)


def fit_s1(rows: Sequence[Judged]) -> Logistic:
    """Figures in texts that the rules were written with count less."""
    return logistic(rows, [SEEN_WEIGHT if row.seen else 1.0 for row in rows], S1_STRENGTH)


def logistic(rows: Sequence[Judged], weights: Sequence[float], strength: float) -> Logistic:
    """The logistic model with ridge penalty and no negative weight. Raises ValueError without rows."""
    if not rows:
        raise ValueError("no judged rows: a model needs some that were right and some that were wrong")
    x = np.array([row.features for row in rows], dtype=float)
    y = np.array([row.right for row in rows], dtype=float)
    w = np.asarray(weights, dtype=float) * strength

    def loss(theta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = theta[0] + x @ theta[1:]
        off = w * (1.0 / (1.0 + np.exp(-z)) - y)
        value = float((w * (np.logaddexp(0.0, z) - y * z)).sum() + (theta[1:] ** 2).sum() / 2)
        return value, np.concatenate(([off.sum()], x.T @ off + theta[1:]))

    bounds = [(None, None), *[(0.0, None)] * x.shape[1]]
    start = np.zeros(x.shape[1] + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-14})
    return Logistic(round(float(found.x[0]), 4), tuple(round(float(value), 4) for value in found.x[1:]))


def unseen_chances(
    rows: Sequence[Judged], fit: Callable[[Sequence[Judged]], Logistic]
) -> list[tuple[float, Judged]]:
    """Each row's chance by a model that was fitted without its group (events or cases, tenfold)."""
    groups = {group: number % FOLDS for number, group in enumerate(dict.fromkeys(r.group for r in rows))}
    found: list[tuple[float, Judged]] = []
    for fold in sorted(set(groups.values())):
        model = fit([row for row in rows if groups[row.group] != fold])
        found += [(model.chance(row.features), row) for row in rows if groups[row.group] == fold]
    return found


def unseen_shares(rows: Sequence[Judged]) -> list[tuple[float, Judged]]:
    """Each row's score by the other rows of its rule."""
    of_rule: dict[str, list[Judged]] = defaultdict(list)
    for row in rows:
        of_rule[row.rule].append(row)
    return [
        (beta_share([other for other in of_rule[row.rule] if other.case != row.case]), row) for row in rows
    ]
