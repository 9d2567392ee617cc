"""The office's own province: its profile, agencies, deadlines and calendar, read once."""

from __future__ import annotations

from datetime import date
from functools import cache

from django.conf import settings

from cases.deadlines.workdays import WorkingDays
from cases.states import RULE_NAMES
from provinces.deadlines import DeadlineTable, load_deadlines
from provinces.loader import load_province
from provinces.records import Agency, Province
from provinces.workdays import load_swaps


@cache
def office() -> Province:
    """The profile that the settings name. Raises ``ProfileError``."""
    return load_province(settings.DIEMBAO_PROVINCE)


@cache
def deadline_table() -> DeadlineTable:
    """Its deadlines with the national ones. Raises ``ProfileError``."""
    return load_deadlines(office().folder, RULE_NAMES)


@cache
def calendar() -> WorkingDays:
    """The working days of Việt Nam."""
    return WorkingDays(load_swaps())


def agencies_on(day: date) -> list[Agency]:
    """The agencies that exist on ``day``, in the profile's order."""
    return [
        agency
        for agency in office().agencies
        if (agency.valid_from or date.min) <= day <= (agency.valid_to or date.max)
    ]


def agency_on(agency_id: str, day: date) -> Agency | None:
    """The agency of that id, if it exists on ``day``."""
    return next((agency for agency in agencies_on(day) if agency.id == agency_id), None)
