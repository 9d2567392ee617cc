"""What a token is and may: the first thing to ask when something is refused."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from cases.roles import role_of
from web.api.access import token_of
from web.api.fields import Time, Told
from web.api.limits import Kind
from web.api.operation import reads
from web.api.tokens import held

router = Router(tags=["token"])


class MeTold(Told):
    """The token that asks. ``scopes``: those that count now, within its owner's role."""

    token: int
    name: str
    owner: str
    role: str
    scopes: list[str]
    expires_at: Time
    limits: dict[str, int]


@router.get("/me", response=MeTold, summary="What this token may do", **reads(None))
def read_me(request: HttpRequest) -> MeTold:
    """Any token may ask this. ``limits``: requests a minute, by kind."""
    row = token_of(request)
    return MeTold(
        token=row.pk,
        name=row.name,
        owner=row.owner.get_username(),
        role=role_of(row.owner),
        scopes=[str(scope) for scope in held(row)],
        expires_at=row.expires_at,
        limits={str(kind): settings.DIEMBAO_API_LIMITS[kind] for kind in Kind},
    )
