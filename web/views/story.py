"""A story: who printed it when and after whom, what each changed, and what people decided on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from archive.models import Story, StoryChange
from archive.stories import (
    StoryError,
    current_story,
    keep_apart,
    merge,
    related_stories,
    split,
    suggestions,
    tellings,
)
from web.permissions import needs, person
from web.story import printings
from web.versions import side_by_side

MOST_CHANGES = 50


@require_safe
def story(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The page; the address of a story that was merged leads to the one it went into."""
    row = _story(pk)
    if row.pk != pk:
        return redirect("web:story", row.pk)
    return _page(request, row)


def _page(request: HttpRequest, row: Story, problem: str = "", status: int = 200) -> HttpResponse:
    shown = printings(tellings(row))
    changes = StoryChange.objects.filter(story=row) | StoryChange.objects.filter(other=row)
    context = {
        "story": row,
        "printings": shown,
        "outlets": len({printing.telling.article.outlet_id for printing in shown}),
        "suggestions": suggestions(row),
        "related": related_stories(row),
        "changes": changes.select_related("by", "story", "other").order_by("-at", "-id")[:MOST_CHANGES],
        "problem": problem,
        "reason": request.POST.get("reason", "")[:2000],
    }
    return render(request, "web/story.html", context, status=status)


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponseBase:
    """``?from=12&to=15``: any two articles of the story; without them the origin and the next."""
    row = _story(pk)
    if row.pk != pk:
        return redirect("web:story", row.pk)
    members = {telling.article.pk: telling.article for telling in tellings(row)}
    numbers = list(members)
    before = _number(request.GET.get("from"), numbers[0] if numbers else 0)
    after = _number(request.GET.get("to"), numbers[1] if len(numbers) > 1 else 0)
    if before not in members or after not in members:
        raise Http404(_("Câu chuyện này không có hai bài đó; hãy chọn từ trang của câu chuyện."))
    fields = side_by_side(members[before], members[after])
    context = {
        "story": row,
        "articles": list(members.values()),
        "before": members[before],
        "after": members[after],
        "fields": fields,
        "changes": sum(field.changes for field in fields),
    }
    return render(request, "web/story_comparison.html", context)


@needs("decide")
@require_POST
def merge_with(request: HttpRequest, pk: int) -> HttpResponseBase:
    """``other``: the number of the story to be made one with this."""
    row = _story(pk)
    other = _number(request.POST.get("other", "").strip(), 0)
    try:
        kept = merge(row.pk, other, by=person(request), now=timezone.now(), reason=_reason(request))
    except StoryError as error:
        return _page(request, row, str(error), status=409)
    messages.success(request, _("Đã gộp thành một câu chuyện. Máy sẽ không tự tách lại."))
    return redirect("web:story", kept.pk)


@needs("decide")
@require_POST
def split_off(request: HttpRequest, pk: int) -> HttpResponseBase:
    """``article``: the numbers of the articles that make a story of their own."""
    row = _story(pk)
    chosen = [_number(text, 0) for text in request.POST.getlist("article")]
    try:
        split(row.pk, chosen, by=person(request), now=timezone.now(), reason=_reason(request))
    except StoryError as error:
        return _page(request, row, str(error), status=409)
    messages.success(request, _("Đã tách các bài được chọn. Máy sẽ không tự gộp lại."))
    return redirect("web:story", row.pk)


@needs("decide")
@require_POST
def hold_apart(request: HttpRequest, pk: int) -> HttpResponseBase:
    """``other``: a story that is not this one; it is not suggested again."""
    row = _story(pk)
    other = _number(request.POST.get("other", ""), 0)
    try:
        keep_apart(row.pk, other, by=person(request), now=timezone.now(), reason=_reason(request))
    except StoryError as error:
        return _page(request, row, str(error), status=409)
    messages.success(request, _("Đã ghi: hai câu chuyện khác nhau."))
    return redirect("web:story", row.pk)


def _story(pk: int) -> Story:
    row = current_story(pk)
    if row is None:
        raise Http404(_("Không có câu chuyện này."))
    return row


def _number(text: str | None, default: int) -> int:
    if text is None:
        return default
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").replace("\x00", "").strip()[:2000]
