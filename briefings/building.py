"""Building a week: asked for as a row, done by whoever claims it, told step by step."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from briefings.errors import BadWeek, BriefingError, BriefingRefused
from briefings.models import Briefing, BriefingVersion, Build
from briefings.select import freeze
from briefings.settings import setting_of
from briefings.versions import is_approved, keep_built, newest
from briefings.weeks import Week, last_week
from provinces.gazetteer import Gazetteer
from provinces.records import Province

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
State = Build.State
_APPROVED = gettext_lazy("Bản tin tuần này đã được duyệt; hãy mở lại để sửa rồi mới lập lại.")


@dataclass(frozen=True, slots=True)
class Office:
    """Whose briefing is built, and where its pages are reached."""

    profile: Province
    gazetteer: Gazetteer
    base: str = ""


def briefing_of(profile: Province, week: Week, *, now: datetime) -> Briefing:
    """The week's row, made when there is none. Raises ``BadWeek`` for a week that has not begun."""
    cut = setting_of(profile).cut
    if week.starts(cut) >= now:
        raise BadWeek(
            _("Tuần %(week)s chưa bắt đầu; hãy chọn một tuần đã hoặc đang diễn ra.") % {"week": week.written}
        )
    briefing, _made = Briefing.objects.get_or_create(
        province=profile.id,
        year=week.year,
        week=week.number,
        defaults={"starts": week.starts(cut), "ends": week.ends(cut), "created_at": now},
    )
    return briefing


def request(profile: Province, week: Week, *, by: User | None, now: datetime) -> Build:
    """Ask for a build; the one that waits already, if there is one. Raises ``BriefingError``."""
    briefing = briefing_of(profile, week, now=now)
    version = newest(briefing)
    if version is not None and is_approved(version):
        raise BriefingRefused(_APPROVED)
    try:
        with transaction.atomic():
            return Build.objects.create(briefing=briefing, by=by, created_at=now)
    except IntegrityError:
        return Build.objects.get(briefing=briefing, state__in=(State.WAITING, State.RUNNING))


def request_scheduled(profile: Province, *, now: datetime) -> Build | None:
    """Ask for the newest week whose cut-off has passed, once; None when it was or nobody wants it."""
    setting = setting_of(profile)
    if not setting.scheduled:
        return None
    week = last_week(now, setting.cut)
    known = Briefing.objects.filter(province=profile.id, year=week.year, week=week.number)
    if known.filter(Q(builds__isnull=False) | Q(versions__isnull=False)).exists():
        return None
    return request(profile, week, by=None, now=now)


def run_waiting(office: Office, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> int:
    """Do one build of the office that waits, or was left behind; returns how many were taken."""
    now = clock()
    free = Q(state=State.WAITING) | Q(state=State.RUNNING, lease_until__lte=now)
    rows = Build.objects.filter(free, briefing__province=office.profile.id)
    row = rows.order_by("pk").select_related("briefing").first()
    if row is None:
        return 0
    token = uuid.uuid4().hex
    claimed = rows.filter(pk=row.pk).update(
        state=State.RUNNING, claim=token, lease_until=now + LEASE, done=0, step=gettext_noop("Bắt đầu")
    )
    if claimed != 1:
        return 0
    mine = Build.objects.filter(pk=row.pk, claim=token)
    try:
        version = build(
            office,
            row.briefing,
            by=row.by,
            now=now,
            progress=lambda step, done: _tell(row.pk, token, step, done, clock()),
        )
    except BriefingError as error:
        mine.update(state=State.FAILED, error=str(error), ended_at=clock(), lease_until=None)
        return 1
    except Exception as error:
        log.exception("briefing %s could not be built", row.briefing)
        words = _("Lỗi của chương trình (%(name)s): %(error)s. Hãy lập lại; xem nhật ký nếu lặp lại.") % {
            "name": type(error).__name__,
            "error": error,
        }
        mine.update(state=State.FAILED, error=words, ended_at=clock(), lease_until=None)
        return 1
    mine.update(state=State.DONE, done=100, step="Xong", version=version, ended_at=clock(), lease_until=None)
    return 1


def build(
    office: Office,
    briefing: Briefing,
    *,
    by: User | None,
    now: datetime,
    progress: Callable[[str, int], None] = lambda step, done: None,
) -> BriefingVersion:
    """Freeze, compose, check and keep. Raises ``BriefingError``."""
    week = Week(briefing.year, briefing.week)
    inputs = freeze(
        office.profile,
        office.gazetteer,
        week,
        setting_of(office.profile),
        base=office.base,
        now=now,
        progress=progress,
    )
    progress(gettext_noop("Soạn các phần và kiểm tra nguồn từng câu"), 60)
    version = keep_built(briefing, inputs, by=by, now=now)
    progress(gettext_noop("Xong"), 100)
    return version


def _tell(pk: int, token: str, step: str, done: int, now: datetime) -> None:
    Build.objects.filter(pk=pk, claim=token).update(step=step, done=done, lease_until=now + LEASE)
