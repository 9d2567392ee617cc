"""The week on the dashboard: counts that equal the search behind their links, and a map of dots."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from alerts.models import Delivery, Target
from archive.models import Article
from search.port import EngineUnavailable
from tests.web.factory import find, make_article, make_outlet
from tests.web.world import make_world
from web.dot_labels import Circle, placed
from web.dot_map import dot_map
from web.week import read_week

Page = Callable[..., str]


def about_lam_giang(*, days_ago: int, topic: str, kind: str = "newspaper", place: str = "") -> Article:
    outlet = make_outlet(f"bao-{kind}", f"Báo {kind}", kind=kind)
    article = make_article(outlet, at=timezone.now() - timedelta(days=days_ago, minutes=5))
    find(article, "province", "about", code="LG")
    find(article, "topic", topic)
    if place:
        find(article, "place", place, code=place)
    return article


@pytest.fixture
def press(index: Callable[[], None], db: None) -> None:
    for days_ago in (0, 1, 2):
        about_lam_giang(days_ago=days_ago, topic="environment", place="LG001")
    about_lam_giang(days_ago=3, topic="health", kind="portal", place="LG003")
    about_lam_giang(days_ago=8, topic="environment")
    make_article(make_outlet())  # about nothing we know
    index()


@pytest.mark.usefixtures("press")
def test_topics_and_kinds_are_set_against_the_seven_days_before() -> None:
    week = read_week(timezone.now())
    assert (week.total, week.total_before) == (4, 1)
    assert [(row.code, row.count, row.before) for row in week.topics] == [
        ("environment", 3, 1),
        ("health", 1, 0),
    ]
    assert [(row.code, row.count, row.share) for row in week.kinds] == [
        ("newspaper", 3, 0.75),
        ("portal", 1, 0.25),
    ]
    assert sum(count for _, count in week.topics[0].days) == 4
    assert len(week.topics[0].days) == 14


@pytest.mark.usefixtures("press")
def test_every_number_is_what_the_search_behind_it_finds(page: Page) -> None:
    html = page("/")
    link = r'<a href="(/tim-kiem/\?about=LG&amp;[^"]+|/tim-kiem/\?place=[^"]+)"[^>]*>[^<]+</a></th>'
    cells = r'(?:<td><figure.*?</figure></td>|)\s*<td class="num">(?:<b>)?(\d+)'
    rows = re.findall(link + cells, html, re.DOTALL)
    assert len(rows) >= 6
    for address, count in rows:
        found = re.search(r"<b>([\d.]+)</b> bài", page(unescape(address)))
        assert found and found.group(1) == count, address


def test_communes_lie_where_they_are() -> None:
    picture = dot_map({"LG018": 4, "LG012": 1}, timezone.now().date(), str)
    assert picture is not None
    dots = {dot.code: dot for dot in picture.dots}
    assert len(dots) == 21 and (picture.written, picture.silent) == (2, 19)
    assert float(dots["LG018"].y) < float(dots["LG012"].y)  # north is up
    assert float(dots["LG018"].x) < float(dots["LG012"].x)  # west is left
    assert float(dots["LG018"].radius) == 18 and float(dots["LG012"].radius) == 10.5
    for dot in picture.dots:
        assert 0 < float(dot.x) < float(picture.width) and 0 < float(dot.y) < float(picture.height)


def test_without_a_search_engine_the_page_stands_and_says_so(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise EngineUnavailable("Máy tìm không trả lời.")

    make_article(make_outlet())
    monkeypatch.setattr("web.week.engine", broken)
    html = page("/")
    assert "Máy tìm không trả lời." in html and "bài hôm nay" in html


@pytest.mark.django_db
def test_the_week_is_counted_once_for_a_while(index: Callable[[], None]) -> None:
    index()
    now = timezone.now()
    first = read_week(now)
    make_article(make_outlet())
    assert read_week(now + timedelta(seconds=30)) is not first  # a copy
    assert read_week(now + timedelta(seconds=30)) == first


def test_the_parts_are_fragments_that_are_never_stored(
    browser_client: Client, index: Callable[[], None]
) -> None:
    index()
    response = browser_client.get("/tuan-nay/")
    assert response["Cache-Control"] == "no-store" and b"<html" not in response.content


def test_what_waits_is_counted_with_the_page_to_go_to(page: Page) -> None:
    find(make_article(make_outlet()), "signal", "S1")
    target = Target.objects.create(name="Tổ trực", channel="email", address="truc@example.vn")
    now = timezone.now()
    Delivery.objects.create(
        target=target, channel="email", kind="first", key="k", payload={}, state="dead", created_at=now,
        next_at=now,
    )  # fmt: skip
    html = page("/")
    assert re.search(r'href="/doi-chieu/"><b class="num">1</b> dấu hiệu chờ', html)
    assert re.search(r'href="/thu-gui/"><b class="num problem">1</b> thư không gửi được', html)


def test_a_full_dashboard_is_a_light_first_load(
    browser_client: Client, index: Callable[[], None], snapshots: Path
) -> None:
    make_world(snapshots)
    for number, article in enumerate(Article.objects.all()):
        find(article, "province", "about", code="LG")
        find(article, "place", "xã", code=f"LG{number % 21 + 1:03d}")
    index()
    html = browser_client.get("/").content
    assert b"dot-map" in html
    total = len(html)
    for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', html.decode()):
        total += len(b"".join(browser_client.get(address)))
    assert total < 150_000  # bytes as they are sent: nothing here is compressed


@given(
    st.lists(
        st.builds(
            Circle,
            st.sampled_from(("Xã Ô", "Phường Vĩnh Lam", "Xã Thượng Rộc Thượng Đông")),
            st.floats(24, 396),
            st.floats(24, 376),
            st.floats(3, 18),
        ),
        max_size=40,
    ),
    st.integers(0, 40),
)
def test_names_on_the_map_meet_no_other_name_and_no_dot(circles: list[Circle], solid: int) -> None:
    solid = min(solid, len(circles))
    labels = placed(circles, solid, 5, (420.0, 400.0))
    written = [label.box for label in labels if label]
    assert len(labels) == len(circles) and len(written) <= 5
    for place, label in enumerate(labels):
        if label is None:
            continue
        assert place < solid and label.box.within(420.0, 400.0)
        others = [*(box for box in written if box is not label.box)]
        others += [circle.box for other, circle in enumerate(circles[:solid]) if other != place]
        assert not any(label.box.meets(box) for box in others)


def test_a_lonely_dot_bears_its_name_above_and_the_larger_of_two_is_named() -> None:
    (label,) = placed([Circle("Xã Ô", 200, 200, 10)], 1, 5, (420.0, 400.0))
    assert label and (label.anchor, label.y) == ("middle", 186)
    large, small = Circle("Phường Vĩnh Lam", 200, 200, 10), Circle("Phường Nam Rộc", 200, 225, 3)
    first, second = placed([large, small], 2, 1, (420.0, 400.0))
    assert first and second is None
