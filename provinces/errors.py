"""The one error of this room."""

from __future__ import annotations

from pathlib import Path


class ProfileError(ValueError):
    """A profile or sources file cannot be used. Says where (file, line from 1), what, and what to do."""

    def __init__(self, file: Path, line: int, message: str) -> None:
        super().__init__(f"{file}:{line}: {message}")
        self.file = file
        self.line = line
        self.message = message
