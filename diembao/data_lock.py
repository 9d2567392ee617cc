"""Who may work on a data folder: one collector on SQLite, several on PostgreSQL, none during a restore.

The lock is the operating system's: it is free again as soon as its holder is gone, however that ended.
"""

from __future__ import annotations

import fcntl
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from diembao.errors import CommandError

log = logging.getLogger(__name__)

NAME = "collector.lock"
# A collector that lost its supervisor, or was told to end, still finishes what it has in hand.
WAIT_S = 20.0
PAUSE_S = 0.25


@contextmanager
def data_lock(data: Path, *, shared: bool = False, wait_s: float = WAIT_S) -> Iterator[None]:
    """Hold the folder's lock, alone or beside others who hold it ``shared``.

    Raises ``CommandError`` when another process still holds it after ``wait_s`` seconds.
    """
    path = data / NAME
    try:
        file = path.open("a")
    except OSError as error:
        raise CommandError(
            f"{path} cannot be written ({error.strerror}); change its owner or set DIEMBAO_DATA"
        ) from error
    with file:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        until, told = time.monotonic() + wait_s, False
        while True:
            try:
                fcntl.flock(file, kind | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    # Bad input: starting again cannot help, so a supervisor must not try.
                    raise CommandError(
                        f"another diembao watch or run works on {data}; end it, or set another DIEMBAO_DATA",
                        bad_input=True,
                    ) from None
            if not told:
                log.warning("another diembao watch works on %s; waiting for it to end", data)
                told = True
            time.sleep(PAUSE_S)
        yield
