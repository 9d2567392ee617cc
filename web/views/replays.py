"""Every rule replayed over the last month, row by row as they are worked out."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from alerts.matching import rules_in_force
from alerts.replay import replay_all
from search.port import SearchError
from web.clock import today
from web.engine import engine
from web.permissions import needs
from web.streams import stream

DAYS = 30
HERE = "[the rows come here]"


@needs("decide")
@require_safe
def replays(request: HttpRequest) -> HttpResponseBase:
    """The page arrives at once and its rows as they are done, without scripts."""
    return stream(request, _pieces(request), "text/html; charset=utf-8", at_once=1)


def _pieces(request: HttpRequest) -> Iterator[bytes]:
    now = timezone.now()
    rules = rules_in_force(today(now))
    page = render_to_string("web/replays.html", {"days": DAYS, "count": len(rules), "here": HERE}, request)
    before, after = page.split(HERE, 1)
    yield before.encode()
    limit = settings.DIEMBAO_ALERTS.rule_limit
    try:
        for done, (active, result) in enumerate(replay_all(engine(), rules, now=now, days=DAYS), 1):
            row = {"rule": active.rule, "replay": result, "done": done, "count": len(rules), "limit": limit}
            yield render_to_string("web/_replays_row.html", row, request).encode()
    except SearchError:
        yield render_to_string("web/_replays_row.html", {"away": True}, request).encode()
    yield after.encode()
