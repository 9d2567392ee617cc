"""Writes in bulk: waits under pressure; sets a refused document aside with the reason."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import orjson
from django.utils.translation import gettext as _

from search.elastic.connection import PASSING, Connection
from search.elastic.documents import id_of, to_elastic
from search.elastic.pauses import jittered
from search.indexed import UnfitDocument, prepare
from search.port import Document, EngineUnavailable, SegmentSource

_CHUNK_DOCUMENTS = 500
_CHUNK_CHARACTERS = 5_000_000
_PRESSURE_TRIES = 6
_PRESSURE_PAUSE_S = 0.5

# Nobody may write now: no article's fault, so all wait and none is set aside.
_NO_RIGHT = frozenset({401, 403})
_CLOSED = frozenset({"cluster_block_exception", "index_closed_exception"})

_ANSWER = "items.*.status,items.*.error"

Failed = list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Item:
    """One document ready to send."""

    number: int
    key: str
    body: dict[str, Any]


def ready(documents: Iterable[Document], segments: SegmentSource, failed: Failed) -> Iterator[Item]:
    """Prepared documents; those that no engine can take go to ``failed``."""
    stream = iter(documents)
    while some := list(islice(stream, _CHUNK_DOCUMENTS)):
        marks = segments(some)
        for document in some:
            try:
                body = to_elastic(prepare(document), marks.get(document.id, ""))
            except UnfitDocument as error:
                failed.append((document.id, str(error)))
            else:
                yield Item(document.id, id_of(document), body)


def chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Chunks that a server takes in one request."""
    chunk: list[Item] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += 3 * sum(map(len, item.body["words"]))
        if len(chunk) >= _CHUNK_DOCUMENTS or size >= _CHUNK_CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def send(
    connection: Connection, items: Sequence[Item], alias: str, failed: Failed, *, only_new: bool = False
) -> list[int]:
    """Writes one chunk to ``alias``; gives the ids now there. ``only_new``: what is there stays.

    Repeating it does no harm: ``_id`` comes from the article.
    """
    verb = "create" if only_new else "index"
    waiting = list(items)
    done: list[int] = []
    reason = ""
    for turn in range(_PRESSURE_TRIES):
        answers = _request(connection, waiting, alias, verb)
        pressed: list[Item] = []
        for item, answer in zip(waiting, answers, strict=True):
            status = int(answer["status"])
            if status < 300 or (only_new and status == 409):
                done.append(item.number)
            elif status in PASSING:
                pressed.append(item)
                reason = _reason(answer)
            elif status in _NO_RIGHT or _type(answer) in _CLOSED:
                raise _not_taken(len(items) - len(done), _reason(answer))
            else:
                failed.append((item.number, _reason(answer)))
        if not pressed:
            return done
        waiting = pressed
        if turn < _PRESSURE_TRIES - 1:
            time.sleep(jittered(_PRESSURE_PAUSE_S, turn))
    raise _not_taken(len(waiting), reason)


def _not_taken(count: int, reason: str) -> EngineUnavailable:
    return EngineUnavailable(
        _(
            "Elasticsearch chưa nhận %(count)s bài (%(reason)s); các bài này sẽ được gửi lại sau, "
            "hãy kiểm tra tải, đĩa và quyền ghi của máy chủ"
        )
        % {"count": count, "reason": reason}
    )


def _request(connection: Connection, items: Sequence[Item], alias: str, verb: str) -> list[dict[str, Any]]:
    operations: list[Any] = []  # the library takes lines made already, its types do not say so
    for item in items:
        operations += [{verb: {"_id": item.key}}, orjson.dumps(item.body)]
    answer = connection.call(
        lambda client: client.bulk(
            operations=operations, index=alias, require_alias=True, filter_path=_ANSWER
        )
    )
    return [next(iter(entry.values())) for entry in answer["items"]]


def _type(answer: dict[str, Any]) -> str:
    error = answer.get("error") or {}
    return str(error.get("type", answer["status"]))


def _reason(answer: dict[str, Any]) -> str:
    error = answer.get("error") or {}
    cause = error.get("caused_by") or {}
    return f"{_type(answer)}: {error.get('reason', '')} {cause.get('reason', '')}".strip()
