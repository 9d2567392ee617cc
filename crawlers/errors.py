"""The one error that reading bytes may end with."""

from __future__ import annotations

from crawlers.records import FailureKind


class Unreadable(Exception):
    """The bytes are no feed, sitemap or page that can be read.

    ``kind`` is ``FailureKind.UNREADABLE`` or ``FailureKind.TOO_LARGE``; the message says what was
    read, what is wrong with it and what to do, and is fit to be shown to a person.
    """

    def __init__(self, kind: FailureKind, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message

    def __reduce__(self) -> tuple[type[Unreadable], tuple[FailureKind, str]]:
        return type(self), (self.kind, self.message)
