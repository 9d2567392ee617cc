"""Correcting the topics of an article."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from archive.corrections import CorrectionRefused, correct_topics
from archive.models import Article
from web.names import topic_names
from web.permissions import needs, person
from web.views.article import article_page


@needs("correct_topics")
@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The boxes that were ticked become the article's topics; ``shown`` are those that were when asked.

    Only what the officer changed counts: what somebody else changed meanwhile stays.
    """
    article = get_object_or_404(Article.objects.select_related("outlet"), pk=pk)
    known = topic_names()
    ticked = {name for name in request.POST.getlist("topic") if name in known}
    shown = {name for name in request.POST.getlist("shown") if name}
    try:
        correct_topics(
            pk,
            added=ticked - shown,
            removed=shown - ticked,
            by=person(request),
            now=timezone.now(),
            reason=request.POST.get("reason", "").replace("\x00", "")[:2000],
        )
    except CorrectionRefused as refused:
        typed = {
            "topics": ticked,
            "topic_reason": request.POST.get("reason", "")[:2000],
            "topic_problem": str(refused),
        }
        return article_page(request, article, typed=typed, status=409)
    messages.success(
        request, _("Đã sửa chủ đề. Hệ thống học lại từ các sửa đổi khi chạy diembao train topics.")
    )
    return redirect("web:article", pk)
