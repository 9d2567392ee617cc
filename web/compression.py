"""Answers that are text go out compressed, but for pages that show a secret.

A page that shows a secret beside words of the address tells by its compressed length how much of the
secret those words share (BREACH). Tokens of forms are masked anew in every answer, and Django adds bytes of
a random number; still, pages with a lasting secret go out as they are. So do answers that are streamed:
each piece of an export is sent when it is there.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXTS = ("text/", "application/json", "application/problem+json", "application/xml", "image/svg+xml")
ALSO = ("application/rss+xml", "application/atom+xml")
SECRETS = frozenset({"saved", "saved-feed", "people-invite", "setup-step", "tokens", "token-new", "join"})


class Compression(GZipMiddleware):
    """gzip, where the browser takes it and there is something to gain."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, compressed or as it was."""
        match = request.resolver_match
        if response.streaming or (match is not None and match.url_name in SECRETS):
            return response
        if not response.get("Content-Type", "").startswith(TEXTS + ALSO):
            return response
        return super().process_response(request, response)
