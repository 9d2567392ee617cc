"""Webhooks in: signed, fresh, done once; addresses of known outlets only, left to the collector's manners."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from alerts.models import Alert, AlertEvent
from archive.frontier import claim_pages
from archive.models import AuditEntry, Page
from tests.web.api.caller import ROOT, Caller, fields, told
from tests.web.factory import make_article, make_outlet
from web.models import ApiToken

pytestmark = pytest.mark.django_db
URL = "https://bao-lam-giang.example/deo-son-vang-sat-lo-post12.html"
HINT = {"event": "article.hint", "url": URL, "title": "Đèo Sơn Vàng sạt lở"}


@pytest.fixture
def caller() -> Caller:
    make_outlet(article_url=r"^https://bao-lam-giang\.example/.+-post\d+\.html$")
    return Caller("officer", ["webhooks:in"])


def good(response: Any) -> Any:
    assert response.status_code == 200, response.content.decode()
    return response.json()


def test_a_hint_waits_for_the_collector_like_any_other_page(caller: Caller) -> None:
    answer = good(caller.hook(HINT | {"url": URL + "?utm_source=zalo#a"}))
    assert answer["created"] and answer["state"] == "waiting" and answer["url"] == URL
    page = Page.objects.get()
    assert (page.outlet_id, page.found_title, page.visits) == ("bao-lam-giang", "Đèo Sơn Vàng sạt lở", 0)
    now = timezone.now()
    assert [row.pk for row in claim_pages(now, 5, timedelta(minutes=1))] == [page.pk]


def test_a_page_that_is_known_stays_as_it_is(caller: Caller) -> None:
    article = make_article(make_outlet())
    Page.objects.create(
        outlet=article.outlet, url=URL, article=article, found_at=timezone.now(), state="fetched", visits=3
    )
    answer = good(caller.hook(HINT))
    assert not answer["created"] and answer["article"] == article.pk and answer["state"] == "fetched"
    assert Page.objects.get().due_at is None


@pytest.mark.parametrize(
    "url",
    [
        "https://bao-la.example/deo-son-vang-sat-lo-post12.html",
        "https://bao-lam-giang.example.evil.example/a-post1.html",
        "https://bao-lam-giang.example/",
        "https://bao-lam-giang.example/tac-gia/nguyen-van-a",
        "https://bao-lam-giang.example:8443/deo-son-vang-sat-lo-post12.html",
        "http://127.0.0.1/deo-son-vang-sat-lo-post12.html",
        "http://169.254.169.254/latest/meta-data-post1.html",
        "ftp://bao-lam-giang.example/a-post1.html",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "không phải địa chỉ",
        "https://user:pass@127.0.0.1/a-post1.html",
        "https://bao-lam-giang.example/" + "a" * 1990,
        "https://[::1/a-post1.html",
    ],
)
def test_only_articles_of_known_outlets_are_taken(url: str, caller: Caller) -> None:
    assert fields(told(caller.hook(HINT | {"url": url}), 422)) == ["body.url"]
    assert not Page.objects.exists()


def test_an_outlet_that_is_followed_no_more_takes_no_hints(caller: Caller) -> None:
    make_outlet(active=False)
    assert fields(told(caller.hook(HINT), 422)) == ["body.url"]


def test_an_alert_acknowledged_elsewhere_has_the_tokens_owner_as_holder(caller: Caller) -> None:
    now = timezone.now()
    alert = Alert.objects.create(key="k", severity=3, cause={}, fired_at=now, last_fired_at=now)
    answer = good(caller.hook({"event": "alert.acknowledged", "alert": alert.pk}))
    assert answer["state"] == "acknowledged"
    assert AlertEvent.objects.get().by == caller.user
    assert told(caller.hook({"event": "alert.acknowledged", "alert": 999}, "2"), 404)["code"] == "not-found"
    assert AuditEntry.objects.filter(action="alert", person="officer").count() == 1


def test_the_same_delivery_is_done_once_and_answered_alike(caller: Caller) -> None:
    now = timezone.now()
    alert = Alert.objects.create(key="k", severity=3, cause={}, fired_at=now, last_fired_at=now)
    body = {"event": "alert.acknowledged", "alert": alert.pk}
    at = time.time()
    first, replayed, retried = (
        caller.hook(body, "d-1", at),
        caller.hook(body, "d-1", at),
        caller.hook(body, "d-1", at + 3),
    )
    assert first.content == replayed.content == retried.content
    assert replayed["Idempotent-Replayed"] == retried["Idempotent-Replayed"] == "true"
    assert AlertEvent.objects.count() == 1
    assert told(caller.hook(HINT, "d-1"), 422)["code"] == "key-reused"


@pytest.mark.parametrize("off", [-301, 310, -86_400])  # the clock goes on meanwhile
def test_a_stale_or_early_request_is_refused(off: int, caller: Caller) -> None:
    problem = told(caller.hook(HINT, at=time.time() + off), 401)
    assert fields(problem) == ["header.X-DiemBao-Timestamp"] and not Page.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"X_DiemBao_Signature": "sha256=" + "0" * 64},
        {"X_DiemBao_Signature": ""},
        {"X_DiemBao_Signature": "chữ ký".encode().decode("latin-1")},
        {"X_DiemBao_Timestamp": "1"},
        {"X_DiemBao_Timestamp": "²"},
        {"X_DiemBao_Timestamp": ""},
        {"X_DiemBao_Delivery": "khac"},
        {"X_DiemBao_Delivery": ""},
        {"X_DiemBao_Delivery": "x" * 201},
        {"X_DiemBao_Key": "999999"},
        {"X_DiemBao_Key": "x"},
        {"X_DiemBao_Key": ""},
    ],
)
def test_whatever_was_changed_after_signing_breaks_the_signature(
    changed: dict[str, str], caller: Caller
) -> None:
    assert told(caller.hook(HINT, **changed), 401)["code"] == "bad-signature"
    assert not Page.objects.exists()


def test_a_changed_body_breaks_the_signature(caller: Caller) -> None:
    from tests.web.api.caller import signed

    stamp = str(int(time.time()))
    headers = signed(caller.token, b'{"event": "article.hint"}', "1", stamp)
    response = caller.client.generic("POST", f"{ROOT}/webhooks", b"{}", headers=headers)
    assert told(response, 401)["code"] == "bad-signature"


def test_a_bearer_token_does_not_stand_for_a_signature(caller: Caller) -> None:
    response = caller.call("post", "/webhooks", HINT)
    assert told(response, 401)["code"] == "bad-signature"


def test_each_token_has_its_own_key_and_a_revoked_one_signs_nothing(caller: Caller) -> None:
    from web.api.tokens import signing_key

    other = Caller("officer", ["webhooks:in"])
    assert signing_key(other.token) != signing_key(caller.token)
    ApiToken.objects.filter(pk=caller.token.pk).update(revoked_at=timezone.now())
    assert told(caller.hook(HINT), 401)["code"] == "bad-signature"
    assert good(other.hook(HINT))["created"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body"),
        ({"event": "article.delete"}, "body"),
        ({"event": "article.hint"}, "body.url"),
        (HINT | {"fetch_now": True}, "body.fetch_now"),
        (HINT | {"title": "a\x00"}, "body.title"),
        ({"event": "alert.acknowledged", "alert": "1"}, "body.alert"),
    ],
)
def test_a_bad_event_is_refused_naming_the_field(body: object, field: str, caller: Caller) -> None:
    assert fields(told(caller.hook(body), 422)) == [field]
