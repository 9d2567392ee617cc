"""The language of a request."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


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
