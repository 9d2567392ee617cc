"""Lists of rows, newest number first: complete however many are added while somebody pages."""

from __future__ import annotations

from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from pydantic import Field

from web.api.fields import LARGEST_ID, Params, Told
from web.api.problems import FieldProblem, Problem

USUAL = 50
MOST = 200
Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")


class Page(Told, Generic[Item]):
    """One page. ``next_cursor``: for the ``cursor`` of the next request; null on the last page."""

    items: list[Item]
    next_cursor: str | None = None


class PageParams(Params):
    """Where in the list."""

    size: int = Field(USUAL, ge=1, le=MOST, description="Rows of a page.")
    cursor: str = Field("", max_length=40, description="``next_cursor`` of the page before.")


def page_of(rows: QuerySet[Row], params: PageParams) -> tuple[list[Row], str | None]:
    """The rows of the page and the next cursor. Raises ``Problem`` for a cursor that is none.

    The numbers are found first: an index can tell them, where whole rows would be read to be sorted or
    passed over.
    """
    rows = rows.order_by("-pk")
    if params.cursor:
        rows = rows.filter(pk__lt=_number(params.cursor))
    numbers = list(rows.values_list("pk", flat=True)[: params.size + 1])
    shown = numbers[: params.size]
    found = list(rows.filter(pk__in=shown)) if shown else []
    return found, str(shown[-1]) if len(numbers) > params.size else None


def _number(cursor: str) -> int:
    if cursor.isascii() and cursor.isdigit() and int(cursor) <= LARGEST_ID:
        return int(cursor)
    detail = _("Dấu trang không đọc được; hãy đọc lại từ trang đầu.")
    raise Problem(400, "bad-cursor", detail, errors=(FieldProblem("query.cursor", detail),))
