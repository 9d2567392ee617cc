"""Elasticsearch engines over indexes of their own, removed at the end."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from elasticsearch import Elasticsearch

from search.config import SearchConfig
from search.elastic import ElasticEngine
from search.port import SegmentSource, Texts, TextSource


def elastic_config(url: str, **more: object) -> SearchConfig:
    facts: dict[str, object] = {
        "folder": Path("unused"),
        "elasticsearch_url": url,
        "elasticsearch_timeout": 60.0,
    }
    return SearchConfig(**{**facts, **more})  # type: ignore[arg-type]


class SharedElastic:
    """One engine for many tests, emptied after each."""

    def __init__(self, url: str, segments: SegmentSource = lambda documents: {}):
        self.url = url
        self.prefix = f"test-{secrets.token_hex(4)}-"
        self.engine = ElasticEngine(elastic_config(url), self._texts, segments, prefix=self.prefix)
        self._store: TextSource = lambda ids: {}

    def _texts(self, ids: Sequence[int]) -> Mapping[int, Texts]:
        return self._store(ids)

    @contextlib.contextmanager
    def over(self, store: TextSource) -> Iterator[ElasticEngine]:
        self._store = store
        try:
            yield self.engine
        finally:
            self.engine.delete(list(self.engine.ids()))

    def remove(self) -> None:
        self.engine.close()
        remove(self.url, self.prefix)


def remove(url: str, prefix: str) -> None:
    with Elasticsearch(url, request_timeout=60) as client:
        for name in client.indices.get(index=f"{prefix}*", expand_wildcards="all"):
            client.indices.delete(index=name, ignore_unavailable=True)
        quiet = client.options(ignore_status=404)
        quiet.indices.delete_index_template(name=f"{prefix}*")
        quiet.cluster.delete_component_template(name=f"{prefix}*")
