"""The articles as their newsrooms wrote them, read from ``articles/*.toml``.

Times in the files are relative, so that the demo is always the last two weeks up to now:
``day`` and ``time`` (Việt Nam's clock; day 0 is the day the world starts), or ``live`` (its place in the
queue of articles that appear after the start). An aggregator's reprint names its origin instead.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "articles"


@dataclass(frozen=True, slots=True)
class Draft:
    """The words of an article at one moment. Paragraphs hold no line breaks."""

    title: str
    lead: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraphs, separated by one line break."""
        return "\n".join(self.paragraphs)

    def replaced(self, old: str, new: str) -> Draft:
        """The draft with ``old`` written as ``new`` wherever it stands; ``ValueError`` if nowhere."""
        changed = Draft(
            self.title.replace(old, new),
            self.lead.replace(old, new),
            tuple(paragraph.replace(old, new) for paragraph in self.paragraphs),
        )
        if changed == self:
            raise ValueError(f"{old!r} does not stand in the article {self.title!r}")
        return changed


@dataclass(frozen=True, slots=True)
class Revision:
    """A silent edit: ``after`` minutes after the article could first be seen."""

    after: float
    kind: str  # number, headline, negation, name
    replace: tuple[tuple[str, str], ...]

    def apply(self, draft: Draft) -> Draft:
        """The draft after this edit."""
        for old, new in self.replace:
            draft = draft.replaced(old, new)
        return draft


@dataclass(frozen=True, slots=True)
class Written:
    """An article of one outlet, with what later happens to it.

    Exactly one of ``time`` (with ``day``), ``live`` and ``reprint_of`` says when it appears.
    """

    id: str
    outlet: str
    section: str
    draft: Draft
    caption: str = ""
    tags: tuple[str, ...] = ()
    day: int = 0
    time: time | None = None
    live: int | None = None
    reprint_of: str = ""
    after: float = 0.0  # minutes after the origin
    shortened_to: int = 0  # paragraphs that a reprint keeps
    revisions: tuple[Revision, ...] = ()
    removed_after: float | None = None  # minutes, counted as for a revision


def read_articles(folder: Path = FOLDER) -> tuple[Written, ...]:
    """All articles, origins before reprints. The file name is the outlet's id."""
    originals: dict[str, Written] = {}
    reprints: list[tuple[str, dict[str, Any]]] = []
    for outlet, values in _tables(folder):
        if "reprint_of" in values:
            reprints.append((outlet, values))
        else:
            originals[values["id"]] = _original(outlet, values)
    copies = [_reprint(outlet, values, originals[values["reprint_of"]]) for outlet, values in reprints]
    return (*originals.values(), *copies)


def _tables(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted(folder.glob("*.toml")):
        for values in tomllib.loads(file.read_text(encoding="utf-8"))["article"]:
            yield file.stem.split(".")[0], values


def _original(outlet: str, values: dict[str, Any]) -> Written:
    paragraphs = tuple(" ".join(block.split()) for block in values["text"].strip().split("\n\n"))
    return Written(
        id=values["id"],
        outlet=outlet,
        section=values["section"],
        draft=Draft(values["title"], values["lead"], paragraphs),
        caption=values.get("caption", ""),
        tags=tuple(values.get("tags", ())),
        day=values.get("day", 0),
        time=time.fromisoformat(values["time"]) if "time" in values else None,
        live=values.get("live"),
        revisions=_revisions(values),
        removed_after=values.get("removed_after"),
    )


def _reprint(outlet: str, values: dict[str, Any], origin: Written) -> Written:
    kept = values["paragraphs"]
    return Written(
        id=values["id"],
        outlet=outlet,
        section=values["section"],
        draft=Draft(values["title"], origin.draft.lead, origin.draft.paragraphs[:kept]),
        tags=tuple(values.get("tags", ())),
        reprint_of=origin.id,
        after=values["after"],
        shortened_to=kept,
        revisions=_revisions(values),
        removed_after=values.get("removed_after"),
    )


def _revisions(values: dict[str, Any]) -> tuple[Revision, ...]:
    return tuple(
        Revision(
            after=revision["after"],
            kind=revision["kind"],
            replace=tuple((old, new) for old, new in revision["replace"]),
        )
        for revision in values.get("revision", ())
    )
