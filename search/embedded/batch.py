"""Matching of a small batch in an index in memory: rules are asked while the engine itself is away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import tantivy
from tantivy import Order

from search.embedded import compile as compiler
from search.embedded.schema import build_schema, to_tantivy
from search.indexed import UnfitDocument, prepare
from search.port import Document
from search.query.tree import ParsedQuery

_HEAP = 15_000_000  # bytes; the least that tantivy takes


def match_batch(queries: Mapping[str, ParsedQuery], documents: Iterable[Document]) -> dict[str, list[int]]:
    """Which of ``documents`` match each named query, ids rising: what ``SearchEngine.match`` would answer.

    Nothing is written anywhere. A document that no engine can take matches nothing.
    """
    schema = build_schema()
    index = tantivy.Index(schema)
    writer = index.writer(_HEAP, 1)
    for document in {document.id: document for document in documents}.values():
        try:
            writer.add_document(to_tantivy(prepare(document)))
        except UnfitDocument:
            continue
    writer.commit()
    index.reload()
    searcher = index.searcher()
    if not searcher.num_docs:
        return {name: [] for name in queries}
    found: dict[str, list[int]] = {}
    for name, parsed in queries.items():
        match = compiler.matching(schema, parsed.root)
        hits = searcher.search(match, searcher.num_docs, count=False, order_by_field="id", order=Order.Asc)
        found[name] = [int(number) for number, _ in hits.hits]
    return found
