"""The raw page as it was received, for download only."""

from __future__ import annotations

import logging
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from archive.evidence import read_snapshot
from archive.models import Snapshot
from archive.warc import WarcError

log = logging.getLogger(__name__)


@require_safe
def download(request: HttpRequest, sequence: int) -> HttpResponse:
    """The bytes as a text file: never shown inline, whatever scripts a page may bear."""
    snapshot = get_object_or_404(Snapshot, sequence=sequence)
    try:
        _, body = read_snapshot(Path(settings.DIEMBAO_SNAPSHOTS), snapshot)
    except WarcError as error:
        log.error("snapshot %s cannot be given out: %s", sequence, error)
        context = {"snapshot": snapshot, "reason": str(error)}
        return render(request, "web/evidence_broken.html", context, status=500)
    response = HttpResponse(body, content_type="text/plain")
    response["Content-Disposition"] = f'attachment; filename="trang-goc-{sequence}.html.txt"'
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Payload-SHA256"] = snapshot.payload_sha256
    return response
