"""Tells the people responsible when collection is incomplete, once, and once more when it is whole again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Max, Min, Q

from alerts.duty.spells import OVER, begin, end
from alerts.models import Alert, Severity
from archive.health import FAILING
from archive.models import Article, Page, Source
from archive.vietnam import VIETNAM

EVERY = timedelta(minutes=1)
GRACE = timedelta(minutes=15)
"""After a start: what waited while the program was down is being caught up with."""
FAILING_SHARE = 0.3
FEWEST_FAILING = 3
UNREAD_FOR = timedelta(minutes=30)
"""No source at all could be read for so long, or for three times the longest of their intervals."""
PAGES_LATE = timedelta(hours=1)
FEWEST_PAGES = 10
STEPS_LATE = timedelta(minutes=30)
FEWEST_ARTICLES = 10
LATELY = timedelta(days=1)  # a re-classification of the whole archive is no backlog of news

WHY = "Bạn nhận tin này vì đích nhận của bạn được đánh dấu theo dõi tình trạng nguồn."


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that makes collection incomplete now. ``kind`` names it, the words are Vietnamese."""

    kind: str
    headline: str
    words: str


class CollectionDuty:
    """Looks every minute. One alert for each kind of lack and spell."""

    name = "collection"

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._clock = clock
        self._next = clock() + GRACE

    def run(self, limit: int) -> int:
        """Tell of what began to lack and what is over; returns how many."""
        now = self._clock()
        if now < self._next:
            return 0
        self._next = now + EVERY
        lacking = {lack.kind: lack for lack in lacks(now)}
        going_on = Alert.objects.filter(key__startswith="collection/").exclude(seen=OVER)
        told = {alert.key.split("/")[1]: alert.pk for alert in going_on}
        count = 0
        for kind, lack in lacking.items():
            if kind not in told:
                card = {"headline": lack.headline, "lead": lack.words, "why": WHY}
                key = f"collection/{kind}/{now.astimezone(UTC):%Y%m%dT%H%M%S}"
                count += begin(key, card, Severity.HIGH, now=now)
        for kind, alert_id in told.items():
            if kind not in lacking:
                count += end(alert_id, "Thu thập đã trở lại bình thường", now=now)
        return count


def lacks(now: datetime) -> Iterator[Lack]:
    """What makes collection incomplete at this moment."""
    sources = Source.objects.filter(active=True, outlet__active=True)
    yield from _unread(sources.aggregate(last=Max("last_success_at"), slowest=Max("interval_s")), now)
    tried = sources.filter(last_tried_at__isnull=False).count()
    failing = sources.filter(failures__gte=FAILING).count()
    if failing >= FEWEST_FAILING and failing >= FAILING_SHARE * tried:
        yield Lack(
            "failing",
            f"Nhiều nguồn không đọc được: {failing}/{tried}",
            f"{failing} trong {tried} nguồn liên tiếp không đọc được, nên tin có thể thiếu. Hãy mở trang "
            "Nguồn tin xem lỗi của từng nguồn.",
        )
    yield from _late_pages(now)
    yield from _late_steps(now)


def _unread(sources: dict[str, object], now: datetime) -> Iterator[Lack]:
    last, slowest = sources["last"], sources["slowest"]
    if not isinstance(last, datetime) or not isinstance(slowest, float):
        return
    if now - last >= max(UNREAD_FOR, timedelta(seconds=3 * slowest)):
        since = f"{last.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
        yield Lack(
            "unread",
            f"Không đọc được nguồn nào từ {since}",
            "Có thể mạng của máy này bị ngắt. Không có cảnh báo lúc này không có nghĩa là không có tin.",
        )


def _late_pages(now: datetime) -> Iterator[Lack]:
    waiting = Page.objects.filter(state=Page.State.WAITING, visits=0, failures=0, outlet__active=True)
    late = waiting.filter(due_at__lte=now - PAGES_LATE)
    count = late.count()
    if count >= FEWEST_PAGES:
        oldest = late.aggregate(oldest=Min("due_at"))["oldest"]
        yield Lack(
            "pages",
            f"Chậm tải bài: {count} bài chờ quá {_span(now - oldest)}",
            f"{count} bài đã thấy trong danh mục mà chưa tải được. Hãy xem máy có quá tải không, hoặc giảm "
            "khoảng nghỉ giữa hai lần tải của báo nhiều bài.",
        )


def _late_steps(now: datetime) -> Iterator[Lack]:
    marks = Q(needs_classify=True) | Q(needs_story=True) | Q(needs_signals=True) | Q(needs_index=True)
    span = Q(first_seen_at__lte=now - STEPS_LATE, first_seen_at__gt=now - LATELY)
    late = Article.objects.filter(marks | Q(needs_alert=True), span)
    count = late.count()
    if count >= FEWEST_ARTICLES:
        oldest = late.aggregate(oldest=Min("first_seen_at"))["oldest"]
        yield Lack(
            "steps",
            f"Chậm xử lý: {count} bài chưa phân loại hoặc lập chỉ mục",
            f"Bài cũ nhất chờ {_span(now - oldest)}. Cảnh báo và kết quả tìm kiếm có thể thiếu. Hãy xem nhật "
            "ký chương trình và chạy diembao doctor.",
        )


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{minutes // 60} giờ" if minutes >= 120 else f"{minutes} phút"
