"""A second person's approval, reopening, and sending to chosen targets."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alerts.models import Target
from alerts.notices import queue_notice
from briefings.approving import approve, record_sending, reopen
from briefings.errors import BriefingRefused
from briefings.models import BriefingVersion
from briefings.versions import opened
from web.briefing_notice import notice_of
from web.permissions import needs, person
from web.views.briefing import briefing_row, page, version_row


@needs("briefings.approve_briefing")
@require_POST
def approve_version(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Approve the version that was seen."""
    try:
        approve(_seen(request, pk), by=person(request), now=timezone.now())
    except BriefingRefused as refused:
        return page(request, pk, str(refused), status=409)
    messages.success(request, _("Đã duyệt. Từ nay bản này không đổi nữa."))
    return redirect("web:briefing", pk)


@needs("briefings.approve_briefing")
@require_POST
def reopen_version(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A new version to edit; the approved one stays."""
    try:
        reopen(_seen(request, pk), request.POST.get("reason", ""), by=person(request), now=timezone.now())
    except BriefingRefused as refused:
        return page(request, pk, str(refused), status=409)
    messages.success(request, _("Đã mở lại; bản đã duyệt vẫn được giữ."))
    return redirect("web:briefing-editor", pk)


@needs("briefings.compose_briefing")
@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Queue the approved version for every chosen target; what was sent before is not sent again."""
    version = _seen(request, pk)
    typed = request.POST.getlist("target")
    chosen = [int(text) for text in typed if text.isascii() and text.isdigit() and len(text) < 18]
    targets = list(Target.objects.filter(pk__in=chosen[:100], enabled=True, owner=None))
    try:
        if not targets:
            raise BriefingRefused(_("Hãy chọn ít nhất một nơi nhận."))
        count = _send(version, targets, request)
    except BriefingRefused as refused:
        return page(request, pk, str(refused), status=409)
    told = ngettext("Đã đưa %(n)d thư vào hàng gửi.", "Đã đưa %(n)d thư vào hàng gửi.", count)
    messages.success(request, told % {"n": count})
    return redirect("web:briefing", pk)


def _send(version: BriefingVersion, targets: list[Target], request: HttpRequest) -> int:
    now, by, count = timezone.now(), person(request), 0
    notice = notice_of(opened(version))
    for target in targets:
        key = f"briefing:{version.pk}|to:{target.pk}"
        with transaction.atomic():  # the record and the message stand or fall together
            new = record_sending(version, target.pk, target.name, target.channel, key=key, by=by, now=now)
            count += bool(new and queue_notice(target, notice, key=key, now=now))
    return count


def _seen(request: HttpRequest, pk: int) -> BriefingVersion:
    return version_row(briefing_row(pk), request.POST.get("version", "") or "0")
