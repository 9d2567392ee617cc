"""Named sets over frozen inputs: what a counted sentence counted, so that it can be counted again.

all            every article of the week            topic:<id>   of a topic
outlet:<key>   of an outlet                         place:<code> that name a commune
kind:<kind>    of a kind of outlet                  scope:<local|national>
event:<n>      of the n-th event (from 1)           day:<ISO date>
outlets        outlets with an article (their keys) stories      stories with an article
verdict:<v>    decided findings                     cases:<kind> cases of the ledger
open           everything that waits for somebody   register     entries in force
reprints:<n>   reprints in the n-th event           before       every article of the week before
sent           documents sent in the week
late           found after the cut-off before       holidays, watch
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from archive.vietnam import VIETNAM
from briefings.inputs import ArticleInput, BeforeInput, Inputs

Counted = ArticleInput | BeforeInput


def members(inputs: Inputs, measure: str) -> list[str]:
    """What is in the set, as numbers of rows or keys, in order. Raises ``KeyError`` for an unknown one."""
    name, _, value = measure.partition(":")
    if name == "outlets":
        return sorted({row.outlet for row in inputs.articles})
    if name == "stories":
        return sorted({str(row.story or f"a{row.id}") for row in inputs.articles})
    if name == "event":
        return [str(row.id) for row in event_articles(inputs, int(value))]
    if name == "verdict":
        return [str(row.id) for row in inputs.findings if row.verdict == value]
    if name == "cases":
        return [row.key for row in inputs.cases if not value or row.kind == value]
    if name == "sent":
        return [row.case for row in inputs.sent]
    if name == "register":
        return [str(row.id) for row in inputs.register_entries]
    if name == "before":
        return [str(row.id) for row in inputs.before]
    if name == "open":
        return open_keys(inputs)
    if name == "reprints":
        return [str(row.id) for row in event_articles(inputs, int(value)) if row.id in inputs.reprints]
    if name == "late":
        return [str(number) for number in inputs.late_before]
    if name == "watch":
        return [row.outlet for row in inputs.watch]
    if name == "holidays":
        return [row.day.isoformat() for row in inputs.holidays]
    return [str(row.id) for row in counted(inputs.articles, measure)]


def counted(rows: Sequence[Counted], measure: str) -> list[Counted]:
    """The articles of a measure that counts articles. Raises ``KeyError`` for any other."""
    name, _, value = measure.partition(":")
    values = _VALUES[name]
    return [row for row in rows if value in values(row)]


_VALUES: Mapping[str, Callable[[Counted], Collection[str]]] = {
    "all": lambda row: ("",),
    "topic": lambda row: row.topics,
    "outlet": lambda row: (row.outlet,),
    "place": lambda row: row.places,
    "kind": lambda row: (row.kind,),
    "scope": lambda row: (row.scope,),
    "day": lambda row: (row.at.astimezone(VIETNAM).date().isoformat(),),
}


def event_articles(inputs: Inputs, number: int) -> list[ArticleInput]:
    """The articles of the n-th event, in the order of printing."""
    stories = set(inputs.groups[number - 1])
    rows = [row for row in inputs.articles if row.story in stories]
    return sorted(rows, key=lambda row: (row.at, row.id))


def open_keys(inputs: Inputs) -> list[str]:
    """Everything that waits for somebody: confirmed points, criticism, cases."""
    keys = [f"decision:{row.decision}" for row in inputs.findings if row.verdict in OPEN_VERDICTS]
    keys += [f"case:{row.key}" for row in inputs.cases if row.open]
    return keys


OPEN_VERDICTS = ("needs-reply", "valid-criticism")
