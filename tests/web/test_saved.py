"""Saved searches: kept, shared, counted since the last look; feeds behind secret addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import feedparser
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from archive.models import AuditEntry
from tests.web.factory import find, make_article, make_outlet, revise
from tests.web.roles import signed_in
from web.models import SavedSearch, SearchLook

pytestmark = pytest.mark.django_db
Index = Callable[[], None]


def save(client: Client, name: str = "Sạt lở", **fields: object) -> SavedSearch:
    client.post("/cau-tim/luu/", {"name": name, "q": "sạt lở"} | fields)
    return SavedSearch.objects.get(name=name)


def opened(client: Client, search: SavedSearch) -> str:
    client.post(f"/cau-tim/{search.pk}/rss/", {"act": "on"})
    search.refresh_from_db()
    return f"/nguon-cap/{search.token}/rss.xml"


@pytest.fixture
def officer_client(index: Index) -> Client:
    index()
    return signed_in("officer")


def test_new_articles_are_counted_since_the_last_look(officer_client: Client, index: Index) -> None:
    make_article(make_outlet(), "Sạt lở cũ")
    index()
    search = save(officer_client)
    assert "không có bài mới" in officer_client.get("/cau-tim/").content.decode()
    make_article(make_outlet(), "Sạt lở mới")
    make_article(make_outlet(), "Tin khác", lead="", text="Không liên quan.")
    index()
    assert "1 bài mới" in officer_client.get("/cau-tim/").content.decode()
    response = officer_client.get(f"/cau-tim/{search.pk}/")
    assert response["Location"] == "/tim-kiem/?q=s%E1%BA%A1t+l%E1%BB%9F&sort=newest"
    assert "không có bài mới" in officer_client.get("/cau-tim/").content.decode()


def test_a_late_article_counts_and_each_person_looks_for_herself(
    officer_client: Client, index: Index
) -> None:
    search = save(officer_client, shared="1")
    make_article(make_outlet(), "Sạt lở đăng hôm kia", at=timezone.now() - timedelta(days=2))
    index()
    assert "1 bài mới" in officer_client.get("/cau-tim/").content.decode()
    viewer = signed_in("viewer")
    assert "1 bài, bạn chưa xem" in viewer.get("/cau-tim/").content.decode()
    viewer.get(f"/cau-tim/{search.pk}/")
    assert SearchLook.objects.filter(search=search).count() == 2
    assert "1 bài mới" in officer_client.get("/cau-tim/").content.decode()


def test_filters_are_kept_and_the_order_is_not(officer_client: Client) -> None:
    search = save(officer_client, outlet=["bao-lam-giang"], topic=["health"], sort="oldest", cursor="x")
    assert search.params == "q=s%E1%BA%A1t+l%E1%BB%9F&outlet=bao-lam-giang&topic=health"


@pytest.mark.parametrize(
    "fields, words",
    [
        ({"name": ""}, "Hãy đặt tên"),
        ({"name": "A", "q": ""}, "chưa nói gì"),
        ({"name": "A", "q": "(sạt lở"}, "ngoặc"),
    ],
)
def test_what_cannot_be_kept_says_why(officer_client: Client, fields: dict[str, str], words: str) -> None:
    response = officer_client.post("/cau-tim/luu/", {"q": "sạt lở"} | fields, follow=True)
    assert words in response.content.decode()
    assert not SavedSearch.objects.exists()


def test_a_name_is_used_once_by_one_person(officer_client: Client) -> None:
    save(officer_client)
    response = officer_client.post("/cau-tim/luu/", {"name": "Sạt lở", "q": "lũ"}, follow=True)
    assert "tên khác" in response.content.decode()
    assert SavedSearch.objects.count() == 1


def test_nobody_changes_what_is_somebody_elses(officer_client: Client) -> None:
    own, shared = save(officer_client), save(officer_client, "Chung", shared="1")
    approver, admin = signed_in("approver"), signed_in("admin")
    assert approver.get(f"/cau-tim/{own.pk}/").status_code == 404
    assert approver.get(f"/cau-tim/{shared.pk}/").status_code == 302
    for act in ("sua", "xoa", "rss"):
        assert approver.post(f"/cau-tim/{shared.pk}/{act}/", {"name": "x"}).status_code == 404
        assert admin.post(f"/cau-tim/{own.pk}/{act}/", {"name": "x"}).status_code == 404
    assert admin.post(f"/cau-tim/{shared.pk}/xoa/").status_code == 302
    assert list(SavedSearch.objects.values_list("name", flat=True)) == ["Sạt lở"]


def test_a_viewer_keeps_searches_but_does_not_share_them(officer_client: Client) -> None:
    assert save(signed_in("viewer"), "Của tôi", shared="1").shared is False


def test_editing_keeps_the_filters(officer_client: Client) -> None:
    search = save(officer_client, topic=["health"])
    officer_client.post(f"/cau-tim/{search.pk}/sua/", {"name": "Lũ", "q": "lũ quét", "shared": "1"})
    search.refresh_from_db()
    assert (search.name, search.shared) == ("Lũ", True)
    assert search.params == "q=l%C5%A9+qu%C3%A9t&topic=health"


def test_what_was_done_is_in_the_audit_log(officer_client: Client) -> None:
    search = save(officer_client)
    opened(officer_client, search)
    officer_client.post(f"/cau-tim/{search.pk}/xoa/")
    acts = AuditEntry.objects.filter(action="search").order_by("pk").values_list("details", flat=True)
    assert [act["act"] for act in acts] == ["created", "feed-opened", "deleted"]


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_feed_reads_well_and_names_no_author(officer_client: Client, index: Index, form: str) -> None:
    first = make_article(make_outlet(), "Sạt lở & <b>lũ</b> \x0b ở \ufffe đèo", lead="Hai <i>xã</i>.")
    make_article(make_outlet(), "Sạt lở không rõ giờ", precision="unknown", url="javascript:alert(1)")
    index()
    address = opened(officer_client, save(officer_client)).replace("rss.xml", f"{form}.xml")
    response = Client().get(address)
    assert response["Content-Type"].startswith(f"application/{form}+xml")
    read = feedparser.parse(response.content)
    assert not read.bozo, read.bozo_exception
    assert {entry.title for entry in read.entries} >= {"Sạt lở không rõ giờ"}
    entry = next(entry for entry in read.entries if entry.id.endswith(f"/bai/{first.pk}/"))
    assert entry.link == first.url
    assert entry.published_parsed is not None or form == "atom"
    assert all("javascript" not in entry.link for entry in read.entries)
    assert not re.search(rb"<(author|dc:creator|managingEditor|name)\b", response.content)


def test_a_feed_is_sent_again_only_when_it_changed(officer_client: Client, index: Index) -> None:
    article = make_article(make_outlet(), "Sạt lở", at=timezone.now() - timedelta(hours=3))
    index()
    address = opened(officer_client, save(officer_client))
    first = Client().get(address)
    again = Client().get(address)
    assert first.content == again.content
    held = {"if-none-match": first["ETag"]}
    assert Client().get(address, headers=held).status_code == 304
    assert Client().get(address, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    revise(article, at=timezone.now() + timedelta(seconds=5), title="Sạt lở nặng")
    index()
    assert Client().get(address, headers=held).status_code == 200


def test_a_feed_ends_when_its_address_is_changed_or_closed_or_its_owner_leaves(
    officer_client: Client, index: Index
) -> None:
    search = save(officer_client)
    first = opened(officer_client, search)
    second = opened(officer_client, search)
    assert first != second and Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    User.objects.filter(username="officer").update(is_active=False)
    assert Client().get(second).status_code == 404
    User.objects.filter(username="officer").update(is_active=True)
    signed_in("officer").post(f"/cau-tim/{search.pk}/rss/", {"act": "off"})
    assert Client().get(second).status_code == 404


def test_a_saved_search_becomes_a_rule(officer_client: Client) -> None:
    save(officer_client, outlet=["bao-a", "bao-b"], topic=["health"], place=["LG001"], about=["LG"])
    html = officer_client.get("/cau-tim/").content.decode()
    address = re.search(r'href="(/quy-tac/moi/\?[^"]+)"', html)
    assert address
    form = officer_client.get(address.group(1).replace("&amp;", "&")).content.decode()
    assert "(sạt lở) (báo:&quot;bao-a&quot; OR báo:&quot;bao-b&quot;)" in form
    assert re.search(r'name="topics" value="health" checked', form)
    assert re.search(r'name="places" value="LG001" checked', form)


def test_the_list_takes_as_many_queries_for_many_as_for_one(
    officer_client: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(12):
        save(officer_client, f"Câu {number}")
    find(make_article(make_outlet()), "topic", "health")
    with django_assert_max_num_queries(9):  # type: ignore[attr-defined]
        officer_client.get("/cau-tim/")
