"""What a reprint changed of the text that it took."""

from __future__ import annotations

from dataclasses import dataclass

from archive.diff import Version, compare
from archive.models import Article


@dataclass(frozen=True, slots=True)
class Differences:
    """Numbers of sentences left out, put in and changed (title, lead and text together).

    ``material``: what changed inside of sentences that both have, of numbers, names, negation, headline. A
    sentence that was left out whole makes nothing material: shortening is what aggregators do.
    """

    removed: int
    added: int
    changed: int
    material: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Whether anything differs but white space."""
        return bool(self.removed or self.added or self.changed)


def differences(taken: Article, printed: Article) -> Differences:
    """From the text that was taken to the one that was printed, in their newest versions."""
    changes = compare(
        Version(taken.title, taken.lead, taken.text), Version(printed.title, printed.lead, printed.text)
    )
    kinds = [change.kind for change in changes]
    material = dict.fromkeys(
        kind for change in changes if change.kind == "changed" for kind in change.material
    )
    return Differences(kinds.count("removed"), kinds.count("added"), kinds.count("changed"), tuple(material))
