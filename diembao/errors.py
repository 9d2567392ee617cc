"""The error that ends a command with a message instead of a traceback."""

from __future__ import annotations


class CommandError(Exception):
    """What happened, to what, and what to do. ``bad_input``: exit code 2 instead of 1."""

    def __init__(self, message: str, *, bad_input: bool = False):
        self.exit_code = 2 if bad_input else 1
        super().__init__(message)
