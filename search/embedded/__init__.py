"""The engine that needs nothing beside the program: tantivy, in a folder of its own."""

from search.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
