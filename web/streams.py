"""Long answers piece by piece, under ASGI as well as WSGI."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from itertools import islice

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse

PIECES = 50


def stream(
    request: HttpRequest, pieces: Iterator[bytes], content_type: str, at_once: int = PIECES
) -> StreamingHttpResponse:
    """``pieces`` as they come, up to ``at_once`` together.

    Under ASGI Django would gather a plain iterator in memory first.
    """
    if isinstance(request, ASGIRequest):
        return StreamingHttpResponse(_in_turns(pieces, at_once), content_type=content_type)
    return StreamingHttpResponse(pieces, content_type=content_type)


async def _in_turns(pieces: Iterator[bytes], at_once: int) -> AsyncIterator[bytes]:
    def take() -> bytes:
        return b"".join(islice(pieces, at_once))

    while part := await sync_to_async(take)():
        yield part
