"""The archive's tables, one module per subject."""

from archive.models.articles import Article, Page, Revision
from archive.models.evidence import Snapshot
from archive.models.findings import Finding
from archive.models.outlets import Outlet, Source, SourceRead

__all__ = [
    "Article",
    "Finding",
    "Outlet",
    "Page",
    "Revision",
    "Snapshot",
    "Source",
    "SourceRead",
]
