"""Saved searches: the list, saving, changing, opening; their feeds."""

from __future__ import annotations

import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from search.port import EngineUnavailable, SearchEngine
from search.query import QuerySyntaxError, parse
from web import facets, feeds
from web.choices import LONGEST_QUERY, Choices, read_choices
from web.clock import today
from web.engine import engine
from web.models import SavedSearch
from web.permissions import person
from web.saved import (
    MOST,
    choices_of,
    keep,
    listed,
    look_at,
    may_change,
    may_share,
    params_of,
    remove,
    renew_token,
    rule_params,
    visible,
)

log = logging.getLogger(__name__)
LONGEST_NAME = 120


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """One's own searches and the team's, with what is new in each."""
    outlets = facets.outlet_names()
    rows = listed(person(request), _engine(), today(timezone.now()))
    context = {
        "rows": [(row, facets.chips(row.choices, outlets), rule_params(row.choices)) for row in rows],
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "web/saved.html", context)


def _engine() -> SearchEngine | None:
    try:
        return engine()
    except EngineUnavailable as error:
        log.warning("saved searches are not counted: %s", error)
        return None


@require_POST
def new(request: HttpRequest) -> HttpResponseBase:
    """Keep the search that the search page shows."""
    choices = read_choices(request.POST)
    back = redirect(reverse("web:search") + choices.address())
    user = person(request)
    problem = _wrong(request, choices)
    if not problem and SavedSearch.objects.filter(owner=user).count() >= MOST:
        problem = _("Đã có %(most)d câu tìm; hãy xóa bớt trước khi lưu thêm.") % {"most": MOST}
    search = SavedSearch(owner=user, params=params_of(choices))
    problem = problem or _keep(request, search)
    if problem:
        messages.error(request, problem)
        return back
    messages.success(request, _("Đã lưu câu tìm “%(name)s”.") % {"name": search.name})
    return redirect("web:saved")


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Rename it, share it, change its words."""
    search = _changeable(request, pk)
    choices, problem = choices_of(search), ""
    if request.method == "POST":
        posted = request.POST.copy()
        posted.setlist("q", [request.POST.get("q", "")[:LONGEST_QUERY]])
        kept = [pair for pair in choices.pairs() if pair[0] not in ("q", "sort")]
        for name, _value in kept:
            posted.setlist(name, [value for other, value in kept if other == name])
        choices = read_choices(posted)
        search.params = params_of(choices)
        problem = _wrong(request, choices) or _keep(request, search)
        if not problem:
            messages.success(request, _("Đã lưu câu tìm “%(name)s”.") % {"name": search.name})
            return redirect("web:saved")
    context = {
        "search": search,
        "choices": choices,
        "chips": facets.chips(choices, facets.outlet_names()),
        "problem": problem,
        "may_share": may_share(person(request)),
    }
    return render(request, "web/saved_form.html", context, status=409 if problem else 200)


def _wrong(request: HttpRequest, choices: Choices) -> str:
    """Why the posted search cannot be kept; "" when it can."""
    if not request.POST.get("name", "").replace("\x00", " ").strip():
        return _("Hãy đặt tên cho câu tìm.")
    if not params_of(choices):
        return _("Câu tìm chưa nói gì: hãy ghi từ cần tìm hoặc chọn một bộ lọc.")
    try:
        parse(choices.q)
    except QuerySyntaxError as error:
        return error.message
    return ""


def _keep(request: HttpRequest, search: SavedSearch) -> str:
    search.name = request.POST.get("name", "").replace("\x00", " ").strip()[:LONGEST_NAME]
    user = person(request)
    search.shared = request.POST.get("shared") == "1" and may_share(user)
    try:
        keep(search, user, timezone.now())
    except IntegrityError:
        return _("Đã có câu tìm tên này; hãy chọn tên khác.")
    return ""


@require_safe
def open_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Its results; from now on only later articles are new."""
    search = get_object_or_404(visible(person(request)), pk=pk)
    look_at(search, person(request), timezone.now())
    return redirect(f"{reverse('web:search')}?{search.params}&sort=newest")


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete it; its feeds end with it."""
    search = _changeable(request, pk)
    name = search.name
    remove(search, person(request))
    messages.success(request, _("Đã xóa câu tìm “%(name)s”.") % {"name": name})
    return redirect("web:saved")


@require_POST
def set_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the feeds under a new secret address, or close them."""
    search = _changeable(request, pk)
    on = request.POST.get("act") != "off"
    renew_token(search, person(request), on=on)
    messages.success(
        request,
        _("Đã mở địa chỉ RSS mới; địa chỉ cũ, nếu có, không còn dùng được.") if on else _("Đã đóng RSS."),
    )
    return redirect("web:saved")


def _changeable(request: HttpRequest, pk: int) -> SavedSearch:
    search = get_object_or_404(visible(person(request)), pk=pk)
    if not may_change(search, person(request)):
        raise Http404(_("Đây là câu tìm của người khác."))
    return search


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str, form: str) -> HttpResponse:
    """The newest articles of a saved search, for whoever knows its secret address."""
    search = get_object_or_404(SavedSearch, token=token, owner__is_active=True)
    if form not in feeds.FORMS:
        raise Http404
    try:
        found = feeds.newest(search, choices_of(search), engine())
    except (EngineUnavailable, QuerySyntaxError) as error:
        log.warning("the feed of saved search %s cannot be made: %s", search.pk, error)
        return HttpResponse(
            str(error), status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "300"}
        )
    etag, changed = f'"{form}-{found.etag}"', int(found.changed_at.timestamp())
    response = get_conditional_response(request, etag, changed)
    if response is None or response.status_code != 304:
        content = feeds.write(form, search, found, request)
        response = HttpResponse(content, content_type=feeds.FORMS[form][1])
    response["ETag"], response["Last-Modified"] = etag, http_date(changed)
    response["Cache-Control"] = "private, max-age=60"
    response["X-Robots-Tag"] = "noindex"
    return response
