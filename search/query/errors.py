"""The error of a query that cannot be understood."""

from __future__ import annotations


class QuerySyntaxError(ValueError):
    """What is wrong with a query, where, and what to do: ``message`` is Vietnamese, for the user.

    ``start`` and ``end`` are code points into the query as it was typed.
    """

    def __init__(self, message: str, start: int, end: int):
        self.message = message
        self.start = start
        self.end = end
        super().__init__(f"{message} (ký tự {start + 1}–{max(end, start + 1)})")
