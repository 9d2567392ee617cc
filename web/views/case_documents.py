"""Documents of a case: writing, approving, downloading; and its files."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.changes import CaseRefused
from cases.documents.fields import NAMES, TO_FILL, as_json
from cases.documents.first_draft import first_draft
from cases.documents.render import CONTENT_TYPE
from cases.drafting import approve_draft, draft_file, newest_draft, save_draft
from cases.files import MOST_BYTES, attach, attached_file
from cases.filestore import FileMissing
from cases.models import Attachment, Case, CaseDraft
from cases.states import Form, Kind
from web import wording
from web.case_forms import read_number
from web.permissions import needs, person
from web.views.case import ROWS, case_page

LONG = ("body",)
SEVERAL = ("to", "receivers")


def files_folder() -> Path:
    """Where approved documents and attachments lie."""
    return Path(settings.DIEMBAO_ATTACHMENTS)


@needs("work_cases")
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A new version: from the newest one of that form, or from the case itself."""
    row = get_object_or_404(ROWS, pk=pk)
    if request.method != "POST":
        newest = newest_draft(row)
        form = request.GET.get("form") or (newest.form if newest else _usual_form(row))
        form = form if form in Form.values else str(Form.REPLY)
        if newest is not None and newest.form == form and not hasattr(newest, "sent"):
            cells = {name: str(newest.fields.get(name, "")) for name in NAMES}
        else:
            cells = as_json(first_draft(row, form, timezone.now()))
        return _editor(request, row, form, cells)
    data = request.POST
    cells = {name: data.get(name, "") for name in NAMES}
    try:
        draft = save_draft(
            pk,
            data.get("form", ""),
            cells,
            version=read_number(data.get("version", "")),
            comment=data.get("comment", ""),
            by=person(request),
            now=timezone.now(),
        )
    except CaseRefused as refused:
        row.refresh_from_db()
        return _editor(request, row, data.get("form", ""), cells, str(refused), status=409)
    messages.success(request, _("Đã lưu bản dự thảo số %(number)d.") % {"number": draft.number})
    return redirect("web:case", pk)


def _usual_form(row: Case) -> str:
    return str(Form.CORRECTION if row.kind == Kind.CORRECTION else Form.REPLY)


def _editor(
    request: HttpRequest,
    row: Case,
    form: str,
    cells: dict[str, str],
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    fields = [(name, wording.DOCUMENT_FIELDS[name], cells[name][:30_000], _kind(name)) for name in NAMES]
    context = {
        "case": row,
        "form": form,
        "forms": wording.CASE_FORMS.items(),
        "fields": fields,
        "to_fill": TO_FILL,
        "problem": problem,
        "comment": request.POST.get("comment", "")[:2000],
    }
    return render(request, "web/case_draft.html", context, status=status)


def _kind(name: str) -> str:
    if name == "day":
        return "date"
    return "long" if name in LONG else "several" if name in SEVERAL else "line"


@needs("approve_cases")
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Approve the newest version."""
    get_object_or_404(Case.objects.only("pk"), pk=pk)
    data = request.POST
    try:
        approve_draft(
            pk,
            read_number(data.get("draft", "")),
            version=read_number(data.get("version", "")),
            comment=data.get("reason", ""),
            folder=files_folder(),
            by=person(request),
            now=timezone.now(),
        )
    except CaseRefused as refused:
        return case_page(request, pk, str(refused), form="approve", status=409)
    messages.success(request, _("Đã duyệt văn bản. Nội dung đã duyệt được giữ nguyên, không sửa được nữa."))
    return redirect("web:case", pk)


@require_safe
def docx(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A version as a Word file."""
    draft = get_object_or_404(CaseDraft, case=pk, number=number)
    try:
        content = draft_file(draft, files_folder())
    except (FileMissing, CaseRefused) as error:
        return case_page(request, pk, str(error), status=500)
    return _download(content, f"ho-so-{pk}-van-ban-{number}.docx", CONTENT_TYPE)


@needs("work_cases")
@require_POST
def attach_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Keep a file with the case."""
    get_object_or_404(Case.objects.only("pk"), pk=pk)
    upload = request.FILES.get("file")
    try:
        if upload is None:
            raise CaseRefused(_("Hãy chọn một tệp."))
        # One byte more than is taken, whatever the browser said of its size.
        content = upload.read(MOST_BYTES + 1)
        attach(
            pk,
            str(upload.name),
            content,
            comment=request.POST.get("reason", ""),
            folder=files_folder(),
            by=person(request),
            now=timezone.now(),
        )
    except CaseRefused as refused:
        return case_page(request, pk, str(refused), form="attach", status=409)
    messages.success(request, _("Đã đính kèm."))
    return redirect("web:case", pk)


@require_safe
def attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """A file, for download only."""
    row = get_object_or_404(Attachment, pk=pk)
    try:
        content = attached_file(row, files_folder())
    except FileMissing as error:
        return case_page(request, row.case_id, str(error), status=500)
    return _download(content, row.name, row.content_type)


def _download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """Never shown inline and never guessed at, whatever it holds."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
