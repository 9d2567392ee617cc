"""Search: results with facets and timeline, and the complete result for download."""

from __future__ import annotations

import logging

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive import formats
from search.port import CursorError, EngineUnavailable, SearchRequest
from search.query import QuerySyntaxError, parse
from search.service import scan_all
from web import charts, facets, wording
from web.choices import Choices, read_choices
from web.clock import today
from web.engine import engine
from web.exports import article_pieces
from web.known_names import notices
from web.results import collected, results
from web.saved import rule_params
from web.search_away import search_away
from web.streams import stream

log = logging.getLogger(__name__)
SIZE = 20
FACET_SIZE = 10


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One page of results; every mistake is shown on the page where it can be mended."""
    choices = read_choices(request.GET)
    outlets = facets.outlet_names()
    context: dict[str, object] = {
        "choices": choices,
        "chips": facets.chips(choices, outlets),
        "sorts": [
            (
                label,
                choices.address({"sort": "" if name == choices.default_sort else name}),
                name == choices.sort,
            )
            for name, label in wording.SORTS.items()
        ],
        "today": today(timezone.now()),
        "rule": rule_params(choices),
    }
    status = 200
    try:
        context |= _found(choices, outlets)
    except QuerySyntaxError as error:
        context["syntax"] = _where(choices.q, error)
        status = 400
    except CursorError as error:
        context["cursor_problem"] = str(error)
        status = 400
    except EngineUnavailable as error:
        log.warning("search is not available: %s", error)
        context |= {"unavailable": str(error), "away": search_away()}
        status = 503
    return render(request, "web/search.html", context, status=status)


def _found(choices: Choices, outlets: dict[str, str]) -> dict[str, object]:
    query = parse(choices.q)
    result = engine().search(
        SearchRequest(
            query=query,
            filters=choices.filters,
            sort=choices.sort,
            size=SIZE,
            cursor=choices.cursor or None,
            facets=facets.SHOWN,
            facet_size=FACET_SIZE,
            timeline=True,
        )
    )
    found = results(result.hits)
    offset = choices.offset if choices.cursor else 0
    context: dict[str, object] = {
        "away": search_away(),
        "result": result,
        "results": found,
        "first": offset + 1,
        "last": offset + len(result.hits),
        "facets": facets.facets(choices, result.facets, outlets),
        "chart": charts.timeline(result.timeline),
        "base": choices.address({"from": "", "to": ""}),
        "next": choices.address({"cursor": result.next_cursor, "at": str(offset + len(result.hits))})
        if result.next_cursor
        else "",
        "start": choices.address() if choices.cursor else "",
        "exports": choices.address(),
    }
    context["unknown"] = notices(query, outlets, nothing_found=not result.total)
    if not result.total:
        context["completeness"] = collected(query, choices, timezone.now())
    return context


def _where(q: str, error: QuerySyntaxError) -> dict[str, str]:
    """The query cut in three, so that the page can mark the middle."""
    end = max(error.end, error.start + 1)
    return {
        "message": error.message,
        "before": q[: error.start],
        "wrong": q[error.start : end],
        "after": q[end:],
        "caret": " " * error.start + "^" * max(1, min(end, len(q)) - error.start),
    }


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Every article of a search, in no particular order of the page: complete, by number."""
    if form not in formats.CONTENT_TYPES:
        raise Http404(_("Chỉ tải về được dạng csv, jsonl và xlsx."))
    choices = read_choices(request.GET)
    try:
        query = parse(choices.q)
        ids = scan_all(engine(), query, choices.filters)
        pieces = article_pieces(form, ids)
    except QuerySyntaxError as error:
        return _refused(request, error.message, 400)
    except EngineUnavailable as error:
        return _refused(request, str(error), 503)
    response = stream(request, pieces, formats.CONTENT_TYPES[form])
    name = f"diem-bao-{timezone.localtime():%Y%m%d-%H%M}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _refused(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    return render(request, "web/export_refused.html", {"reason": reason}, status=status)
