"""How each source is doing, measured by its own usual rhythm; and how complete collection was."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median

from django.db.models import Min, Q, Sum
from django.utils.translation import gettext as _

from archive.models import Source, SourceHour
from archive.vietnam import VIETNAM

DAYS = 14
# Days of history before a rhythm is called usual.
NEW_DAYS = 3
# One failure is weather; this many in a row are a fault.
FAILING = 3
# Silent: by its rhythm this many items should have come since the last one, and half a day has
# passed, because newsrooms sleep.
MISSED = 6.0
SILENT_AFTER = timedelta(hours=12)
# Quiet: less than this share of the usual number in the last 24 hours, where at least five are usual.
QUIET_SHARE = 0.3
QUIET_USUAL = 5.0


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """One source for the sources page. ``state``: ok, quiet, silent, failing, new, unverified."""

    source: Source
    state: str
    explanation: str  # Vietnamese, one or two sentences
    days: tuple[tuple[date, int], ...]  # new items by day of Việt Nam, oldest first, today last
    usual: float | None  # median of new items a day; None when too little is known
    last_24h: int
    last_success_at: datetime | None
    last_new_at: datetime | None
    interval_s: float


@dataclass(frozen=True, slots=True)
class SourceGap:
    """Hours of a span in which a source could not be read."""

    source: Source
    hours: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete collection was in a span. ``complete``: nothing is known to be missing."""

    sources: int  # active now
    gaps: tuple[SourceGap, ...]  # worst first
    silent: tuple[Source, ...]  # silent at the end of the span, if that is now
    unwatched_hours: int  # hours in which no source was tried: the program did not run
    outage_hours: int  # hours in which sources could not be read for want of our own network
    began: datetime | None  # the hour of the very first reading, if the span begins before it
    watched: bool  # whether any of the span lies after the first reading
    text: str  # Vietnamese

    @property
    def complete(self) -> bool:
        """Whether no source failed or fell silent and the program ran, from its first reading on."""
        return self.watched and not (self.gaps or self.silent or self.unwatched_hours or self.outage_hours)


def source_health(now: datetime) -> list[SourceHealth]:
    """The health of every active source, by outlet."""
    sources = Source.objects.filter(active=True, outlet__active=True).select_related("outlet")
    today = now.astimezone(VIETNAM).date()
    days = [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    hours = SourceHour.objects.filter(day__gte=days[0], source__in=sources)
    by_day: dict[int, dict[date, int]] = defaultdict(dict)
    for source_id, day, items in hours.values_list("source_id", "day").annotate(Sum("new_items")):
        by_day[source_id][day] = items
    latest = hours.filter(hour__gt=now - timedelta(hours=24)).values_list("source_id")
    last_24h: dict[int, int] = dict(latest.annotate(Sum("new_items")))
    return [_health(source, now, days, by_day[source.pk], last_24h.get(source.pk, 0)) for source in sources]


def completeness(since: datetime, until: datetime, now: datetime) -> Completeness:
    """How complete collection was from ``since`` to ``until``, hour by hour (the future left out).

    Before the first reading ever the program was not meant to run: those hours are told, not missed.
    """
    end = min(until, now)
    first = since.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    start = SourceHour.objects.aggregate(Min("hour"))["hour__min"]
    began = start if start is None or start > first else None
    sources = {
        source.pk: source
        for source in Source.objects.filter(active=True, outlet__active=True).select_related("outlet")
    }
    hours: dict[int, int] = defaultdict(int)
    span = SourceHour.objects.filter(hour__gte=first, hour__lt=end)
    ours = Q(outage__gt=0, failed=0)
    for source_id in span.filter(~ours, good=0).values_list("source_id", flat=True):
        if source_id in sources:
            hours[source_id] += 1
    outages = span.filter(ours, good=0).values("hour").distinct().count()
    gaps = [SourceGap(sources[pk], count) for pk, count in hours.items()]
    gaps.sort(key=lambda gap: (-gap.hours, gap.source.pk))
    meant = max(first, start or end)
    total = max(0, -int((meant - end) // timedelta(hours=1)))  # hours begun
    unwatched = max(0, total - span.values("hour").distinct().count())
    silent: list[Source] = []
    if end > now - timedelta(hours=24):
        silent = [health.source for health in source_health(now) if health.state == "silent"]
    watched = start is not None and start < end
    if sources and start is None:
        text = _("Chưa đọc nguồn nào nên không thể kết luận là không có tin.")
    elif sources and start and not watched:
        text = _("Khoảng thời gian này ở trước khi bắt đầu thu thập (%(start)s).") % {"start": _clock(start)}
    else:
        text = _completeness_text(len(sources), gaps, silent, unwatched, outages, began)
    return Completeness(len(sources), tuple(gaps), tuple(silent), unwatched, outages, began, watched, text)


def _health(
    source: Source, now: datetime, days: list[date], items: dict[date, int], last_24h: int
) -> SourceHealth:
    # Known from its first full day on; today is not over and would make every morning look quiet.
    known = [day for day in days[:-1] if day > min(items)] if items else []
    usual = float(median(items.get(day, 0) for day in known)) if len(known) >= NEW_DAYS else None
    state, explanation = _state(source, now, usual, last_24h)
    return SourceHealth(
        source=source,
        state=state,
        explanation=explanation,
        days=tuple((day, items.get(day, 0)) for day in days),
        usual=usual,
        last_24h=last_24h,
        last_success_at=source.last_success_at,
        last_new_at=source.last_new_at,
        interval_s=source.interval_s,
    )


def _state(source: Source, now: datetime, usual: float | None, last_24h: int) -> tuple[str, str]:
    if source.failures >= FAILING or (source.failures and source.last_success_at is None):
        since = _clock(source.failing_since or now)
        reason = source.last_error or _("không rõ lý do")
        return "failing", (
            _(
                "Không đọc được từ %(since)s (%(failures)s lần liên tiếp): %(reason)s. Hệ thống vẫn "
                "thử lại; hãy kiểm tra địa chỉ nguồn."
            )
            % {"since": since, "failures": source.failures, "reason": reason}
        )
    if source.last_success_at is None:
        if source.outlet.status != "verified":
            return "unverified", _("Địa chỉ chưa được kiểm chứng. %(reading)s") % {"reading": _unread(source)}
        return "new", _unread(source)
    if usual is None:
        return "new", _("Mới theo dõi, chưa đủ %(new_days)s ngày trọn vẹn để biết nhịp thường lệ.") % {
            "new_days": NEW_DAYS
        }
    latest = source.last_new_at
    if latest is not None and usual > 0:
        quiet_for = now - latest
        if quiet_for >= SILENT_AFTER and usual * (quiet_for / timedelta(days=1)) >= MISSED:
            return "silent", (
                _(
                    "Im lặng bất thường: không có bài mới từ %(latest)s, thường lệ %(usual)s bài mỗi "
                    "ngày. Nguồn vẫn trả lời; hãy mở trang để xem có đổi địa chỉ không."
                )
                % {"latest": _clock(latest), "usual": f"{usual:g}"}
            )
    if usual >= QUIET_USUAL and last_24h < QUIET_SHARE * usual:
        return (
            "quiet",
            _("Ít hơn thường lệ: %(last_24h)s bài trong 24 giờ qua, thường lệ %(usual)s bài mỗi ngày.")
            % {"last_24h": last_24h, "usual": f"{usual:g}"},
        )
    return "ok", _("Bình thường: %(last_24h)s bài trong 24 giờ qua, thường lệ %(usual)s bài mỗi ngày.") % {
        "last_24h": last_24h,
        "usual": f"{usual:g}",
    }


def _unread(source: Source) -> str:
    if source.last_tried_at is None:
        return _("Chưa đọc lần nào.")
    return _(
        "Chưa đọc được lần nào: lúc thử (%(last_tried_at)s) mạng của máy này bị ngắt, không tính lỗi cho báo."
    ) % {"last_tried_at": _clock(source.last_tried_at)}


def _completeness_text(
    sources: int,
    gaps: list[SourceGap],
    silent: list[Source],
    unwatched: int,
    outages: int,
    began: datetime | None,
) -> str:
    if not sources:
        return _("Chưa theo dõi nguồn nào nên không thể kết luận là không có tin.")
    since = (
        _(" Bắt đầu thu thập từ %(began)s, tin cũ hơn có thể thiếu.") % {"began": _clock(began)}
        if began
        else ""
    )
    parts = []
    if unwatched:
        parts.append(_("chương trình không chạy trong %(unwatched)s giờ") % {"unwatched": unwatched})
    if outages:
        parts.append(
            _("mạng của máy này không tới được báo nào trong %(outages)s giờ (không tính lỗi cho báo)")
            % {"outages": outages}
        )
    if gaps:
        named = ", ".join(
            _("%(name)s (%(hours)s giờ)") % {"name": gap.source.outlet.name, "hours": gap.hours}
            for gap in gaps[:3]
        )
        more = _(" và %(count)s nguồn khác") % {"count": len(gaps) - 3} if len(gaps) > 3 else ""
        parts.append(
            _("%(count)s/%(sources)s nguồn có lúc không đọc được: %(named)s%(more)s")
            % {"count": len(gaps), "sources": sources, "named": named, "more": more}
        )
    if silent:
        named = ", ".join(sorted({source.outlet.name for source in silent})[:3])
        parts.append(
            _("%(count)s nguồn im lặng bất thường: %(named)s") % {"count": len(silent), "named": named}
        )
    if not parts and began:
        return _("%(sources)s/%(sources)s nguồn đọc được từ khi bắt đầu.%(since)s") % {
            "sources": sources,
            "since": since,
        }
    if not parts:
        return _("Thu thập đầy đủ: %(sources)s/%(sources)s nguồn đọc được trong suốt thời gian này.") % {
            "sources": sources
        }
    return _("Thu thập chưa đầy đủ: ") + "; ".join(parts) + "." + since


def _clock(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
