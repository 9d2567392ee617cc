"""What the Elasticsearch indexes look like, as JSON files, and their loader; nothing else.

``templates/``: one component template per subject and the index template that joins them. Indexes
are called ``diembao-articles-v1``, ``-v2``, ... A new one is built aside and swapped in by moving
aliases (``diembao-articles`` to read, ``diembao-articles-write`` to write), so rollover needs no
lifecycle module and an article, whose ``_id`` comes from its canonical URL, is never in two of them.
"""

from es_mappings.loader import (
    BUILD_ALIAS,
    COMPONENTS,
    INDEX_PREFIX,
    READ_ALIAS,
    TEMPLATE,
    VERSION,
    WRITE_ALIAS,
    differences,
    load,
)

__all__ = [
    "BUILD_ALIAS",
    "COMPONENTS",
    "INDEX_PREFIX",
    "READ_ALIAS",
    "TEMPLATE",
    "VERSION",
    "WRITE_ALIAS",
    "differences",
    "load",
]
