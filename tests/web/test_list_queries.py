"""Lists ask as many queries for many rows as for few."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alerts.models import Alert, Delivery, Rule, Target
from archive.audit import record
from archive.models import AuditEntry, Indicator, RegisterEntry
from cases.opening import open_case
from cases.states import Kind
from tests.web.factory import find, make_article, make_outlet, make_source, revise, take_down
from tests.web.roles import signed_in
from web.api.tokens import create
from web.models import SavedSearch
from web.people import invite

pytestmark = pytest.mark.django_db
LISTS = (
    *("/", "/hom-nay/", "/tuan-nay/", "/tim-kiem/", "/tim-kiem/?q=lở", "/cau-tim/", "/doi-chieu/"),
    *("/do-chinh-xac/", "/dau-hieu/", "/so-lieu/", "/canh-bao/", "/quy-tac/", "/noi-nhan/", "/truc/"),
    *("/truc/lich/", "/thu-gui/", "/ho-so/", "/ho-so/lich/", "/ho-so/lich.ics", "/nguon/", "/ban-tin/"),
    *("/nguon/bao-0/", "/quan-tri/", "/quan-tri/nguoi-dung/", "/quan-tri/nhat-ky/"),
    *("/quan-tri/ma-truy-cap/", "/tro-giup/api/", "/ho-so/?closed=1", "/canh-bao/?state=all"),
    *("/doi-chieu/?status=decided", "/thu-gui/?state=sent", "/bat-dau/", "/ban-tin/thiet-lap/"),
)


def add(numbers: range, by: User) -> None:
    """One more of everything that lists show, for each number."""
    now = timezone.now()
    for number in numbers:
        outlet = make_outlet(f"bao-{number}", f"Báo {number}")
        make_source(outlet, days=1, failures=number % 5)
        article = make_article(outlet, f"Sạt lở {number}", at=now - timedelta(minutes=number + 1))
        revise(article, title=f"Sạt lở nặng {number}")
        find(article, "province", "about", code="LG")
        find(article, "topic", "environment")
        finding = find(article, "signal", "S1", "12 hộ")
        take_down(make_article(outlet, "Bài gỡ"))
        case = open_case(
            Kind.CORRECTION, article_id=article.pk, finding_ids=[finding.pk], by=by, now=now, reason="x"
        )
        assert case.case.pk
        rule = Rule.objects.create(
            name=f"Q{number}", query="lở", active_since=now, created_at=now, changed_at=now
        )
        card = {"headline": "Bài", "outlet": "Báo", "url": "", "published_at": now.isoformat()}
        card |= {"precision": "minute", "article": article.pk, "signals": [], "why": []}
        alert = Alert.objects.create(
            key=str(number),
            rule=rule,
            article=article,
            severity=3,
            cause=card,
            fired_at=now,
            last_fired_at=now,
        )
        target = Target.objects.create(name=f"N{number}", channel="email", address="a@b.vn", owner=by)
        rule.subscriptions.create(target=target)
        Delivery.objects.create(
            alert=alert, target=target, channel="email", kind="first", key=f"k{number}", payload={},
            state="dead", created_at=now, next_at=now,
        )  # fmt: skip
        indicator = Indicator.objects.create(name=f"Chỉ tiêu {number}", unit="xã")
        RegisterEntry.objects.create(
            indicator=indicator, value="1", province="LG", as_of="2026", valid_from=now.date(), created_at=now
        )
        SavedSearch.objects.create(
            name=f"C{number}", owner=by, params="q=l%E1%BB%9F", created_at=now, changed_at=now
        )
        record(AuditEntry.Action.RULE, by=by, subject=f"Q{number}")
        User.objects.create_user(f"nguoi-{number}")
        create(f"mã {number}", by, ["articles:read"], days=1, by=by, now=now)
        invite("viewer", str(number), by, now)


def queries(client: Client, address: str) -> int:
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_no_list_asks_more_for_more_rows(
    index: Callable[[], None], settings: pytest.FixtureRequest, tmp_path: Path
) -> None:
    settings.DIEMBAO_ATTACHMENTS = tmp_path / "attachments"
    client = signed_in("admin")
    by = User.objects.get(username="admin")
    add(range(2), by)
    index()
    for address in LISTS:
        client.get(address)  # what is asked once for the process
    few = {address: queries(client, address) for address in LISTS}
    add(range(2, 9), by)
    index()
    many = {address: queries(client, address) for address in LISTS}
    assert {address: (few[address], many[address]) for address in LISTS if many[address] > few[address]} == {}
