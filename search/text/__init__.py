"""How Vietnamese text becomes words: the same for indexing, queries, highlights and both engines."""
