"""Messages that are no alerts: a text, a page and files, sent once to a chosen target by the same outbox."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alerts.channels import RECIPES
from alerts.models import Delivery, Target


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file. ``kind``: its media type."""

    name: str
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Notice:
    """``page``: where the whole can be read, "" unknown. Channels without files send the rest."""

    title: str
    lines: tuple[str, ...]
    page: str = ""
    files: tuple[Attachment, ...] = ()


def queue_notice(target: Target, notice: Notice, *, key: str, now: datetime) -> bool:
    """One message to one target; False when its channel takes no notices or ``key`` was queued before."""
    recipe = RECIPES.get(target.channel)
    if recipe is None or Delivery.Kind.NOTICE not in recipe.kinds:
        return False
    files = [
        {"name": file.name, "kind": file.kind, "data": b64encode(file.data).decode()} for file in notice.files
    ]
    payload = {"title": notice.title, "lines": list(notice.lines), "page": notice.page, "files": files}
    _, made = Delivery.objects.get_or_create(
        key=key,
        defaults={
            "target": target,
            "channel": target.channel,
            "kind": Delivery.Kind.NOTICE,
            "payload": payload,
            "created_at": now,
            "next_at": now,
        },
    )
    return made


def files_of(payload: Mapping[str, Any]) -> Iterator[Attachment]:
    """The files of a queued notice."""
    for file in payload.get("files", ()):
        yield Attachment(file["name"], file["kind"], b64decode(file["data"]))
