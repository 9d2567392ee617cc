"""The archive's tables, one module per subject."""

from archive.models.articles import Article, ArticleEvent, Page, Revision
from archive.models.evidence import ChainTip, Snapshot
from archive.models.findings import Finding
from archive.models.outlets import Outlet, Source, SourceHour, SourceRead

__all__ = [
    "Article",
    "ArticleEvent",
    "ChainTip",
    "Finding",
    "Outlet",
    "Page",
    "Revision",
    "Snapshot",
    "Source",
    "SourceHour",
    "SourceRead",
]
