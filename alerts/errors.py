"""What can go wrong with rules, alerts and their delivery, and who mends it.

AlertError
├── RuleRefused      a rule cannot be saved; ``problems`` tells the officer what to change
├── ActionRefused    an alert is no longer as the officer saw it, or the officer may not; look again
└── TransportError   a channel did not take a message
      permanent=True     the target or the message is at fault: a dead letter, a person resends it
      permanent=False    weather: tried again by itself, after ``retry_after`` or a growing wait
      throttled=True     the service asked for a pause: the whole channel waits, nothing is counted
"""

from __future__ import annotations


class AlertError(Exception):
    """Root of what this room raises."""


class RuleRefused(AlertError):
    """The rule was not kept. ``problems``: field name to what is wrong and what to do (Vietnamese)."""

    def __init__(self, problems: dict[str, str]):
        self.problems = problems
        super().__init__(" ".join(problems.values()))


class ActionRefused(AlertError):
    """The act was not done; the message says why and what to do (Vietnamese)."""


class TransportError(AlertError):
    """A message was not taken. ``retry_after``: seconds the service asked us to wait, None if it did not."""

    def __init__(
        self, message: str, *, permanent: bool, retry_after: float | None = None, throttled: bool = False
    ):
        self.permanent = permanent
        self.retry_after = retry_after
        self.throttled = throttled
        super().__init__(message)
