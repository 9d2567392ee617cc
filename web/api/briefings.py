"""The weekly briefings: what they say, and their files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from briefings.models import Approval, Briefing, BriefingVersion
from briefings.render import CONTENT_TYPES, FORMATS, file_name, render
from briefings.versions import is_approved, newest, opened
from web.api.fields import Time, Told
from web.api.limits import Kind
from web.api.operation import reads
from web.api.paging import Page, PageParams, page_of
from web.api.problems import Problem, not_found
from web.api.scopes import Scope
from web.briefing_page import profile

router = Router(tags=["briefings"])
PATH = "/briefings/{row:pk}/versions/{row:number}"


class BriefingBrief(Told):
    """A week."""

    id: int
    province: str
    week: str = Field(description="as 2026-W47")
    starts: Time
    ends: Time
    versions: int
    approved: int | None = Field(description="number of the version approved last")


class VersionTold(Told):
    """One version. ``content``: sections, blocks, sentences, each with its sources."""

    briefing: int
    number: int
    at: Time
    act: str
    by: str | None
    digest: str
    approved: bool
    content: dict[str, Any]


@router.get(
    "/briefings", response=Page[BriefingBrief], summary="List briefings", **reads(Scope.BRIEFINGS_READ)
)
def list_briefings(request: HttpRequest, params: Query[PageParams]) -> Page[BriefingBrief]:
    """Newest first."""
    found, cursor = page_of(Briefing.objects.filter(province=profile().id), params)
    items = _briefs(found)
    return Page[BriefingBrief](items=items, next_cursor=cursor)


@router.get(
    "/briefings/{row:pk}", response=VersionTold, summary="Read a briefing", **reads(Scope.BRIEFINGS_READ)
)
def read_briefing(request: HttpRequest, pk: int) -> VersionTold:
    """Its newest version."""
    briefing = Briefing.objects.filter(pk=pk, province=profile().id).first()
    version = newest(briefing) if briefing else None
    if version is None:
        raise not_found()
    return _told(version)


@router.get(PATH, response=VersionTold, summary="Read a version", **reads(Scope.BRIEFINGS_READ))
def read_briefing_version(request: HttpRequest, pk: int, number: int) -> VersionTold:
    """One version."""
    return _told(_version(pk, number))


@router.get(
    f"{PATH}/files/{{form}}",
    summary="A version as a file",
    **reads(Scope.BRIEFINGS_READ, Kind.EXPORT),
)
def read_briefing_file(request: HttpRequest, pk: int, number: int, form: str) -> HttpResponse:
    """docx, pdf, or xlsx with the whole annex; the same version always gives the same bytes."""
    if form not in FORMATS:
        raise Problem(404, "not-found", _("Bản tin chỉ có dạng %(forms)s.") % {"forms": ", ".join(FORMATS)})
    kept = opened(_version(pk, number))
    response = HttpResponse(render(kept.content, kept.annex, form), content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{file_name(kept.content, form)}"'
    return response


def _briefs(rows: list[Briefing]) -> list[BriefingBrief]:
    counts: dict[int, int] = {}
    for briefing in BriefingVersion.objects.filter(briefing__in=rows).values_list("briefing", flat=True):
        counts[briefing] = counts.get(briefing, 0) + 1
    approved: dict[int, int] = dict(
        Approval.objects.filter(version__briefing__in=rows)
        .order_by("version__number")
        .values_list("version__briefing", "version__number")
    )
    return [
        BriefingBrief(
            id=row.pk,
            province=row.province,
            week=f"{row.year}-W{row.week:02d}",
            starts=row.starts,
            ends=row.ends,
            versions=counts.get(row.pk, 0),
            approved=approved.get(row.pk),
        )
        for row in rows
    ]


def _version(pk: int, number: int) -> BriefingVersion:
    rows = BriefingVersion.objects.select_related("briefing", "by", "inputs")
    row: BriefingVersion | None = rows.filter(
        briefing=pk, briefing__province=profile().id, number=number
    ).first()
    if row is None:
        raise not_found()
    return row


def _told(version: BriefingVersion) -> VersionTold:
    return VersionTold(
        briefing=version.briefing_id,
        number=version.number,
        at=version.at,
        act=version.act,
        by=version.by.get_username() if version.by else None,
        digest=version.digest,
        approved=is_approved(version),
        content=version.content,
    )
