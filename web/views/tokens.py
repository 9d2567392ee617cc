"""Access tokens of the API: one's own for everybody, everybody's for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from web.api.scopes import allowed
from web.api.tokens import LONGEST_NAME, MOST_DAYS, USUAL_DAYS, TokenRefused, create, revoke, signing_key
from web.api_wording import SCOPES
from web.models import ApiToken
from web.permissions import person

DAYS = (30, USUAL_DAYS, 180, MOST_DAYS)


@require_safe
def tokens(request: HttpRequest) -> HttpResponse:
    """Every token that one may see, and the form for a new one."""
    return _page(request)


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """The page with the secret of a new token: the only time that it is shown."""
    me = person(request)
    days = request.POST.get("days", "")
    try:
        row, secret = create(
            request.POST.get("name", ""),
            me,
            request.POST.getlist("scope"),
            days=int(days) if days.isascii() and days.isdigit() and len(days) < 6 else 0,
            by=me,
            now=timezone.now(),
        )
    except TokenRefused as refused:
        return _page(request, problem=str(refused), status=409)
    return _page(request, made=row, secret=secret)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Revoke a token: one's own, or any as an administrator."""
    row = get_object_or_404(_visible(request), pk=pk)
    if revoke(row, by=person(request), now=timezone.now()):
        messages.success(request, _("Đã thu hồi mã. Từ nay không ai dùng được nó."))
    return redirect("web:tokens")


def _visible(request: HttpRequest) -> QuerySet[ApiToken]:
    rows = ApiToken.objects.select_related("owner")
    return rows if request.user.has_perm("web.administer") else rows.filter(owner=person(request))


def _page(
    request: HttpRequest,
    *,
    made: ApiToken | None = None,
    secret: str = "",
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    typed = set(request.POST.getlist("scope")) if problem else set()
    context = {
        "tokens": [
            (row, _state(row), [SCOPES.get(name, name) for name in row.scopes]) for row in _visible(request)
        ],
        "all": request.user.has_perm("web.administer"),
        "scopes": [(str(scope), SCOPES[scope], str(scope) in typed) for scope in allowed(person(request))],
        "days": [(days, days == USUAL_DAYS) for days in DAYS],
        "longest": LONGEST_NAME,
        "name": request.POST.get("name", "")[:LONGEST_NAME] if problem else "",
        "made": made,
        "secret": secret,
        "signing_key": signing_key(made) if made and "webhooks:in" in made.scopes else "",
        "problem": problem,
        "now": now,
    }
    response = render(request, "web/tokens.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _state(row: ApiToken) -> str:
    if row.revoked_at is not None:
        return "revoked"
    if not row.owner.is_active:
        return "closed"
    return "expired" if row.expires_at <= timezone.now() else "usable"
