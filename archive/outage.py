"""Remembers since when the search engine takes no articles, and since when it lacks some."""

from __future__ import annotations

from datetime import datetime

from archive.models import SearchOutage

_AWAY, _SHORT = SearchOutage.Kind.AWAY, SearchOutage.Kind.SHORT


def search_is_away(now: datetime) -> None:
    """Articles could not be indexed; an outage that is known already began earlier."""
    _begins(_AWAY, now)


def search_is_back() -> None:
    """Articles are indexed, or none waits."""
    SearchOutage.objects.filter(kind=_AWAY).delete()


def search_away_since() -> datetime | None:
    """When the outage began; None: there is none."""
    return outages().get(_AWAY)


def index_is_short(now: datetime) -> None:
    """The index lost articles, which are indexed again; if that is known already, it began earlier."""
    _begins(_SHORT, now)


def index_is_whole() -> None:
    """The index holds every article that it should."""
    SearchOutage.objects.filter(kind=_SHORT).delete()


def index_short_since() -> datetime | None:
    """When it was noticed that the index lacks articles; None: it does not."""
    return outages().get(_SHORT)


def outages() -> dict[str, datetime]:
    """``SearchOutage.Kind`` of what is amiss now to since when, by one query."""
    return dict(SearchOutage.objects.values_list("kind", "since"))


def _begins(kind: SearchOutage.Kind, now: datetime) -> None:
    SearchOutage.objects.get_or_create(kind=kind, defaults={"since": now})
