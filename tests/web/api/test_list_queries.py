"""Lists and exports of the API ask as many queries for many rows as for few."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archive.models import Article, Story
from briefings.models import Briefing
from tests.web.api.caller import Caller
from tests.web.test_list_queries import add
from web.api.service import ROOT, document

pytestmark = pytest.mark.django_db
SINGLE = ("/me", "/sources/completeness")
FORMS = ("jsonl", "csv", "xlsx")


def lists() -> list[str]:
    """Every operation that reads and names no row."""
    paths = [path.removeprefix(ROOT) for path, methods in document()["paths"].items() if "get" in methods]
    exports = [path.replace("{form}", form) for path in paths if "/exports/" in path for form in FORMS]
    return [path for path in paths if "{" not in path and path not in SINGLE] + exports


def queries(caller: Caller, address: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        answer = caller.call("get", address)
        assert answer.status_code == 200, (address, answer.content)
        assert answer.getvalue()
    return len(asked)


def weeks(numbers: range) -> None:
    now = timezone.now()
    for number in numbers:
        week = {"starts": now - timedelta(days=7), "ends": now, "created_at": now}
        Briefing.objects.create(province="demo", year=2020, week=number + 1, **week)


def grow(story: Story, numbers: range) -> None:
    """Those articles are of one story."""
    Article.objects.filter(title__in=[f"Sạt lở nặng {number}" for number in numbers]).update(story=story)


def test_no_list_and_no_export_asks_more_for_more_rows(
    index: Callable[[], None], settings: pytest.FixtureRequest, tmp_path: Path
) -> None:
    settings.DIEMBAO_ATTACHMENTS = tmp_path / "attachments"
    settings.DIEMBAO_API_LIMITS = dict.fromkeys(("read", "write", "export"), 10_000)
    caller = Caller()
    now = timezone.now()
    story = Story.objects.create(title="Lở", created_at=now, first_seen=now, last_seen=now, size=9)
    addresses = [*lists(), "/articles?gone=true", f"/articles?story={story.pk}", f"/stories/{story.pk}"]
    assert {"/articles", "/findings", "/cases", "/exports/audit/csv"} <= set(addresses)
    counted = []
    for numbers in (range(2), range(2, 9)):
        add(numbers, caller.user)
        weeks(numbers)
        grow(story, numbers)
        index()
        for address in addresses:
            caller.call("get", address).getvalue()  # what is asked once for the process
        counted.append({address: queries(caller, address) for address in addresses})
    few, many = counted
    assert {name: (few[name], many[name]) for name in few if many[name] > few[name]} == {}
