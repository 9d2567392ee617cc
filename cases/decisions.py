"""Deciding about findings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.models import Article, Finding
from cases.models import Decision

LONGEST_REASON = 2000


class DecisionRefused(Exception):
    """The decision was not kept; the message says why and what to do (Vietnamese, for the officer)."""


def decide(
    finding_id: int, verdict: str, reason: str, *, by: User, now: datetime, seen: int | None
) -> Decision:
    """Keep a verdict on a signal and set the finding's status.

    ``seen`` is the newest decision that the officer saw (None: none). When somebody decided since,
    nothing is kept: that verdict must be read first. Raises ``DecisionRefused``.
    """
    if verdict not in Decision.Verdict.values:
        raise DecisionRefused(_("Hãy chọn một trong bốn kết luận."))
    reason = reason.strip()
    if not reason:
        raise DecisionRefused(_("Hãy ghi lý do: người sau cần biết vì sao kết luận như vậy."))
    if len(reason) > LONGEST_REASON:
        raise DecisionRefused(
            _("Lý do dài %(count)s ký tự; rút còn nhiều nhất %(longest_reason)s.")
            % {"count": len(reason), "longest_reason": LONGEST_REASON}
        )
    try:
        with transaction.atomic():
            return _decide(finding_id, verdict, reason, by, now, seen)
    except IntegrityError:
        raise DecisionRefused(_TAKEN) from None


_TAKEN = gettext_lazy(
    "Vừa có người khác kết luận về dấu hiệu này. Hãy đọc kết luận mới rồi quyết định lại nếu vẫn cần."
)
_REPLACED = gettext_lazy(
    "Dấu hiệu này không còn: bài đã được phân loại lại. Hãy xem các dấu hiệu hiện có của bài."
)


def _decide(
    finding_id: int, verdict: str, reason: str, by: User, now: datetime, seen: int | None
) -> Decision:
    # The article's row is taken first, as re-classification does: neither can undo the other.
    article = Article.objects.filter(findings=finding_id, findings__kind="signal").values("pk")[:1]
    rows = Article.objects.filter(pk__in=list(article.values_list("pk", flat=True)))
    if not rows.update(needs_index=True, version=F("version") + 1):
        raise DecisionRefused(_REPLACED)
    finding = Finding.objects.filter(pk=finding_id).first()
    if finding is None:
        raise DecisionRefused(_REPLACED)
    newest = Decision.objects.filter(finding=finding).order_by("-at", "-pk").first()
    if (newest.pk if newest else None) != seen:
        raise DecisionRefused(_TAKEN)
    decision = Decision.objects.create(
        finding=finding,
        article_id=finding.article_id,
        revision_id=finding.revision_id,
        signal=finding.label,
        score=finding.score,
        detector=finding.detector,
        detector_version=finding.version,
        verdict=verdict,
        reason=reason,
        by=by,
        at=max(now, newest.at) if newest else now,
        overturns=newest,
    )
    finding.status = verdict
    finding.save(update_fields=["status"])
    return decision


def histories(finding_ids: Iterable[int]) -> dict[int, list[Decision]]:
    """All decisions on each finding, oldest first, in one query."""
    found: dict[int, list[Decision]] = {}
    rows = Decision.objects.filter(finding__in=list(finding_ids)).select_related("by")
    for row in rows.order_by("at", "pk"):
        found.setdefault(row.finding_id, []).append(row)
    return found
