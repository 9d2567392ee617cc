"""What the week to come brings, and what the week before left open."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.metadata import version

import holidays

from briefings.content import Content, SectionId
from briefings.inputs import Carried, Holiday, Inputs
from briefings.ledger import settled
from briefings.models import BriefingVersion
from briefings.weeks import Week

OPEN_SECTIONS = (SectionId.CRITICISM, SectionId.CHECKS, SectionId.LEDGER)


def holidays_from(day: date, days: int = 10) -> list[Holiday]:
    """Public holidays of Việt Nam in the days after ``day``, with where we have them from."""
    provider = f"thư viện holidays {version('holidays')}"
    until = day + timedelta(days=days)
    found = holidays.country_holidays("VN", years={day.year, until.year}, language="vi")
    return [
        Holiday(day=each, name=str(name), provider=provider)
        for each, name in sorted(found.items())
        if day < each <= until
    ]


def told_before(week: Week, province: str) -> BriefingVersion | None:
    """The week before's briefing: its newest approved version, else its newest."""
    before = week.before()
    versions = BriefingVersion.objects.filter(
        briefing__province=province, briefing__year=before.year, briefing__week=before.number
    ).select_related("inputs")
    versions = versions.order_by("-number")
    return versions.filter(approval__isnull=False).first() or versions.first()


def decisions_told(version: BriefingVersion | None) -> set[int]:
    """Decisions that a version was made of: they are not told anew a week later."""
    if version is None:
        return set()
    return {row.decision for row in Inputs.model_validate(version.inputs.data).findings}


def carried_from(version_row: BriefingVersion | None, week: Week) -> list[Carried]:
    """Open points of the week before's briefing that nobody has closed since."""
    if version_row is None:
        return []
    content = Content.model_validate(version_row.content)
    found: list[Carried] = []
    for section in content.sections:
        if section.id not in OPEN_SECTIONS:
            continue
        for block in section.blocks:
            if not block.open or block.dropped or block.title is None:
                continue
            found.append(
                Carried(
                    week=str(week.before()),
                    version=version_row.pk,
                    sentence=block.title.id,
                    open=block.open,
                    title=block.title.text,
                )
            )
    done = settled({point.open for point in found})
    return [point for point in found if point.open not in done]
