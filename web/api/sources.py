"""Sources: how each is doing by its own rhythm, and how complete collection was."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from archive.health import completeness, source_health
from archive.models import Outlet
from web.api.fields import Params, Time, Told
from web.api.operation import reads
from web.api.scopes import Scope
from web.api.shapes import OutletTold, outlet_told

router = Router(tags=["sources"])


class SourceTold(Told):
    """One feed, sitemap or section page.

    ``usual``: median of new items a day, null when too little is known.
    """

    id: int
    outlet: OutletTold
    kind: str
    url: str
    state: str = Field(description="ok, quiet, silent, failing, new or unverified")
    explanation: str
    usual: float | None
    last_24h: int
    last_success_at: Time | None
    last_new_at: Time | None
    next_due_at: Time
    interval_s: float


class SourcesTold(Told):
    """Every active source."""

    items: list[SourceTold]


class OutletsTold(Told):
    """Every active outlet."""

    items: list[OutletTold]


class CompletenessParams(Params):
    """Of how many days."""

    days: int = Field(7, ge=1, le=366)


class Gap(Told):
    """Hours in which a source could not be read."""

    source: int
    outlet: str
    hours: int


class CompletenessTold(Told):
    """Whether an empty result can be trusted."""

    complete: bool
    text: str
    sources: int
    gaps: list[Gap]
    silent: list[int]
    unwatched_hours: int = Field(description="the program did not run")
    outage_hours: int = Field(description="our own network was away")
    began: Time | None = Field(description="the first reading ever, if the span begins before it")


@router.get("/outlets", response=OutletsTold, summary="List outlets", **reads(Scope.SOURCES_READ))
def list_outlets(request: HttpRequest) -> OutletsTold:
    """By name; no outlet is scored."""
    return OutletsTold(items=[outlet_told(row) for row in Outlet.objects.filter(active=True)])


@router.get("/sources", response=SourcesTold, summary="Health of the sources", **reads(Scope.SOURCES_READ))
def list_sources(request: HttpRequest) -> SourcesTold:
    """Each measured by its own usual rhythm."""
    return SourcesTold(
        items=[
            SourceTold(
                id=row.source.pk,
                outlet=outlet_told(row.source.outlet),
                kind=row.source.kind,
                url=row.source.url,
                state=row.state,
                explanation=row.explanation,
                usual=row.usual,
                last_24h=row.last_24h,
                last_success_at=row.last_success_at,
                last_new_at=row.last_new_at,
                next_due_at=row.source.next_due_at,
                interval_s=row.interval_s,
            )
            for row in source_health(timezone.now())
        ]
    )


@router.get(
    "/sources/completeness",
    response=CompletenessTold,
    summary="How complete collection was",
    **reads(Scope.SOURCES_READ),
)
def read_completeness(request: HttpRequest, params: Query[CompletenessParams]) -> CompletenessTold:
    """Of the last days until now."""
    now = timezone.now()
    found = completeness(now - timedelta(days=params.days), now, now)
    return CompletenessTold(
        complete=found.complete,
        text=found.text,
        sources=found.sources,
        gaps=[Gap(source=gap.source.pk, outlet=gap.source.outlet_id, hours=gap.hours) for gap in found.gaps],
        silent=[source.pk for source in found.silent],
        unwatched_hours=found.unwatched_hours,
        outage_hours=found.outage_hours,
        began=found.began,
    )
