"""The moment a demo began, kept in a file, so that a restart goes on in the same world.

Without it every restart would move all articles to new times and take down those that had appeared live.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from demo.world import WorldError


def remembered_start(file: Path) -> datetime:
    """The moment in ``file``, or the present, which is then written there. Delete the file to begin anew.

    Raises ``WorldError`` when the file cannot be read or written, or holds no moment.
    """
    try:
        if file.exists():
            return _moment(file)
        now = datetime.now(UTC).replace(microsecond=0)
        file.write_text(f"{now.isoformat()}\n", encoding="utf-8")
    except OSError as error:
        raise WorldError(f"{file} cannot be used ({error.strerror}); check the folder's rights") from error
    return now


def _moment(file: Path) -> datetime:
    try:
        moment = datetime.fromisoformat(file.read_text(encoding="utf-8").strip())
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise WorldError(f"{file} does not hold the moment the demo began; delete it to begin anew")
    return moment.astimezone(UTC)
