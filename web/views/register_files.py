"""The register from and to CSV and XLSX."""

from __future__ import annotations

import io

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from archive import formats
from archive.register.edits import RegisterRefused
from archive.register.files import (
    COLUMNS,
    Plan,
    apply_import,
    csv_bytes,
    plan_import,
    planned_csv,
    write_xlsx,
)
from archive.register.listing import find_entries
from archive.register.sheet import MOST_BYTES
from web.clock import today
from web.permissions import needs, person
from web.streams import stream
from web.views.register import chosen_filters

SHOWN = 200


@needs("edit_register")
@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest) -> HttpResponse:
    """First shows what a file would do, row by row; then does it, all or nothing."""
    if request.method != "POST":
        return _page(request)
    upload = request.FILES.get("file")
    if upload is not None:
        name = str(upload.name)[:120]
        if (upload.size or 0) > MOST_BYTES:
            problem = _("Tệp lớn hơn %(most)d MB; hãy chia thành nhiều tệp nhỏ hơn.")
            return _page(request, problem=problem % {"most": MOST_BYTES // 1_000_000}, status=400)
        plan = plan_import(name, upload.read())
        return _page(request, name=name, plan=plan, status=400 if plan.problems else 200)
    if "rows" not in request.POST:
        return _page(request, problem=_("Hãy chọn một tệp .csv hoặc .xlsx."), status=400)
    name = request.POST.get("name", "")[:120]
    plan = plan_import(f"{name}.csv", request.POST["rows"].encode())
    if plan.problems:
        return _page(request, name=name, plan=plan, status=409)
    now = timezone.now()
    try:
        done = apply_import(plan, by=person(request), now=now, today=today(now), reason=name)
    except RegisterRefused as refused:
        return _page(request, name=name, problem=str(refused), status=409)
    messages.success(
        request, ngettext("Đã nhập %(done)d mục.", "Đã nhập %(done)d mục.", done) % {"done": done}
    )
    return redirect("web:register")


def _page(
    request: HttpRequest, *, name: str = "", plan: Plan | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    context: dict[str, object] = {"name": name, "plan": plan, "problem": problem, "columns": list(COLUMNS)}
    if plan is not None:
        context |= {
            "problems": plan.problems[:SHOWN],
            "rows": plan.rows[:SHOWN],
            "new": plan.count("new"),
            "changed": plan.count("changed") + plan.count("replacement"),
            "unchanged": plan.count("unchanged"),
            "posted": "" if plan.problems else planned_csv(plan),
        }
    return render(request, "web/register_import.html", context, status=status)


@require_safe
def export_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """What the list shows under the same filters, complete."""
    if form not in ("csv", "xlsx"):
        raise Http404(_("Sổ số liệu chỉ tải về được dạng csv và xlsx."))
    now = timezone.now()
    rows = find_entries(today(now), chosen_filters(request))
    if form == "csv":
        response: HttpResponseBase = stream(request, csv_bytes(rows), formats.CONTENT_TYPES["csv"])
    else:
        out = io.BytesIO()
        write_xlsx(rows, out)
        response = HttpResponse(out.getvalue(), content_type=formats.CONTENT_TYPES["xlsx"])
    response["Content-Disposition"] = (
        f'attachment; filename="so-so-lieu-{timezone.localtime(now):%Y%m%d-%H%M}.{form}"'
    )
    return response
