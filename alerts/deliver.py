"""Sends what waits in the outbox: claimed by an update that must touch exactly one row, sent, marked.

A kill after sending and before marking is the only moment that repeats a message: its lease runs out and
it is sent once more. Nothing is ever lost: what cannot be sent ends among the dead letters.
"""

from __future__ import annotations

import logging
import random
import time
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import translation

from alerts.channels import RECIPES, Channel, Message
from alerts.errors import TransportError
from alerts.models import AlertThread, Delivery
from alerts.waiting import after_failure, maintained_until, quiet_until

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
"""Longer than any channel takes to answer or give up."""

BURST = 9
"""Messages to one address beyond the first that may come at once before its pace holds."""

THROTTLE_S = 30.0  # a service that asked for a pause and did not say how long
State, Kind = Delivery.State, Delivery.Kind

URGENCY = Case(When(kind=Kind.STATE, then=Value(0)), When(kind=Kind.UPDATE, then=Value(2)), default=Value(1))
"""An officer who pressed a button looks at the card; that a story grew can wait for what is new."""


class Deliverer:
    """A step. Several may run at once; a row is sent by the one that claimed it."""

    name = "deliver"

    def __init__(
        self,
        channels: Mapping[str, Channel],
        *,
        attempts: int,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        rng: random.Random | None = None,
        lease: timedelta = LEASE,
        pace: bool = True,
        sleep: Callable[[float], None] = time.sleep,
    ):
        self._channels = dict(channels)
        self._attempts = attempts
        self._clock = clock
        self._rng = rng or random.Random()  # noqa: S311  (spreads load, guards nothing)
        self._lease = lease
        self._pace = pace
        self._sleep = sleep
        self._ahead: dict[tuple[str, str], datetime] = {}  # when an address has had its pace's time
        self._paused: dict[str, datetime] = {}  # of a channel, because it asked for it

    def run(self, limit: int) -> int:
        """Handle up to ``limit`` messages that are due; returns how many were sent or given up.

        When all that is due waits for an address's pace, it waits that second too and returns 1.
        """
        settled = 0
        for delivery in self._due(limit):
            if self._paused_or_paced(delivery) or self._held(delivery):
                continue
            token = uuid.uuid4().hex
            if self._claim(delivery, token):
                settled += self._attempt(delivery, token)
        if not settled and (wait := self._pace_wait()) > 0:
            self._sleep(wait)
            return 1
        return settled

    def _due(self, limit: int) -> list[Delivery]:
        now = self._clock()
        open_now = [name for name in self._channels if self._paused.get(name, now) <= now]
        earlier = Delivery.objects.filter(
            alert=OuterRef("alert"), target=OuterRef("target"), pk__lt=OuterRef("pk")
        ).exclude(state__in=(State.SENT, State.DEAD))
        rows = _claimable(now).filter(channel__in=open_now, target__enabled=True)
        # A thread begins with its first message, and its news come in order.
        rows = rows.exclude(Exists(earlier)).select_related("target")
        for channel, address in self._paced(now):  # a busy address must not crowd out the others
            busy = Q(channel=channel, target__address=address)
            rows = rows.exclude(busy & ~Q(kind__in=RECIPES[channel].unpaced))
        # The newest first: after a flood what happens now is told within seconds, and the rest in its turn.
        return list(rows.order_by(URGENCY, "-severity", "-created_at", "-pk")[:limit])

    def _paced(self, now: datetime) -> dict[tuple[str, str], datetime]:
        """Addresses that had a burst's worth of messages, and when each may have the next."""
        free = {key: ahead - BURST * self._pace_of(key[0]) for key, ahead in self._ahead.items()}
        return {key: at for key, at in free.items() if at > now}

    def _paused_or_paced(self, delivery: Delivery) -> bool:
        now = self._clock()
        paced = (delivery.channel, delivery.target.address) in self._paced(now)
        return (paced and self._counts(delivery)) or self._paused.get(delivery.channel, now) > now

    def _pace_wait(self) -> float:
        """Seconds until an address that has due messages may have the next; 0 if none waits for that."""
        now = self._clock()
        waits = [
            (at - now).total_seconds()
            for (channel, address), at in self._paced(now).items()
            if self._paused.get(channel, now) <= now
            and _claimable(now).filter(channel=channel, target__address=address).exists()
        ]
        return min(waits, default=0.0)

    def _held(self, delivery: Delivery) -> bool:
        """Quiet hours and maintenance defer and never drop."""
        now = self._clock()
        reasons = (
            (maintained_until(now), "bảo trì"),
            (quiet_until(delivery.target, delivery.severity, now), "giờ yên lặng"),
        )
        for until, reason in reasons:
            if until is not None:
                _claimable(now).filter(pk=delivery.pk).update(
                    state=State.WAITING, next_at=until, hold=f"{reason}, đến {until:%H:%M %d/%m}"
                )
                return True
        return False

    def _claim(self, delivery: Delivery, token: str) -> bool:
        now = self._clock()
        claimed = (
            _claimable(now)
            .filter(pk=delivery.pk)
            .update(
                state=State.SENDING,
                claim=token,
                lease_until=now + self._lease,
                attempts=F("attempts") + 1,
                hold="",
            )
        )
        if claimed:
            # Its payload may have become newer between reading and claiming.
            delivery.refresh_from_db(fields=["payload", "attempts"])
        return claimed == 1

    def _attempt(self, delivery: Delivery, token: str) -> int:
        thread = ""
        if delivery.alert_id is not None:
            threads = AlertThread.objects.filter(alert=delivery.alert_id, target=delivery.target_id)
            thread = threads.values_list("reference", flat=True).first() or ""
        message = Message(delivery.kind, delivery.target.address, delivery.key, delivery.payload, thread)
        try:
            with translation.override("vi"):  # officers share one channel, whatever language pages have
                reference = self._channels[delivery.channel].send(message)
        except TransportError as error:
            return self._failed(delivery, token, error)
        except Exception as error:
            # A fault of ours, in one card or one channel, must not hold up the others or lose this one.
            log.exception("message %s could not be sent", delivery.key)
            fault = TransportError(f"{type(error).__name__}: {error}", permanent=False)
            return self._failed(delivery, token, fault)
        self._sent(delivery, token, reference)
        return 1

    def _sent(self, delivery: Delivery, token: str, reference: str) -> None:
        now = self._clock()
        self._set_pace(delivery, now)
        with transaction.atomic():
            marked = _held_by(delivery, token).update(
                state=State.SENT, sent_at=now, reference=reference, error="", lease_until=None
            )
            if marked and delivery.alert_id is not None and reference:
                AlertThread.objects.get_or_create(
                    alert_id=delivery.alert_id, target=delivery.target, defaults={"reference": reference}
                )
        log.info("sent %s to %s", delivery.key, delivery.target)

    def _failed(self, delivery: Delivery, token: str, error: TransportError) -> int:
        now = self._clock()
        self._set_pace(delivery, now)
        mine = _held_by(delivery, token)
        if error.throttled:
            until = now + timedelta(seconds=error.retry_after or THROTTLE_S)
            self._paused[delivery.channel] = until
            mine.update(
                state=State.FAILED,
                next_at=until,
                attempts=F("attempts") - 1,
                error=str(error),
                lease_until=None,
            )
            log.warning("%s asks for a pause until %s", delivery.channel, until)
            return 0
        if error.permanent or delivery.attempts >= self._attempts:
            mine.update(state=State.DEAD, error=str(error), lease_until=None)
            log.error("gave up %s to %s: %s; see the dead letters", delivery.key, delivery.target, error)
            return 1
        wait = after_failure(delivery.attempts, error.retry_after, self._rng)
        mine.update(state=State.FAILED, next_at=now + wait, error=str(error), lease_until=None)
        log.warning("%s was not taken (%s); again in %.0f s", delivery.key, error, wait.total_seconds())
        return 0

    def _pace_of(self, channel: str) -> timedelta:
        return timedelta(seconds=RECIPES[channel].pace_s if self._pace else 0.0)

    def _counts(self, delivery: Delivery) -> bool:
        """Whether the pace of its address is on this message."""
        return delivery.kind not in RECIPES[delivery.channel].unpaced

    def _set_pace(self, delivery: Delivery, now: datetime) -> None:
        if self._counts(delivery) and (pace := self._pace_of(delivery.channel)):
            address = (delivery.channel, delivery.target.address)
            self._ahead[address] = max(now, self._ahead.get(address, now)) + pace


def _claimable(now: datetime) -> QuerySet[Delivery]:
    """Due, or left behind by a process that died while sending."""
    return Delivery.objects.filter(
        Q(state__in=(State.WAITING, State.FAILED), next_at__lte=now)
        | Q(state=State.SENDING, lease_until__lte=now)
    )


def _held_by(delivery: Delivery, token: str) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, claim=token)


def resend(delivery_id: int, *, now: datetime) -> bool:
    """Give a dead letter another full round of attempts; False when it is none any more."""
    rows = Delivery.objects.filter(pk=delivery_id, state=State.DEAD)
    return rows.update(state=State.WAITING, attempts=0, next_at=now, hold="") == 1
