"""What a backup says of itself, and the errors of making and using one."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath

FORMAT = 1
NAME = "manifest.json"
ATTACHMENTS = "attachments"  # in the backup and in the data folder


class BackupError(Exception):
    """What happened, to what, and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """``files`` maps each member's name to its SHA-256 (hex). The manifest is the archive's last member."""

    format: int
    made_by: str
    made_at: str
    database: str  # "sqlite" or "postgresql"
    files: dict[str, str]

    def to_json(self) -> bytes:
        """As stored in the archive."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    @staticmethod
    def from_json(raw: bytes) -> Manifest:
        """Read and check; raises ``BackupError``."""
        try:
            manifest = Manifest(**json.loads(raw))
        except (ValueError, TypeError) as error:
            raise BackupError(
                f"{NAME} cannot be read ({error}); the file is no backup of this program"
            ) from None
        if manifest.format != FORMAT:
            raise BackupError(
                f"backup format {manifest.format} is not {FORMAT}; restore it with diembao {manifest.made_by}"
            )
        return manifest


def safe_name(name: str) -> str:
    """``name`` if it stays inside the folder it is unpacked to; raises ``BackupError``."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise BackupError(
            f"member {name!r} would be written outside of the data folder; do not trust this file"
        )
    return name
