"""What the API tells: the same as the pages, page after page complete, never an author."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alerts.models import Alert
from archive.models import Indicator, RegisterEntry, Story
from archive.outage import index_is_short
from cases.decisions import decide
from cases.opening import open_case
from tests.web.api.caller import ROOT, Caller, fields
from tests.web.factory import find, make_article, make_outlet, make_source, revise, take_down

pytestmark = pytest.mark.django_db
Index = Callable[[], None]


def pages(caller: Caller, path: str, most: int = 100) -> Iterator[Any]:
    """Every item of a list, page by page."""
    cursor = ""
    for _ in range(most):
        joined = "&" if "?" in path else "?"
        page = caller.get(f"{path}{joined}cursor={cursor}" if cursor else path)
        yield from page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return
    raise AssertionError("the list does not end")


def everything(outlet_key: str = "bao-lam-giang") -> dict[str, Any]:
    """One of each."""
    now = timezone.now()
    by = User.objects.get_or_create(username="ban-dau", is_superuser=True)[0]
    article = make_article(make_outlet(outlet_key))
    story = Story.objects.create(
        title=article.title, origin=article, created_at=now, first_seen=now, last_seen=now, size=1
    )
    article.story = story
    article.save()
    finding = find(
        article,
        "signal",
        "S1",
        "12 hộ",
        evidence={
            "other": {"kind": "article", "text": "10 hộ", "source": "Tin Nhanh", "as_of": "2026-11-20"},
            "innocent": ["Con số tăng theo giờ."],
        },
    )
    alert = Alert.objects.create(
        key=f"k{article.pk}", article=article, story=story, severity=3, cause={"headline": article.title},
        fired_at=now, last_fired_at=now,
    )  # fmt: skip
    case = open_case(
        "correction", article_id=article.pk, finding_ids=[finding.pk], by=by, now=now, reason="x"
    )
    indicator = Indicator.objects.get_or_create(name="Số xã", unit="xã")[0]
    entry = RegisterEntry.objects.create(
        indicator=indicator,
        value="184/210",
        province="LG",
        as_of="2026",
        valid_from=date(2026, 1, 1),
        created_at=now,
    )
    return {
        "article": article,
        "story": story,
        "finding": finding,
        "alert": alert,
        "case": case.case,
        "entry": entry,
    }


def test_an_article_is_told_with_versions_and_both_sides_of_findings() -> None:
    made = everything()
    article = made["article"]
    revise(article, text="Sáng 24/11, 15 hộ dân được di dời.")
    now_found = find(
        article, "signal", "S9", "15 hộ", evidence={"other": {"kind": "article", "text": "9 hộ"}}
    )
    find(article, "topic", "environment", "di dời")
    find(article, "province", "about", code="LG", evidence={"name": "Lam Giang", "now": "Lam Giang"})
    told = Caller("viewer").get(f"/articles/{article.pk}")
    assert told["text"].startswith("Sáng 24/11, 15 hộ") and told["outlet"]["key"] == "bao-lam-giang"
    assert [row["number"] for row in told["revisions"]] == [1, 2]
    assert told["topics"][0]["id"] == "environment" and told["about"][0]["name"] == "Lam Giang"
    assert [row["id"] for row in told["findings"]] == [now_found.pk]
    one = told["findings"][0]
    assert one["note"] == "cần đối chiếu" and one["spans"][0]["text"] == "15 hộ"
    assert "15 hộ" in one["said"][0] and one["other"]["text"] == "9 hộ"
    assert told["first_seen_at"].endswith("+07:00")
    assert "hộ dân" in Caller("viewer").call("get", f"/articles/{article.pk}").content.decode()


def test_a_version_is_told_as_it_was_with_what_changed() -> None:
    article = make_article(make_outlet())
    revise(article, text="Sáng 24/11, 15 hộ dân được di dời.")
    caller = Caller("viewer")
    assert "12 hộ" in caller.get(f"/articles/{article.pk}/revisions/1")["text"]
    second = caller.get(f"/articles/{article.pk}/revisions/2")
    assert second["material"] is True and second["changes"]
    assert caller.problem("get", f"/articles/{article.pk}/revisions/3", 404)["code"] == "not-found"


def test_a_finding_is_told_with_its_decisions() -> None:
    made = everything()
    by = Caller("officer").user
    decide(made["finding"].pk, "false-alarm", "Số tăng.", by=by, now=timezone.now(), seen=None)
    caller = Caller("viewer")
    told = caller.get(f"/findings/{made['finding'].pk}")
    assert told["status"] == "false-alarm" and told["decisions"][0]["by"] == "officer"
    assert told["seen"] == told["decisions"][0]["id"]
    assert told["other"]["source"] == "Tin Nhanh" and told["innocent"] == ["Con số tăng theo giờ."]
    assert caller.get("/findings?status=false-alarm")["items"][0]["seen"] == told["seen"]
    assert caller.get("/findings?status=open")["items"] == []


def test_every_list_and_row_names_no_author(index: Index) -> None:
    made = everything()
    make_source(make_outlet())
    index()
    caller = Caller("admin")
    paths = ["/articles", "/findings", "/stories", "/alerts", "/cases", "/register", "/sources", "/outlets"]
    paths += ["/search?q=lở&facets=outlet", "/briefings", "/sources/completeness"]
    paths += [f"/{name}/{made[key].pk}" for name, key in (
        ("articles", "article"), ("findings", "finding"), ("stories", "story"), ("alerts", "alert"),
        ("cases", "case"), ("register", "entry"),
    )]  # fmt: skip
    for path in paths:
        keys = set(names(caller.get(path)))
        assert keys and not keys & {"author", "authors", "byline", "journalist", "hostility"}, path


def names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for one in value.values():
            yield from names(one)
    elif isinstance(value, list):
        for one in value:
            yield from names(one)


@pytest.mark.parametrize("path", ["/articles", "/findings", "/stories", "/alerts", "/cases", "/register"])
def test_paging_brings_every_row_once_while_others_are_added(path: str) -> None:
    for number in range(7):
        everything(f"bao-{number}")
    caller = Caller("viewer")
    whole = [row["id"] for row in pages(caller, f"{path}?size=200")]
    assert len(whole) == 7
    seen = []
    for place, row in enumerate(pages(caller, f"{path}?size=2")):
        seen.append(row["id"])
        if place == 2:
            everything("bao-moi")
    assert seen == whole


@pytest.mark.parametrize(
    "path", ["/articles", "/findings", "/stories", "/alerts", "/cases", "/register", "/sources", "/outlets"]
)
def test_lists_ask_as_many_queries_for_many_rows_as_for_few(path: str) -> None:
    caller = Caller("viewer")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            caller.get(path)
        return len(queries)

    for number in range(2):
        everything(f"bao-{number}")
        make_source(make_outlet(f"bao-{number}"), days=1)
    asked()
    few = asked()
    for number in range(2, 9):
        everything(f"bao-{number}")
        make_source(make_outlet(f"bao-{number}"), days=1)
    assert asked() <= few


def test_lists_are_narrowed() -> None:
    made = everything("bao-mot")
    other = everything("bao-hai")
    take_down(other["article"])
    caller = Caller("viewer")
    assert [row["id"] for row in caller.get("/articles?outlet=bao-mot")["items"]] == [made["article"].pk]
    assert [row["id"] for row in caller.get("/articles?gone=true")["items"]] == [other["article"].pk]
    assert [row["id"] for row in caller.get(f"/articles?story={made['story'].pk}")["items"]] == [
        made["article"].pk
    ]
    assert len(caller.get("/alerts?state=open&min_severity=3")["items"]) == 2
    assert caller.get("/alerts?min_severity=4")["items"] == []
    assert len(caller.get("/cases?kind=correction&state=received")["items"]) == 2
    assert len(caller.get("/register?q=184&status=draft&validity=now")["items"]) == 2
    assert fields(caller.problem("get", "/articles?outlet=khong-co", 422)) == ["query.outlet"]


def test_a_search_counts_and_pages_as_the_page_does(index: Index) -> None:
    outlets = [make_outlet("bao-mot", "Báo Một"), make_outlet("bao-hai", "Báo Hai")]
    for number in range(23):
        find(make_article(outlets[number % 2]), "topic", "environment")
    make_article(outlets[0], "Chuyện khác", lead="", text="Không liên quan.")
    index()
    caller = Caller("viewer")
    told = caller.get("/search?q=sạt lở&size=5&facets=outlet&facets=topic&timeline=true")
    assert told["total"] == 23 and len(told["items"]) == 5
    counts = {row["value"]: (row["name"], row["count"]) for row in told["facets"]["outlet"]}
    assert counts == {"bao-mot": ("Báo Một", 12), "bao-hai": ("Báo Hai", 11)}
    assert sum(day["count"] for day in told["timeline"]) == 23
    for sort in ("relevance", "newest", "oldest"):
        found = [row["article"]["id"] for row in pages(caller, f"/search?q=sạt lở&size=4&sort={sort}")]
        assert len(found) == len(set(found)) == 23
    assert caller.get("/search?q=sạt lở&outlet=bao-hai")["total"] == 11
    hit = told["items"][0]
    start, end = hit["highlights"]["title"][0]
    assert hit["article"]["title"][start:end].casefold() in ("sạt", "lở", "sạt lở")


def test_an_empty_search_says_how_complete_collection_was(index: Index) -> None:
    make_source(make_outlet())
    index()
    assert Caller("viewer").get("/search?q=khongcogi")["completeness"]


def test_while_the_index_lacks_articles_searches_say_so_and_exports_are_refused(index: Index) -> None:
    make_article(make_outlet(), "Sạt lở")
    index()
    caller = Caller("viewer")
    assert caller.get("/search?q=sạt")["completeness"] is None
    index_is_short(timezone.now())
    told = caller.get("/search?q=sạt")
    assert told["total"] == 1 and "Chỉ mục tìm kiếm thiếu bài" in told["completeness"]
    caller.problem("get", "/exports/articles/csv?q=sạt", 503)


def test_a_bad_query_or_cursor_is_told_with_its_place(index: Index) -> None:
    index()
    caller = Caller("viewer")
    problem = caller.problem("get", "/search?q=(", 400)
    assert problem["code"] == "bad-query" and fields(problem) == ["query.q"] and "start" in problem
    for cursor in ("x", "eyJzb3J0IjoibmV3ZXN0In0", "%00", "a" * 1999):
        problem = caller.problem("get", f"/search?q=a&cursor={cursor}", 400)
        assert problem["code"] == "bad-cursor" and fields(problem) == ["query.cursor"]
    for cursor in ("x", "-1", "²", "9" * 30):
        assert caller.problem("get", f"/cases?cursor={cursor}", 400)["code"] == "bad-cursor"


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/search?q=a&outlets=x", "query.outlets"),
        ("/search?size=0", "query.size"),
        ("/search?size=đường", "query.size"),
        ("/search?facets=author", "query.facets.0"),
        ("/search?since=hôm qua", "query.since"),
        ("/search?q=%00", "query.q"),
        (f"/search?q={'a' * 1001}", "query.q"),
        (f"/search?outlet={'a' * 81}", "query.outlet"),
        ("/search?outlet=%00", "query.outlet"),
        ("/search?sort=hostility", "query.sort"),
        ("/articles?story=99999999999999999999", "query.story"),
        ("/articles?gone=perhaps", "query.gone"),
        ("/alerts?state=x", "query.state"),
        ("/cases?article=99999999999999999999", "query.article"),
        ("/me?verbose=1", "query.verbose"),
        ("/sources/completeness?days=0", "query.days"),
    ],
)
def test_a_bad_parameter_is_named(path: str, field: str, index: Index) -> None:
    assert field in fields(Caller("viewer").problem("get", path, 422))


def test_texts_of_errors_follow_the_language(index: Index) -> None:
    index()
    caller = Caller("viewer")
    told = caller.problem("get", "/search?size=0", 422)
    assert told["title"] == "Có trường không dùng được" and "phải từ 1 trở lên" in told["detail"]
    english = caller.problem("get", "/search?size=0", 422, Accept_Language="en-GB,en;q=0.8")
    assert english["title"] == "Some fields cannot be used" and "must be 1 or more" in english["detail"]


def test_what_newspapers_write_is_inert(index: Index) -> None:
    attack = '</script><script>alert(1)</script><img src=x onerror="alert(1)">'
    article = make_article(make_outlet(), f"Sạt lở {attack}", text=f"Sạt lở {attack}")
    find(article, "signal", "S1", attack[:20], evidence={"other": {"kind": "article", "text": attack}})
    index()
    caller = Caller("viewer")
    for path in (f"/articles/{article.pk}", "/search?q=lở", "/articles"):
        response = caller.call("get", path)
        assert response["Content-Type"].startswith("application/json")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert json.loads(response.content)
    assert caller.get(f"/articles/{article.pk}")["findings"][0]["other"]["text"] == attack
    problem = caller.call("get", "/cases?kind=<script>alert(1)</script>")
    assert problem["Content-Type"].startswith("application/problem+json")


def test_sources_are_told_by_their_own_rhythm() -> None:
    make_source(
        make_outlet(), failures=5, failing_since=timezone.now(), last_error="máy chủ trả lời HTTP 503"
    )
    caller = Caller("viewer")
    row = caller.get("/sources")["items"][0]
    assert row["state"] == "failing" and "HTTP 503" in row["explanation"]
    told = caller.get("/sources/completeness?days=2")
    assert told["sources"] == 1 and told["text"]


def test_a_story_that_went_into_another_is_answered_with_that_one() -> None:
    made = everything()
    old = Story.objects.create(
        title="cũ", created_at=timezone.now(), first_seen=timezone.now(), last_seen=timezone.now(),
        merged_into=made["story"],
    )  # fmt: skip
    told = Caller("viewer").get(f"/stories/{old.pk}")
    assert told["id"] == made["story"].pk and told["tellings"][0]["article"]["id"] == made["article"].pk


def test_times_are_told_in_viet_nams_time() -> None:
    article = make_article(make_outlet(), at=datetime(2026, 11, 24, 18, 30, tzinfo=UTC))
    told = Caller("viewer").get(f"/articles/{article.pk}")
    assert told["first_seen_at"] == "2026-11-25T01:30:00+07:00"
    assert datetime.fromisoformat(told["published_at"]) == article.first_seen_at - timedelta(minutes=2)


def test_an_engine_that_is_away_is_told_with_when_to_ask_again(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    from search.port import EngineUnavailable

    def away() -> None:
        raise EngineUnavailable("Máy tìm kiếm không trả lời.")

    monkeypatch.setattr("web.api.search.engine", away)
    response = Caller("viewer").call("get", "/search?q=a")
    assert response.status_code == 503 and response["Retry-After"] == "10"


def test_a_failure_of_ours_is_a_problem_and_tells_no_secrets(
    index: Index, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise RuntimeError("mật khẩu là 1234")

    monkeypatch.setattr("web.api.search.engine", broken)
    problem = Caller("viewer").problem("get", "/search?q=a", 500)
    assert problem["code"] == "internal" and "1234" not in str(problem)
    assert f"GET {ROOT}/search failed" in caplog.text
