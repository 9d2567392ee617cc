"""The register of official figures: reading it, and adding drafts that a second person approves."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field

from archive.models import RegisterEntry
from archive.register.edits import create
from archive.register.fields import read_fields
from archive.register.listing import RegisterSearch, find_entries
from web.api.access import token_of
from web.api.fields import Body, Line, Reason, RowNumber, Time, Told
from web.api.once import once
from web.api.operation import reads, writes
from web.api.paging import Page, PageParams, page_of
from web.api.problems import FieldProblem, bad_field, bad_fields, not_found
from web.api.scopes import Scope
from web.clock import today

router = Router(tags=["register"])
PEOPLE = ("created_by", "edited_by", "approved_by")
SAME = ("value", "province", "district", "scope", "period", "merger", "as_of", "quote", "document", "aliases")


class RegisterParams(PageParams):
    """Which entries."""

    q: Line = Field("", max_length=300, description="Words in indicator, value, scope, document or place.")
    status: Literal["draft", "approved", "withdrawn"] | None = None
    validity: Literal["now", "past", "future"] | None = None


class EntryTold(Told):
    """One dated official value. Only approved entries are compared with coverage."""

    id: int
    indicator: str
    unit: str
    value: str
    province: str
    district: str
    scope: str
    period: str
    merger: str
    as_of: str
    quote: str
    document: str
    aliases: list[str]
    tolerance: str | None = Field(description="per cent of the value")
    valid_from: date
    valid_to: date | None
    status: str
    replaces: int | None
    superseded_by: int | None
    source_article: int | None
    created_by: str | None
    edited_by: str | None
    approved_by: str | None
    created_at: Time
    approved_at: Time | None
    version: int


class EntryBody(Body):
    """A draft, as its cells stand in a register file ("184/210", "11.7"; aliases between "|")."""

    indicator: Line = Field(max_length=200)
    unit: Line = Field(max_length=60)
    value: Line = Field(max_length=60)
    province: Line = Field(max_length=20)
    as_of: Line = Field(max_length=40)
    valid_from: Line = Field(max_length=20)
    valid_to: Line = Field("", max_length=20)
    district: Line = Field("", max_length=120)
    scope: Line = Field("", max_length=300)
    period: Line = Field("", max_length=120)
    merger: Line = Field("", max_length=10)
    quote: Line = Field("", max_length=2000)
    document: Line = Field("", max_length=300)
    tolerance: Line = Field("", max_length=20)
    aliases: Line = Field("", max_length=2000)
    replaces: RowNumber | None = None
    reason: Reason


@router.get("/register", response=Page[EntryTold], summary="List entries", **reads(Scope.REGISTER_READ))
def list_entries(request: HttpRequest, params: Query[RegisterParams]) -> Page[EntryTold]:
    """Newest first."""
    search = RegisterSearch(params.q, params.status or "", params.validity or "")
    rows = find_entries(today(timezone.now()), search).select_related("edited_by")
    found, cursor = page_of(rows, params)
    return Page[EntryTold](items=[entry_told(row) for row in found], next_cursor=cursor)


@router.get("/register/{row:pk}", response=EntryTold, summary="Read an entry", **reads(Scope.REGISTER_READ))
def read_entry(request: HttpRequest, pk: int) -> EntryTold:
    """One entry."""
    return entry_told(_row(pk))


@router.post(
    "/register", response={201: EntryTold}, summary="Add a draft entry", **writes(Scope.REGISTER_WRITE)
)
@once
def add_entry(request: HttpRequest, body: EntryBody) -> Status[EntryTold]:
    """A draft is compared with nothing before a second person approves it on the pages."""
    cells = body.model_dump(exclude={"replaces", "reason"})
    content, problems = read_fields(cells)
    if content is None:
        raise bad_fields(tuple(FieldProblem(f"body.{name}", told) for name, told in problems.items()))
    replaced = None
    if body.replaces is not None:
        replaced = RegisterEntry.objects.filter(
            pk=body.replaces, status=RegisterEntry.Status.APPROVED, superseded_by=None
        ).first()
        if replaced is None:
            raise bad_field("body.replaces", _("không phải mục đang có hiệu lực"))
    made = create(
        content, by=token_of(request).owner, now=timezone.now(), reason=body.reason, replaces=replaced
    )
    return Status(201, entry_told(_row(made.pk)))


def _row(pk: int) -> RegisterEntry:
    row = RegisterEntry.objects.select_related("indicator", *PEOPLE).filter(pk=pk).first()
    if row is None:
        raise not_found()
    return row


def entry_told(row: RegisterEntry) -> EntryTold:
    """One entry, its indicator and people at hand."""
    people: dict[str, Any] = {name: getattr(row, name) for name in PEOPLE}
    names: dict[str, Any] = {name: user.get_username() if user else None for name, user in people.items()}
    return EntryTold(
        id=row.pk,
        indicator=row.indicator.name,
        unit=row.indicator.unit,
        **{name: getattr(row, name) for name in SAME},
        tolerance=None if row.tolerance is None else format(row.tolerance.normalize(), "f"),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        status=row.status,
        replaces=row.replaces_id,
        superseded_by=row.superseded_by_id,
        source_article=row.source_article_id,
        **names,
        created_at=row.created_at,
        approved_at=row.approved_at,
        version=row.version,
    )
