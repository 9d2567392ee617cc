"""Any two versions of an article, compared."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.models import Article
from web.versions import side_by_side


@require_safe
def comparison(request: HttpRequest, pk: int) -> HttpResponse:
    """``?from=1&to=2``; without them the newest version and the one before it."""
    article = get_object_or_404(Article.objects.select_related("outlet").defer("text", "segments"), pk=pk)
    revisions = {revision.number: revision for revision in article.revisions.order_by("number")}
    if not revisions:
        raise Http404(_("Bài này chưa có phiên bản nào."))
    newest = max(revisions)
    before = _number(request.GET.get("from"), default=max(1, newest - 1))
    after = _number(request.GET.get("to"), default=newest)
    if before not in revisions or after not in revisions:
        raise Http404(
            _("Bài này có các phiên bản từ 1 đến %(newest)d; hãy chọn trong số đó.") % {"newest": newest}
        )
    if before > after:
        before, after = after, before
    fields = side_by_side(revisions[before], revisions[after])
    context = {
        "article": article,
        "revisions": list(revisions.values()),
        "before": revisions[before],
        "after": revisions[after],
        "fields": fields,
        "changes": sum(field.changes for field in fields),
    }
    return render(request, "web/comparison.html", context)


def _number(text: str | None, default: int) -> int:
    if text is None:
        return default
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
