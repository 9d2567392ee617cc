"""Webhooks that come in: signed with the token's key, fresh, and done once.

``X-DiemBao-Signature: sha256=<hex>`` is HMAC-SHA256 over ``<timestamp>.<delivery>.<body>``. The delivery is
part of what is signed, and its answer is kept: a request that somebody recorded has no second effect while
its timestamp holds, and is refused afterwards.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security.base import AuthBase

from web.api.access import admit
from web.api.limits import Kind
from web.api.problems import FieldProblem, Problem
from web.api.scopes import Scope
from web.api.tokens import signing_key, usable
from web.models import ApiToken

TOLERANCE = timedelta(minutes=5)
KEY = "X-DiemBao-Key"
TIMESTAMP = "X-DiemBao-Timestamp"
DELIVERY = "X-DiemBao-Delivery"
SIGNATURE = "X-DiemBao-Signature"
LONGEST_DELIVERY = 200
HEADERS = [
    {
        "name": name,
        "in": "header",
        "required": True,
        "schema": {"type": "string"},
        "description": told,
    }
    for name, told in (
        (KEY, "Number of the token whose key signs."),
        (TIMESTAMP, "Seconds since 1970; at most five minutes off."),
        (DELIVERY, "Your number of the event; the same one is done once."),
    )
]


class Signed(AuthBase):
    """A request signed with the key of a token that has ``webhooks:in``. Raises ``Problem``."""

    openapi_type: str = "apiKey"
    openapi_in: str = "header"
    openapi_name: str = SIGNATURE
    scope = Scope.WEBHOOKS_IN

    def __call__(self, request: HttpRequest) -> ApiToken:
        """The token, with its owner as the request's user."""
        now = timezone.now()
        row = _token(request, now)
        stamp, delivery = request.headers.get(TIMESTAMP, ""), delivery_of(request)
        given = request.headers.get(SIGNATURE, "")
        if row is None or not hmac.compare_digest(
            given.encode(), f"sha256={signature(signing_key(row), stamp, delivery, request.body)}".encode()
        ):
            raise _refused(SIGNATURE, _("Chữ ký không khớp. Hãy xem lại khóa, thời điểm và thân yêu cầu."))
        if not stamp.isascii() or not stamp.isdigit() or len(stamp) > 12:
            raise _refused(TIMESTAMP, _("Thời điểm phải là số giây kể từ 1970."))
        if abs(now.timestamp() - int(stamp)) > TOLERANCE.total_seconds():
            raise _refused(TIMESTAMP, _("Thời điểm lệch quá năm phút. Hãy ký lại với giờ hiện tại."))
        admit(request, row, self.scope, Kind.WRITE, now)
        return row


def signature(key: str, timestamp: str, delivery: str, body: bytes) -> str:
    """Hex HMAC-SHA256 over "timestamp.delivery.body"."""
    return hmac.new(key.encode(), f"{timestamp}.{delivery}.".encode() + body, hashlib.sha256).hexdigest()


def delivery_of(request: HttpRequest) -> str:
    """The sender's number of the event. Raises ``Problem``."""
    text = request.headers.get(DELIVERY, "")
    if not text or len(text) > LONGEST_DELIVERY or not (text.isascii() and text.isprintable()):
        raise _refused(
            DELIVERY, _("Hãy gửi số của lần gửi, 1 đến %(most)d ký tự ASCII.") % {"most": LONGEST_DELIVERY}
        )
    return text


def _token(request: HttpRequest, now: datetime) -> ApiToken | None:
    number = request.headers.get(KEY, "")
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        return None
    return usable(now).filter(pk=int(number)).first()


def _refused(header: str, detail: str) -> Problem:
    return Problem(401, "bad-signature", detail, errors=(FieldProblem(f"header.{header}", detail),))
