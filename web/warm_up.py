"""What is made once for a process is made at its start, so that nobody waits for it."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils import translation
from django_htmx.middleware import HtmxDetails

from archive.models import Article
from web.api.service import document

log = logging.getLogger(__name__)
# Pages that lead through nearly everything that others use too. None of them writes.
PAGES = (
    *("dashboard", "search", "decisions", "precision", "signals", "register", "alerts", "rules", "targets"),
    *("cases", "case-calendar", "sources", "briefings", "people", "audit", "help", "api-docs"),
)


def warm_up() -> None:
    """Read the pages once as nobody sees them: database, index, names, templates, translations.

    What fails is told in the log and left to the request that will meet it: the service starts.
    """
    try:
        for address in _addresses():
            for language, _name in settings.LANGUAGES:
                with translation.override(language):
                    _read(address)
        document()
    except Exception as error:
        log.warning("the pages are not warmed up, the first visitors wait a little longer: %s", error)


def _addresses() -> Iterator[str]:
    yield from (reverse(f"web:{name}") for name in PAGES)
    newest = Article.objects.order_by("-pk").values_list("pk", "story").first()
    if newest is not None:
        yield reverse("web:article", args=(newest[0],))
        if newest[1] is not None:
            yield reverse("web:story", args=(newest[1],))


def _read(address: str) -> None:
    match = resolve(address)
    request = HttpRequest()
    request.method, request.path, request.path_info, request.resolver_match = "GET", address, address, match
    request.user = User(pk=0, is_superuser=True)  # in no table
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    match.func(request, *match.args, **match.kwargs)
