"""What both engines store of a document, worked out once so that they cannot differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from search.port import LARGEST_ID, Document
from search.query.values import outlet_keys, place_key, topic_keys
from search.text.normal import joined_forms, key

ANALYSIS_VERSION = 3
"""Raised whenever words, keys or the rules below change: an index of another version is rebuilt."""

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_YEAR_1900 = datetime(1900, 1, 1, tzinfo=UTC)
_ID_BITS = 31


class UnfitDocument(ValueError):
    """A document that no engine can take, with the reason; the rest of its batch goes on."""


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """Words joined by spaces per part (title, lead, text), marks for ``Has``, and sort keys.

    ``runs`` are the folded words of each run without white space (``search.text.normal.folded_runs``).
    ``recency`` rises with time, then id, and is unique; ``day`` is ``date.toordinal`` in Việt Nam.
    """

    document: Document
    folded: tuple[str, str, str]
    exact: tuple[str, str, str]
    runs: tuple[list[str], list[str], list[str]]
    has: tuple[str, ...]
    day: int
    recency: int


def day_number(time: datetime) -> int:
    """The day in Việt Nam of an aware time, as ``date.toordinal``."""
    return time.astimezone(VIETNAM).date().toordinal()


def day_of(number: int) -> date:
    """The day of a ``day_number``."""
    return date.fromordinal(number)


def has_term(name: str, value: str) -> str:
    """The term that stands for ``Has(name, value)`` in an index."""
    return f"{name}:{value}"


def prepare(document: Document) -> IndexedDocument:
    """Raises ``UnfitDocument`` when the document cannot be indexed."""
    if not 0 <= document.id <= LARGEST_ID:
        raise UnfitDocument(f"id {document.id} is not between 0 and {LARGEST_ID}")
    time = document.time
    if time.tzinfo is None:
        raise UnfitDocument(f"time {time} has no zone")
    seconds = int((time - _YEAR_1900).total_seconds())
    if not 0 <= seconds < 2**33:
        raise UnfitDocument(f"time {time} is no time of the press")
    parts = [joined_forms(part) for part in (document.title, document.lead, document.text)]
    for text in (document.title, document.lead, document.text, document.outlet_name, *document.place_names):
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise UnfitDocument(f"text is not valid Unicode: {error.reason}") from error
    return IndexedDocument(
        document,
        exact=(parts[0][0], parts[1][0], parts[2][0]),
        folded=(" ".join(parts[0][1]), " ".join(parts[1][1]), " ".join(parts[2][1])),
        runs=(parts[0][1], parts[1][1], parts[2][1]),
        has=_has(document),
        day=day_number(time),
        recency=seconds << _ID_BITS | document.id,
    )


def _has(document: Document) -> tuple[str, ...]:
    terms = [has_term("outlet", value) for value in outlet_keys(document.outlet, document.outlet_name)]
    terms += [has_term("topic", key(topic)) for topic in document.topics]
    terms += [has_term("topic", value) for name in document.topic_names for value in topic_keys(name)]
    terms += [has_term("place", key(code)) for code in document.places]
    terms += [has_term("place", place_key(name)) for name in document.place_names]
    terms += [has_term("signal", key(signal)) for signal in document.signals]
    if document.signals:
        terms.append(has_term("signal", ""))
    terms += [has_term("kind", document.outlet_kind), has_term("scope", document.scope)]
    terms.append(has_term("gone", "yes" if document.gone else "no"))
    return tuple(dict.fromkeys(terms))
