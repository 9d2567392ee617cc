"""What can go wrong in a fetch, said in the records' words.

FetchFault                 raised by our own middlewares, already knows its kind
├── HostPaused             the host asked us to stay away for a while
├── RobotsForbidden        robots.txt forbids the address
├── RobotsUnreachable      robots.txt cannot be read just now, so nothing is asked
└── TooManyRedirects       more redirects than allowed, or a loop
"""

from __future__ import annotations

from email.utils import parsedate_to_datetime

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    UnsupportedURLSchemeError,
)

from crawlers.collector.addresses import AddressRefused
from crawlers.records import FailureKind, FetchFailure

# A server cannot send us away for longer than this; the row is then tried again.
LONGEST_RETRY_AFTER_S = 86_400.0


class FetchFault(Exception):
    """A fetch that our own rules ended. ``kind`` and ``retry_after`` (seconds) go into the record."""

    kind = FailureKind.CONNECTION

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class HostPaused(FetchFault):
    """The host answered 429 or 503 lately and asked for a longer pause than a job can wait."""

    kind = FailureKind.THROTTLED


class RobotsForbidden(FetchFault):
    """robots.txt forbids the address to us."""

    kind = FailureKind.ROBOTS


class RobotsUnreachable(FetchFault):
    """robots.txt answered with a server error: by RFC 9309 nothing is fetched until it can be read."""

    kind = FailureKind.HTTP_STATUS


class TooManyRedirects(FetchFault):
    """More redirects than allowed, or a redirect loop."""

    kind = FailureKind.REDIRECTS


def failure_of(error: BaseException, url: str) -> FetchFailure:
    """The record of an exception that Scrapy, Twisted or one of our middlewares raised."""
    detail = str(error) or type(error).__name__
    if isinstance(error, FetchFault):
        return FetchFailure(url, error.kind, detail, retry_after=error.retry_after)
    kind = _kind_of(error)
    words = {
        FailureKind.DNS: "không phân giải được tên miền",
        FailureKind.TIMEOUT: "quá thời gian chờ",
        FailureKind.CONNECTION: "kết nối lỗi",
        FailureKind.TOO_LARGE: "nội dung lớn hơn giới hạn",
        FailureKind.ADDRESS: "địa chỉ không tải được",
    }.get(kind)
    return FetchFailure(url, kind, f"{words}: {detail}" if words else detail)


def _kind_of(error: BaseException) -> FailureKind:
    # Scrapy and Twisted raise ValueError for what is no URL, or no host name.
    if isinstance(error, AddressRefused | UnsupportedURLSchemeError | ValueError):
        return FailureKind.ADDRESS
    if isinstance(error, CannotResolveHostError):
        return FailureKind.DNS
    if isinstance(error, DownloadTimeoutError | TimeoutError):
        return FailureKind.TIMEOUT
    if isinstance(error, DownloadConnectionRefusedError):
        return FailureKind.CONNECTION
    # Scrapy cancels a download only for its size, and ignores an answer only for its decompressed size.
    if isinstance(error, DownloadCancelledError | IgnoreRequest):
        return FailureKind.TOO_LARGE
    return FailureKind.CONNECTION


def retry_after_seconds(value: str | None, now: float) -> float | None:
    """Seconds from a Retry-After header (RFC 9110: seconds or an HTTP date); None if absent or absurd.

    ``now`` is the Unix time of the answer. Never negative, at most a day.
    """
    if not value:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        seconds = float(text[:12])
    else:
        try:
            seconds = parsedate_to_datetime(text).timestamp() - now
        except (ValueError, TypeError, OverflowError):
            return None
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER_S)
