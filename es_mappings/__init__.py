"""What the Elasticsearch indexes look like, as JSON files, and their loader; nothing else.

``templates/``: one component template per subject, the index template that joins them, and when an
index rolls over. Indexes are called ``diembao-articles-v1``, ``-v2``, ... behind two aliases
(``diembao-articles`` to read, ``diembao-articles-write`` to write). A rebuild makes a new one aside and
moves the aliases; at its size limit an index stays and the next begins. Neither needs a lifecycle module,
and an article, whose ``_id`` comes from its canonical URL, is never in two of them.
"""

from es_mappings.loader import (
    BUILD_ALIAS,
    COMPONENTS,
    INDEX_PREFIX,
    READ_ALIAS,
    ROLLOVER,
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
    "ROLLOVER",
    "TEMPLATE",
    "VERSION",
    "WRITE_ALIAS",
    "differences",
    "load",
]
