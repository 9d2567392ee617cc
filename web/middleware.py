"""The language of a request; a note of every file that somebody takes away."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from archive.audit import record
from archive.models import AuditEntry


class ChosenLanguage(LocaleMiddleware):
    """What the person chose, else the office's setting.

    The browser's own wish is not asked: most Vietnamese offices have browsers that were set up in
    English, and their officers did not choose that.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Activate it for this request."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen in dict(settings.LANGUAGES)
        translation.activate(chosen if known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()


def note_downloads(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Write an entry of the audit log for every attachment that is given to somebody signed in."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        given = response.headers.get("Content-Disposition", "")
        user = getattr(request, "user", None)
        if request.method == "GET" and given.startswith("attachment") and isinstance(user, User):
            match = request.resolver_match
            evidence = match is not None and match.url_name == "evidence"
            record(
                AuditEntry.Action.EVIDENCE if evidence else AuditEntry.Action.DOWNLOADED,
                by=user,
                subject=request.path,
                details={"file": given, "asked": request.META.get("QUERY_STRING", "")},
            )
        return response

    return answer
