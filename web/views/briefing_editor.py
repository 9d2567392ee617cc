"""Editing a briefing: reorder, leave out, rephrase, add; each act is a version of its own."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from briefings import editing
from briefings.content import Content
from briefings.errors import BadSource, BriefingRefused
from briefings.models import BriefingVersion
from briefings.versions import is_approved, keep_edit, opened
from web import briefing_page
from web.briefing_sentence import Editing, words
from web.permissions import needs, person
from web.views.briefing import briefing_row, version_row

Act = BriefingVersion.Act


@needs("briefings.compose_briefing")
@require_http_methods(["GET", "HEAD", "POST"])
def editor(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The editor; posts come as ``act`` "rephrase:s12" with the number of the version that was seen."""
    version = version_row(briefing_row(pk), None)
    if request.method == "POST":
        return _edit(request, pk, version)
    if is_approved(version):
        messages.warning(request, _("Phiên bản này đã được duyệt nên không sửa được; hãy mở lại để sửa."))
        return redirect("web:briefing", pk)
    return _page(request, version)


def _page(
    request: HttpRequest, version: BriefingVersion, problem: str = "", status: int = 200
) -> HttpResponse:
    kept = opened(version)
    numbered = dict(briefing_page.titles())
    points = {section.value for section in editing.sections_for_points()}
    act, _colon, target = request.POST.get("act", "").partition(":")
    problem_at = target if act in ("rephrase", "add") else ""
    typed = request.POST.get(f"text-{target}", "")[: 2 * editing.LONGEST] if problem else ""
    context = {
        "briefing": version.briefing,
        "version": version,
        "sections": [
            (section, numbered[section.id], section.id.value in points) for section in kept.content.sections
        ],
        "here": reverse("web:briefing-editor", args=[version.briefing_id]),
        "editing": Editing(
            counts=reverse("web:briefing-counts", args=[version.briefing_id]) + f"?version={version.number}",
            catalogue={
                key: (entry.label, briefing_page.page_of(key, version.briefing))
                for key, entry in kept.content.catalogue.items()
            },
            problem_at=problem_at,
            typed=typed,
            words=words(),
        ),
        "problem": problem,
        "problem_at": problem_at,
        "typed": typed,
    }
    return render(request, "web/briefing_editor.html", context, status=status)


def _edit(request: HttpRequest, pk: int, version: BriefingVersion) -> HttpResponseBase:
    act, _colon, target = request.POST.get("act", "").partition(":")
    text = request.POST.get(f"text-{target}", "")
    try:
        if str(version.number) != request.POST.get("version", ""):
            raise BriefingRefused(
                _("Vừa có người khác sửa bản tin này. Đây là bản mới; hãy xem rồi sửa lại.")
            )
        content = opened(version).content
        change, kind = _change(act, target, text, by=person(request).get_username())
        changed = change(content)
        keep_edit(version, changed, act=kind, what=target, by=person(request), now=timezone.now())
    except BriefingRefused as refused:
        return _page(request, version_row(version.briefing, None), str(refused), status=409)
    except BadSource as error:
        return _page(request, version, str(error), status=400)
    messages.success(request, _("Đã lưu thành phiên bản %(number)d.") % {"number": version.number + 1})
    anchor = _anchor(changed, target)
    return redirect(reverse("web:briefing-editor", args=[pk]) + anchor)


def _change(
    act: str, target: str, text: str, *, by: str
) -> tuple[Callable[[Content], Content], BriefingVersion.Act]:
    now = timezone.now()
    changes: dict[str, tuple[Callable[[Content], Content], BriefingVersion.Act]] = {
        "up": (lambda content: editing.moved(content, target, -1), Act.MOVED),
        "down": (lambda content: editing.moved(content, target, 1), Act.MOVED),
        "drop": (lambda content: editing.drop(content, target, dropped=True), Act.DROPPED),
        "keep": (lambda content: editing.drop(content, target, dropped=False), Act.KEPT),
        "rephrase": (lambda content: editing.rephrased(content, target, text, by=by, at=now), Act.REPHRASED),
        "restore": (lambda content: editing.restored(content, target), Act.RESTORED),
        "add": (lambda content: editing.with_point(content, target, text, by=by, at=now), Act.ADDED),
    }
    if act not in changes:
        raise BriefingRefused(_("Không rõ muốn làm gì; hãy tải lại trang."))
    return changes[act]


def _anchor(content: Content, target: str) -> str:
    """Back to the block that was worked on."""
    for section in content.sections:
        if section.id == target:
            return f"#{section.id.value}"
        for block in section.blocks:
            said = [each.id for part in block.parts for each in part.sentences]
            if target == block.id or target in said or (block.title and block.title.id == target):
                return f"#{block.id}"
    return ""
