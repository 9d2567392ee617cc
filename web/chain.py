"""Whether the evidence rows of an article fit the chain around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.evidence import GENESIS, link
from archive.models import Snapshot


@dataclass(frozen=True, slots=True)
class Evidence:
    """One snapshot; ``linked``: its row has the chain value that follows from the row before it."""

    snapshot: Snapshot
    linked: bool


def evidence_of(snapshots: Iterable[Snapshot]) -> list[Evidence]:
    """Each snapshot checked against its predecessor, in one query. The files are not read here."""
    rows = list(snapshots)
    chains = dict(
        Snapshot.objects.filter(sequence__in=[row.sequence - 1 for row in rows]).values_list(
            "sequence", "chain"
        )
    )
    chains[0] = GENESIS
    return [Evidence(row, _linked(chains.get(row.sequence - 1), row)) for row in rows]


def _linked(previous: str | None, row: Snapshot) -> bool:
    return previous is not None and link(previous, row) == row.chain
