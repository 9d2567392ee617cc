"""The register of official figures: the list, an entry with its history, and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.models import Indicator, RegisterEntry
from archive.register import edits
from archive.register.edits import RegisterRefused, content_of
from archive.register.fields import NAMES, as_cells, read_fields
from archive.register.listing import RegisterSearch, find_entries
from cases.office import office
from web import wording
from web.clock import today
from web.permissions import needs, person
from web.register_form import form_fields

SIZE = 50


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The list, searched and filtered; the links for download keep the filters."""
    chosen = chosen_filters(request)
    rows = find_entries(today(timezone.now()), chosen)
    params = request.GET.copy()
    params.pop("page", None)
    context = {
        "entries": Paginator(rows, SIZE).get_page(request.GET.get("page")),
        "q": chosen.words,
        "status": chosen.status,
        "validity": chosen.validity,
        "indicator": chosen.indicator,
        "indicators": Indicator.objects.order_by("name", "unit"),
        "statuses": wording.REGISTER_STATUS.items(),
        "validities": wording.VALIDITY.items(),
        "params": params.urlencode(),
        "today": today(timezone.now()),
        "waiting": RegisterEntry.objects.filter(status=RegisterEntry.Status.DRAFT).count(),
    }
    return render(request, "web/register.html", context)


def chosen_filters(request: HttpRequest) -> RegisterSearch:
    """What the address asks for; malformed values ask for nothing."""
    number = request.GET.get("indicator", "")
    return RegisterSearch(
        words=request.GET.get("q", "").replace("\x00", " ").strip()[:200],
        status=request.GET.get("status", ""),
        validity=request.GET.get("validity", ""),
        indicator=int(number) if number.isascii() and number.isdigit() and len(number) < 18 else None,
    )


@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry."""
    return _entry_page(request, pk)


def _entry_page(request: HttpRequest, pk: int, problem: str = "", status: int = 200) -> HttpResponse:
    people = ("created_by", "edited_by", "approved_by")
    rows = RegisterEntry.objects.select_related(
        "indicator", "replaces", "superseded_by", "source_article__outlet", *people
    )
    row = get_object_or_404(rows, pk=pk)
    own = request.user.pk in (row.created_by_id, row.edited_by_id)
    draft = row.status == RegisterEntry.Status.DRAFT
    may_edit = request.user.has_perm("cases.edit_register")
    may_approve = request.user.has_perm("cases.approve_register")
    context = {
        "entry": row,
        "cells": _content(row),
        "changes": [
            (change, _differences(change.before, change.after)) for change in row.changes.select_related("by")
        ],
        "others": RegisterEntry.objects.filter(indicator=row.indicator_id, province=row.province)
        .exclude(pk=row.pk)
        .order_by("-valid_from", "-pk")[:20],
        "replacements": row.replacements.filter(status=RegisterEntry.Status.DRAFT),
        "problem": problem,
        "own": own,
        "can_edit": draft and may_edit,
        "can_approve": draft and may_approve and not own,
        "waits_for_other": draft and own,
        "can_replace": row.status == RegisterEntry.Status.APPROVED and not row.superseded_by_id and may_edit,
        "can_withdraw": (draft and own and may_edit)
        or (row.status != RegisterEntry.Status.WITHDRAWN and may_approve),
        "today": today(timezone.now()),
    }
    return render(request, "web/register_entry.html", context, status=status)


def _content(row: RegisterEntry) -> list[tuple[Promise, str]]:
    """What the head of the page does not say already."""
    cells = as_cells(content_of(row)) | {"merger": str(wording.MERGERS[row.merger]) if row.merger else ""}
    shown = [name for name in cells if name not in ("value", "unit", "valid_from", "valid_to")]
    return [(wording.REGISTER_FIELDS[name], cells[name]) for name in shown]


def _differences(before: dict[str, str], after: dict[str, str]) -> list[tuple[object, str, str]]:
    names = dict.fromkeys((*before, *after))
    labels = wording.REGISTER_FIELDS
    return [(labels.get(name, name), before.get(name, ""), after.get(name, "")) for name in names]


@needs("edit_register")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new entry, or with ``?replaces=`` one that replaces an approved entry."""
    number = request.GET.get("replaces", "")
    replaced = None
    if number:
        rows = RegisterEntry.objects.select_related("indicator")
        known = number if number.isascii() and number.isdigit() and len(number) < 18 else "0"
        replaced = get_object_or_404(rows, pk=known, status=RegisterEntry.Status.APPROVED)
    if request.method != "POST":
        cells = as_cells(content_of(replaced)) if replaced else {"province": office().code}
        return _form(request, cells, {}, replaced=replaced)
    content, problems = read_fields(_posted(request))
    reason = request.POST.get("reason", "").strip()
    if replaced and not reason:
        problems["reason"] = _("Hãy ghi vì sao thay thế.")
    if content is None or problems:
        return _form(request, _posted(request), problems, replaced=replaced, reason=reason)
    made = edits.create(content, by=person(request), now=timezone.now(), reason=reason, replaces=replaced)
    messages.success(request, _("Đã lập mục, đang chờ một người khác duyệt."))
    return redirect("web:register-entry", made.pk)


@needs("edit_register")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    row = get_object_or_404(RegisterEntry.objects.select_related("indicator"), pk=pk)
    if row.status != RegisterEntry.Status.DRAFT:
        problem = _("Chỉ sửa được mục chờ duyệt. Với mục đã duyệt, hãy lập bản thay thế.")
        return _entry_page(request, pk, problem, status=409)
    if request.method != "POST":
        return _form(request, as_cells(content_of(row)), {}, entry=row)
    content, problems = read_fields(_posted(request))
    reason = request.POST.get("reason", "").strip()
    if not reason:
        problems["reason"] = _("Hãy ghi lý do sửa.")
    if content is None or problems:
        return _form(request, _posted(request), problems, entry=row, reason=reason)
    try:
        edits.edit(
            row, content, version=_version(request), by=person(request), now=timezone.now(), reason=reason
        )
    except RegisterRefused as refused:
        return _entry_page(request, pk, str(refused), status=409)
    messages.success(request, _("Đã sửa mục, đang chờ một người khác duyệt."))
    return redirect("web:register-entry", pk)


@needs("approve_register")
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft in force."""
    row = get_object_or_404(RegisterEntry, pk=pk)
    reason = request.POST.get("reason", "")[:1000]
    try:
        edits.approve(row, version=_version(request), by=person(request), now=timezone.now(), reason=reason)
    except RegisterRefused as refused:
        return _entry_page(request, pk, str(refused), status=409)
    messages.success(request, _("Đã duyệt. Từ nay số liệu này được dùng để đối chiếu."))
    return redirect("web:register-entry", pk)


@needs("edit_register")
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take one's own draft, or as an approver any entry, out of use."""
    row = get_object_or_404(RegisterEntry, pk=pk)
    own = request.user.pk in (row.created_by_id, row.edited_by_id)
    own_draft = own and row.status == RegisterEntry.Status.DRAFT
    if not own_draft and not request.user.has_perm("cases.approve_register"):
        problem = _("Chỉ người có quyền duyệt mới rút được mục này.")
        return _entry_page(request, pk, problem, status=403)
    reason = request.POST.get("reason", "")[:1000]
    try:
        edits.withdraw(row, version=_version(request), by=person(request), now=timezone.now(), reason=reason)
    except RegisterRefused as refused:
        return _entry_page(request, pk, str(refused), status=409)
    messages.success(request, _("Đã rút. Số liệu này không còn được dùng để đối chiếu."))
    return redirect("web:register-entry", pk)


def _form(
    request: HttpRequest,
    cells: dict[str, str],
    problems: dict[str, str],
    *,
    entry: RegisterEntry | None = None,
    replaced: RegisterEntry | None = None,
    reason: str = "",
) -> HttpResponse:
    context = {
        "fields": form_fields(cells, problems),
        "mergers": wording.MERGERS.items(),
        "merger": cells.get("merger", ""),
        "problems": problems,
        "entry": entry,
        "replaced": replaced,
        "reason": reason,
        "version": request.POST.get("version") or (entry.version if entry else ""),
        "indicators": Indicator.objects.order_by("name").values_list("name", flat=True).distinct(),
    }
    return render(request, "web/register_form.html", context, status=400 if problems else 200)


def _posted(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in NAMES}


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
