"""Views that need a permission of the roles table (``cases.roles``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def needs(permission: str) -> Callable[[View], View]:
    """Answer 403 to whoever lacks ``permission``, of ``cases`` where no app is named ("briefings.x").

    The middleware sees to signing in first.
    """
    name = permission if "." in permission else f"cases.{permission}"
    guard: Any = permission_required(name, raise_exception=True)

    def wrap(view: View) -> View:
        guarded: View = guard(view)
        return guarded

    return wrap


def person(request: HttpRequest) -> User:
    """Who is signed in; only for views behind the sign-in."""
    assert isinstance(request.user, User)
    return request.user
