"""The engine that scales out: Elasticsearch 8 or 9."""

from search.elastic.engine import ElasticEngine

__all__ = ["ElasticEngine"]
