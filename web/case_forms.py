"""Reading what people type into the forms of cases."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from cases.changes import CaseRefused
from cases.roles import ADMIN, APPROVER, OFFICER
from web.clock import VIETNAM


def read_moment(text: str) -> datetime | None:
    """A time of Việt Nam as a browser's field writes it ("2026-11-25T10:15"); None for "".

    Raises ``CaseRefused``.
    """
    text = text.strip()
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise CaseRefused(_("Ngày giờ phải viết như 2026-11-25 10:15.")) from None
    if not 1990 <= at.year <= 2200:
        raise CaseRefused(_("Năm không hợp lý. Hãy xem lại ngày giờ."))
    return at if at.tzinfo else at.replace(tzinfo=VIETNAM)


def read_day(text: str) -> date | None:
    """A day ("2026-11-25"); None for "". Raises ``CaseRefused``."""
    text = text.strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise CaseRefused(_("Ngày phải viết như 2026-11-25.")) from None
    if not 1990 <= day.year <= 2200:
        raise CaseRefused(_("Năm không hợp lý. Hãy xem lại ngày."))
    return day


def read_number(text: str) -> int:
    """A row's number or a version; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def read_numbers(texts: list[str]) -> list[int]:
    """Those of several that are numbers."""
    return [number for number in map(read_number, texts[:50]) if number]


def read_officer(text: str) -> User | None:
    """A person by number; None for "". Raises ``CaseRefused``."""
    if not text:
        return None
    person = User.objects.filter(pk=read_number(text), is_active=True).first()
    if person is None:
        raise CaseRefused(_("Không có người này. Hãy chọn lại."))
    return person


def officers() -> list[User]:
    """Everybody who may work on cases, by name."""
    groups = (OFFICER, APPROVER, ADMIN)
    rows = User.objects.filter(is_active=True)
    found = set(rows.filter(groups__name__in=groups)) | set(rows.filter(is_superuser=True))
    return sorted(found, key=lambda user: user.get_username())
