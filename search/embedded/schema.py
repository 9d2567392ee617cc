"""The fields of the tantivy index."""

from __future__ import annotations

import re

import tantivy

from search.indexed import ANALYSIS_VERSION, IndexedDocument
from search.port import Document
from search.text import pairs

_FIELDS_VERSION = 3  # raised whenever the fields change
SCHEMA_VERSION = f"tantivy-{_FIELDS_VERSION}/{ANALYSIS_VERSION}"
_VERSION = re.compile(r"tantivy-([0-9]{1,6})/([0-9]{1,6})")

FACET_FIELDS = ("outlet", "topic", "place", "about", "kind", "scope", "signal")


def build_schema() -> tantivy.Schema:
    """Words in folded and exact form with positions, values for filters and facets, sort keys.

    ``words`` holds title, lead and text as three values: a phrase cannot run from one into the next.
    ``pairs`` has a term at every place of ``words``. ``topic_set`` holds all topics as one value, for
    counting: a field with one value a document is read several times faster.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True, fast=True)
    builder.add_unsigned_field("recency", fast=True)
    builder.add_integer_field("day", fast=True)
    for name in ("words", "words_exact", "pairs", "title", "title_exact"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("has", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("story", tokenizer_name="raw", index_option="basic")
    for name in FACET_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("topic_set", tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


def is_later(version: str) -> bool:
    """Whether an index of that version was made by a later program than this one."""
    found = _VERSION.fullmatch(version)
    return found is not None and (int(found[1]) > _FIELDS_VERSION or int(found[2]) > ANALYSIS_VERSION)


def facet_values(document: Document) -> dict[str, tuple[str, ...]]:
    """The values of each facet field."""
    return {
        "outlet": (document.outlet,),
        "topic": document.topics,
        "place": document.places,
        "about": document.about,
        "kind": (document.outlet_kind,),
        "scope": (document.scope,),
        "signal": document.signals,
    }


def to_tantivy(prepared: IndexedDocument) -> tantivy.Document:
    """The document as tantivy takes it."""
    made = tantivy.Document()
    document = prepared.document
    made.add_unsigned("id", document.id)
    made.add_unsigned("recency", prepared.recency)
    made.add_integer("day", prepared.day)
    for folded, exact in zip(prepared.folded, prepared.exact, strict=True):
        made.add_text("words", folded)
        made.add_text("words_exact", exact)
        made.add_text("pairs", pairs.of_text(folded))
    made.add_text("title", prepared.folded[0])
    made.add_text("title_exact", prepared.exact[0])
    for term in prepared.has:
        made.add_text("has", term)
    if document.story:
        made.add_text("story", document.story)
    made.add_text("topic_set", " ".join(document.topics))
    for name, values in facet_values(document).items():
        for value in values:
            made.add_text(name, value)
    return made
