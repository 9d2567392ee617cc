"""What the workers of the workshop tests are given to do; importable by a new process."""

from __future__ import annotations

import os
import time

from crawlers.errors import Unreadable
from crawlers.records import FailureKind


def double(number: int) -> int:
    return 2 * number


def pid() -> int:
    return os.getpid()


def crash() -> None:
    os._exit(42)


def hang() -> None:
    time.sleep(60)


def unreadable() -> None:
    raise Unreadable(FailureKind.UNREADABLE, "không đọc được")


def slow_library() -> None:
    raise TimeoutError("from within")
