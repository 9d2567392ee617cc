"""The one error of this room."""

from __future__ import annotations

from pathlib import Path


class ProfileError(ValueError):
    """A profile or sources file cannot be used. Says where, what, and what to do.

    ``line`` counts from 1; 0 means the file or folder itself.
    """

    def __init__(self, file: Path, line: int, message: str) -> None:
        super().__init__(f"{file}:{line}: {message}" if line else f"{file}: {message}")
        self.file = file
        self.line = line
        self.message = message
