"""Keeps what was counted: the next page of a search is not counted again, nor is the same search."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable

import tantivy

from search.embedded.counts import Counts, count_all
from search.embedded.reader import View
from search.port import SearchRequest

_MOST = 200


class KeptCounts:
    """The last counts, per view: a commit makes another view, so none is ever out of date."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Counts] = OrderedDict()

    def count(self, view: View, match: tantivy.Query, request: SearchRequest) -> Counts:
        """What ``request`` wants counted of ``match``, which is its query and filters."""
        key = (
            view.token,
            request.query.root,
            request.filters,
            request.facets,
            request.facet_size,
            request.timeline,
        )
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        counts = count_all(view, match, request)
        with self._lock:
            self._kept[key] = counts
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return counts

    def forget(self) -> None:
        """Count everything anew."""
        with self._lock:
            self._kept.clear()
