"""The archive's tables, one module per subject."""

from archive.models.articles import Article, ArticleEvent, Page, Revision
from archive.models.audit import AuditEntry
from archive.models.corrections import TopicCorrection
from archive.models.evidence import ChainTip, Snapshot
from archive.models.failures import StepFailure
from archive.models.findings import Finding
from archive.models.outage import SearchIndex, SearchOutage
from archive.models.outlets import Outlet, Source, SourceHour, SourceRead
from archive.models.register import Indicator, RegisterChange, RegisterEntry
from archive.models.stories import ArticleSignature, Story, StoryApart, StoryChange, StoryLink, StoryTip

__all__ = [
    "Article",
    "ArticleEvent",
    "ArticleSignature",
    "AuditEntry",
    "ChainTip",
    "Finding",
    "Indicator",
    "Outlet",
    "Page",
    "RegisterChange",
    "RegisterEntry",
    "Revision",
    "SearchIndex",
    "SearchOutage",
    "Snapshot",
    "Source",
    "SourceHour",
    "SourceRead",
    "StepFailure",
    "Story",
    "StoryApart",
    "StoryChange",
    "StoryLink",
    "StoryTip",
    "TopicCorrection",
]
