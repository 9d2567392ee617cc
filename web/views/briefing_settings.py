"""When a week ends, whether its briefing is built by itself, and the head of the document."""

from __future__ import annotations

from datetime import time

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from briefings.errors import BriefingRefused
from briefings.models import BriefingSetting
from briefings.settings import LONGEST, change_setting, setting_of
from web.briefing_page import profile
from web.permissions import needs, person

WEEKDAYS = (
    *(gettext_lazy("Thứ Hai"), gettext_lazy("Thứ Ba"), gettext_lazy("Thứ Tư"), gettext_lazy("Thứ Năm")),
    *(gettext_lazy("Thứ Sáu"), gettext_lazy("Thứ Bảy"), gettext_lazy("Chủ nhật")),
)
LABELS = {
    "superior": gettext_lazy("Cơ quan chủ quản"),
    "office": gettext_lazy("Cơ quan ban hành"),
    "number": gettext_lazy("Số, ký hiệu"),
    "place": gettext_lazy("Địa danh"),
    "signatory": gettext_lazy("Chức vụ người ký"),
}


@needs("briefings.manage_briefings")
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponseBase:
    """The form; every change is a row of its own."""
    problem = ""
    if request.method == "POST":
        try:
            _keep(request)
        except BriefingRefused as refused:
            problem = str(refused)
        else:
            messages.success(request, _("Đã lưu. Giờ chốt mới dùng cho bản tin lập từ nay về sau."))
            return redirect("web:briefing-settings")
    setting = setting_of(profile())
    posted = request.POST if problem else None
    context = {
        "setting": setting,
        "weekdays": list(enumerate(WEEKDAYS)),
        "weekday": _whole(posted.get("weekday", "")) if posted else setting.cut.weekday,
        "at": posted.get("at", "") if posted else f"{setting.cut.at:%H:%M}",
        "scheduled": posted.get("scheduled") == "1" if posted else setting.scheduled,
        "lines": [
            (name, label, posted.get(name, "") if posted else getattr(setting, name), LONGEST[name])
            for name, label in LABELS.items()
        ],
        "recipients": posted.get("recipients", "") if posted else "\n".join(setting.recipients),
        "problem": problem,
        "changes": BriefingSetting.objects.filter(province=profile().id)
        .select_related("by")
        .order_by("-at")[:10],
    }
    return render(request, "web/briefing_settings.html", context, status=400 if problem else 200)


def _keep(request: HttpRequest) -> None:
    try:
        at = time.fromisoformat(request.POST.get("at", ""))
    except ValueError:
        raise BriefingRefused(_("Giờ chốt viết như 17:00.")) from None
    lines = (line.strip() for line in request.POST.get("recipients", "").splitlines())
    change_setting(
        profile(),
        weekday=_whole(request.POST.get("weekday", "")),
        at=at.replace(tzinfo=None),
        scheduled=request.POST.get("scheduled") == "1",
        texts={name: request.POST.get(name, "").replace("\x00", "") for name in LABELS},
        recipients=[line.replace("\x00", "") for line in lines if line],
        by=person(request),
        now=timezone.now(),
    )


def _whole(text: str) -> int:
    return int(text) if text in tuple("0123456") else -1
