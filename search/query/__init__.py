"""The query language of pages, API, exports, alerts and commands: ``parse`` gives a ``ParsedQuery``."""

from search.query.errors import QuerySyntaxError
from search.query.parser import parse
from search.query.tree import ParsedQuery

__all__ = ["ParsedQuery", "QuerySyntaxError", "parse"]
