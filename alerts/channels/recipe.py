"""What a channel declares, what it is given to send, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise

from alerts.config import AlertConfig


@dataclass(frozen=True, slots=True)
class Message:
    """One message. ``thread``: the reference of the alert's first message there, "" before it.

    ``payload``: {card, alert, state, severity, holder, page} for alerts (``alerts.card``), {items, from,
    page} for digests, {title, lines, page, files} for notices (``alerts.notices``). ``key`` is the
    same whenever the same message is sent again.
    """

    kind: str
    address: str
    key: str
    payload: Mapping[str, Any]
    thread: str = ""


class Channel(Protocol):
    """A service that takes messages. Safe to use from one thread at a time."""

    def send(self, message: Message) -> str:
        """Send; returns the service's reference. Raises ``TransportError``."""
        ...


@dataclass(frozen=True, slots=True)
class Recipe:
    """One channel. ``kinds``: of deliveries that it is given; ``pace_s``: least time between two
    messages to one address, but for ``unpaced`` kinds; ``check``: Vietnamese words on what is wrong with an
    address, "" for good.
    """

    name: str
    label: str | Promise
    address_label: str | Promise
    kinds: frozenset[str]
    pace_s: float
    check: Callable[[str], str]
    open: Callable[[AlertConfig], Channel | None]
    unpaced: frozenset[str] = frozenset()
