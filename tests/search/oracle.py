"""What a query must match, worked out the slow way: neither tokeniser nor engine is shared."""

from __future__ import annotations

import unicodedata
from zoneinfo import ZoneInfo

from search.port import Document
from search.query.tree import And, Days, Everything, Has, Near, Node, Not, Or, Term


def plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join("d" if c == "đ" else c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in plain(text)).split()


BOUNDARY = "|"


def matches(node: Node, document: Document) -> bool:
    match node:
        case Everything():
            return True
        case And(parts):
            return all(matches(part, document) for part in parts)
        case Or(parts):
            return any(matches(part, document) for part in parts)
        case Not(part):
            return not matches(part, document)
        case Term():
            return bool(_places(node, document))
        case Near(left, right, distance):
            return any(
                0 <= after - before - length <= distance
                for one, other in ((left, right), (right, left))
                for length in [len(one.folded)]
                for before in _places(one, document)
                for after in _places(other, document)
            )
        case Days(first, last):
            day = document.time.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date()
            return (first is None or first <= day) and (last is None or day <= last)
        case Has("outlet", value):
            return value in {"".join(words(document.outlet)), "".join(words(document.outlet_name))}
        case Has("topic", value):
            return value in {"".join(words(topic)) for topic in document.topics}
    raise TypeError(node)


def _places(term: Term, document: Document) -> list[int]:
    parts = [document.title] if term.title_only else [document.title, document.lead, document.text]
    have: list[str] = []
    for part in parts:
        have += [*words(part), BOUNDARY]
    wanted = list(term.folded)
    return [at for at in range(len(have)) if have[at : at + len(wanted)] == wanted]
