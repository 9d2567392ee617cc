"""Figures in releases on the office's own portals become drafts for a person to approve."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from archive.models import Article, RegisterEntry
from archive.register.edits import create
from archive.register.fields import EntryFields

Status = RegisterEntry.Status


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure that a classifier bound to an indicator, with the words it stands in.

    ``span`` is {"field", "start", "end", "text"} into the article's stored text.
    """

    content: EntryFields
    span: dict[str, object]


def own_portal(article: Article) -> bool:
    """Whether an article is a release of the office's own portals (``outlet`` at hand)."""
    return article.outlet.kind == "portal" and article.outlet.scope == "local"


def propose(article: Article, figures: Iterable[FoundFigure], *, now: datetime) -> int:
    """Make a draft of each figure that the register does not hold yet; returns how many.

    Safe to repeat: what stands in the register already, or was proposed from this article before
    (and perhaps withdrawn by a person), is not proposed again.
    """
    if not own_portal(article):
        return 0
    made = 0
    with transaction.atomic():
        Article.objects.select_for_update().get(pk=article.pk)  # one proposer at a time
        for figure in figures:
            if _is_known(article, figure.content):
                continue
            create(
                figure.content,
                by=None,
                now=now,
                reason=article.canonical_url,
                replaces=_replaced(figure.content),
                article=article,
                span=figure.span,
            )
            made += 1
    return made


def _same(content: EntryFields) -> dict[str, object]:
    return {
        "indicator__name": content.indicator,
        "indicator__unit": content.unit,
        "province": content.province,
        "district": content.district,
    }


def _is_known(article: Article, content: EntryFields) -> bool:
    same = RegisterEntry.objects.filter(**_same(content), value=content.value)
    living = same.exclude(status=Status.WITHDRAWN).filter(as_of=content.as_of)
    return living.exists() or same.filter(source_article=article).exists()


def _replaced(content: EntryFields) -> RegisterEntry | None:
    """The entry in force that a newer figure of the same indicator and scope would end."""
    return (
        RegisterEntry.objects.filter(
            **_same(content),
            scope=content.scope,
            period=content.period,
            status=Status.APPROVED,
            superseded_by__isnull=True,
            valid_from__lt=content.valid_from,
        )
        .order_by("-valid_from")
        .first()
    )
