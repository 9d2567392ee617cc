"""Users and invitations, for administrators; the page where an invitation is used."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.roles import ADMIN, ROLES
from web import wording
from web.models import Invitation
from web.people import (
    PeopleRefused,
    change_role,
    invite,
    join,
    open_invitation,
    set_active,
    withdraw,
)
from web.permissions import needs, person

ADMINISTER = "web.administer"


@needs(ADMINISTER)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, and the invitations that are open."""
    return _page(request)


def _page(request: HttpRequest, link: str = "", problem: str = "", status: int = 200) -> HttpResponse:
    now = timezone.now()
    users = User.objects.prefetch_related("groups").order_by("-is_active", "username")
    context = {
        "people": [(user, _role(user)) for user in users],
        "roles": wording.ROLES.items(),
        "invitations": Invitation.objects.filter(
            used_at=None, withdrawn_at=None, expires_at__gt=now
        ).select_related("made_by"),
        "link": link,
        "problem": problem,
    }
    response = render(request, "web/people.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _role(user: User) -> str:
    """As ``cases.roles.role_of``, from the groups at hand."""
    names = {group.name for group in user.groups.all()}
    if user.is_superuser:
        return ADMIN
    return next((role for role in reversed(ROLES) if role in names), "viewer")


@needs(ADMINISTER)
@require_POST
def new_invitation(request: HttpRequest) -> HttpResponse:
    """The page with the link of a new invitation: the only time that it is shown."""
    note = request.POST.get("note", "").replace("\x00", " ").strip()
    try:
        _row, secret = invite(request.POST.get("role", ""), note, person(request), timezone.now())
    except PeopleRefused as refused:
        return _page(request, problem=str(refused), status=409)
    return _page(request, link=request.build_absolute_uri(reverse("web:join", args=(secret,))))


@needs(ADMINISTER)
@require_POST
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """End an open invitation."""
    if withdraw(get_object_or_404(Invitation, pk=pk), person(request), timezone.now()):
        messages.success(request, _("Đã rút lời mời; đường dẫn của nó không còn dùng được."))
    return redirect("web:people")


@needs(ADMINISTER)
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another role, or an account closed or opened."""
    user = get_object_or_404(User, pk=pk)
    act = request.POST.get("act", "")
    try:
        if act in ("close", "open"):
            set_active(user, act == "open", person(request))
        else:
            change_role(user, request.POST.get("role", ""), person(request))
    except PeopleRefused as refused:
        return _page(request, problem=str(refused), status=409)
    messages.success(request, _("Đã lưu."))
    return redirect("web:people")


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def use_invitation(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Choose a name and a password; then one is signed in."""
    problems: dict[str, str] = {}
    name = request.POST.get("name", "").strip()
    if request.method == "POST":
        try:
            user = join(
                secret, name, request.POST.get("password", ""), request.POST.get("again", ""), timezone.now()
            )
        except PeopleRefused as refused:
            problems = refused.problems
        else:
            login(request, user, backend="django.contrib.auth.backends.ModelBackend")
            messages.success(request, _("Chào mừng! Trang này cho biết hôm nay báo chí viết gì."))
            return redirect("web:dashboard")
    invitation = open_invitation(secret, timezone.now())
    context = {"invitation": invitation, "problems": problems, "name": name}
    status = 410 if invitation is None else 409 if problems else 200
    return render(request, "web/join.html", context, status=status)
