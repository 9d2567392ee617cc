"""Path converters, registered when this module is read."""

from __future__ import annotations

from django.urls import register_converter


class RowId:
    """A row's number. Longer ones than a database can hold are no page instead of an error."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Its digits."""
        return str(value)


register_converter(RowId, "row")
