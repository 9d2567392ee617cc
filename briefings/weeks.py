"""Weeks of briefings: an ISO week, from the cut-off before to its own cut-off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from archive.vietnam import VIETNAM
from briefings.errors import BadWeek

_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")


@dataclass(frozen=True, slots=True)
class CutOff:
    """When a week ends: ``weekday`` (0 Monday .. 6 Sunday) and time of Việt Nam."""

    weekday: int = 3
    at: time = time(17)


@dataclass(frozen=True, slots=True)
class Week:
    """One ISO week."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"

    @property
    def written(self) -> str:
        """ "47/2026", as people write it."""
        return f"{self.number}/{self.year}"

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    def ends(self, cut: CutOff) -> datetime:
        """The moment of its cut-off, aware."""
        return datetime.combine(self.monday + timedelta(days=cut.weekday), cut.at, tzinfo=VIETNAM)

    def starts(self, cut: CutOff) -> datetime:
        """The cut-off before; what was printed from then on belongs to the week."""
        return self.ends(cut) - timedelta(days=7)

    def before(self) -> Week:
        """The week before."""
        return week_of(self.monday - timedelta(days=7))

    def after(self) -> Week:
        """The week after."""
        return week_of(self.monday + timedelta(days=7))


def parse_week(text: str) -> Week:
    """Reads "2026-W47". Raises ``BadWeek``."""
    found = _WEEK.fullmatch(text.strip())
    if found is None:
        raise BadWeek(_("“%(text)s” không phải một tuần; hãy viết như 2026-W47.") % {"text": text[:20]})
    try:
        week = Week(int(found[1]), int(found[2]))
        week.monday  # noqa: B018  (raises)
    except ValueError:
        raise BadWeek(
            _("Năm %(year)s không có tuần %(number)s.") % {"year": found[1], "number": found[2]}
        ) from None
    return week


def week_of(day: date) -> Week:
    """The ISO week of a day."""
    iso = day.isocalendar()
    return Week(iso.year, iso.week)


def last_week(now: datetime, cut: CutOff) -> Week:
    """The newest week whose cut-off has passed."""
    week = week_of(now.astimezone(VIETNAM).date())
    while week.ends(cut) > now:
        week = week.before()
    return week
