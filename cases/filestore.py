"""Files under their SHA-256 in the data folder: written whole before any row tells of them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.utils.translation import gettext as _


class FileMissing(Exception):
    """The bytes of a kept file are not there or are not what they were; the message says so (Vietnamese)."""


def keep(folder: Path, content: bytes) -> str:
    """Write ``content``; returns its SHA-256 (hex). Safe to repeat, to race, to kill. Raises ``OSError``."""
    sha256 = hashlib.sha256(content).hexdigest()
    target = _path(folder, sha256)
    if target.is_file() and target.stat().st_size == len(content):
        return sha256
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    _settle(target.parent)
    return sha256


def read(folder: Path, sha256: str) -> bytes:
    """The bytes, checked against their name. Raises ``FileMissing``."""
    try:
        content = _path(folder, sha256).read_bytes()
    except OSError as error:
        raise FileMissing(
            _("Không đọc được tệp %(sha256)s… (%(strerror)s); hãy khôi phục từ bản sao lưu.")
            % {"sha256": sha256[:16], "strerror": error.strerror}
        ) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileMissing(
            _("Tệp %(sha256)s… đã bị thay đổi ngoài chương trình; hãy khôi phục từ bản sao lưu.")
            % {"sha256": sha256[:16]}
        )
    return content


def _path(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256


def _settle(folder: Path) -> None:
    """Have the name on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
