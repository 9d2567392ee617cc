"""How an operation is declared: its scope, what it is counted as, what it answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from web.api.access import Bearer
from web.api.fields import Params
from web.api.limits import Kind
from web.api.problems import FieldProblem, bad_fields
from web.api.scopes import Scope

IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    "description": "The same key with the same request gives the same answer, for seven days.",
}


def reads(scope: Scope | None, kind: Kind = Kind.READ) -> dict[str, Any]:
    """For ``router.get``."""
    return {"auth": Bearer(scope, kind), "openapi_extra": {"x-scope": str(scope) if scope else None}}


def writes(scope: Scope) -> dict[str, Any]:
    """For ``router.post``."""
    extra = {"x-scope": str(scope), "parameters": [IDEMPOTENCY]}
    return {"auth": Bearer(scope, Kind.WRITE), "openapi_extra": extra}


def strict(function: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse names in the address that the operation does not know: a typing error is not passed over."""

    @wraps(function)
    def run(request: HttpRequest, *args: Any, **values: Any) -> Any:
        params = values.get("params")
        known = set(type(params).model_fields) if isinstance(params, Params) else set()
        unknown = sorted(set(request.GET) - known)
        if unknown:
            told = _("không có tham số nào tên như vậy; hãy bỏ đi hoặc sửa tên")
            raise bad_fields(tuple(FieldProblem(f"query.{name[:80]}", told) for name in unknown[:20]))
        return function(request, *args, **values)

    return run
