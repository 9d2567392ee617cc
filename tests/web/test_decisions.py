"""Signals on the pages: both sides, innocent explanations, verdicts with their history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from archive.models import Finding
from cases.decisions import decide
from cases.models import Decision
from cases.signals import change, in_force
from tests.archive.register_maker import draft, person
from tests.web.factory import find, make_article, make_outlet, revise
from tests.web.roles import signed_in

Page = Callable[..., str]
EVIL = "<img src=x onerror=alert(1)>"

pytestmark = pytest.mark.django_db


def signal(phrase: str = "12 hộ", label: str = "S1", **evidence: object) -> Finding:
    return find(make_article(make_outlet()), "signal", label, phrase, evidence=evidence)


def other(kind: str = "roster", **side: object) -> dict[str, object]:
    return {"kind": kind, "text": "vế kia", "ids": [], "source": "Danh bạ", "as_of": "2025-03-01"} | side


def shown(finding: Finding, page: Page) -> str:
    return page(f"/bai/{finding.article_id}/")


def conclude(client: Client, finding: Finding, **data: str) -> object:
    given = {"verdict": "needs-reply", "reason": "đã gọi Sở", "seen": ""} | data
    return client.post(f"/doi-chieu/{finding.pk}/ket-luan/", given)


def test_both_sides_and_why_it_may_be_innocent_stand_beside_each_other(page: Page) -> None:
    html = shown(signal(note="cần đối chiếu", other=other(), innocent=["Số có thể đã cũ."]), page)
    assert '<mark class="signal">12 hộ</mark>' in html
    for words in ("vế kia", "Danh bạ", "01/03/2025", "Có thể không có gì sai", "Số có thể đã cũ.", "90 %"):
        assert words in html


def test_a_register_side_leads_to_the_entry_and_its_document(page: Page) -> None:
    entry = draft()
    html = shown(signal(other=other("register", ids=[str(entry.pk)], text="")), page)
    assert f'href="/so-lieu/muc/{entry.pk}/"' in html
    assert "dân số: 2.486.300 người" in html and "Báo cáo 412/BC-UBND" in html


def test_an_article_side_leads_to_that_article(page: Page) -> None:
    earlier = make_article(make_outlet("bao-khac", "Báo Khác"), "Bài trước đó")
    html = shown(signal(other=other("article", ids=[str(earlier.pk)])), page)
    assert f'href="/bai/{earlier.pk}/">Bài trước đó</a>' in html


def test_another_place_of_the_same_article_is_quoted_with_its_span(page: Page) -> None:
    span = {"field": "text", "start": 0, "end": 9, "text": "Sáng 24/1"}
    html = shown(signal(other=other("same-article", span=span)), page)
    assert '<mark class="signal">Sáng 24/1</mark>' in html


def test_companions_are_shown_with_the_finding_they_came_with(page: Page) -> None:
    note = {"signal": "S6", "article_span": {"field": "text", "start": 0, "end": 4, "text": "Sáng"}}
    html = shown(signal(other=other(), attached=[note]), page)
    assert "Kèm theo" in html and "Cách viết giật gân" in html


@pytest.mark.parametrize(
    "evidence",
    [
        {},
        {"other": None},
        {"other": "chữ"},
        {"other": {"kind": 7, "ids": 5, "span": "x", "text": None}},
        {"other": {"kind": "register", "ids": ["999"]}},
        {"other": {"kind": "register", "ids": ["²"]}},
        {"other": {"kind": "article", "ids": ["x", "9" * 40]}},
        {"other": {"url": "javascript:alert(1)"}},
        {"attached": [3, {"signal": None}], "innocent": {"a": 1}},
        {"verdict": "agrees", "stated_value": [1, 2], "register_value": "x/y"},
    ],
)
def test_evidence_of_another_shape_is_shown_as_far_as_it_goes(
    page: Page, evidence: dict[str, object]
) -> None:
    html = shown(signal(**evidence), page)
    assert "Cần đối chiếu" in html and 'href="javascript:' not in html


def test_evidence_that_is_no_object_at_all_is_no_error(page: Page) -> None:
    finding = signal()
    Finding.objects.update(evidence=["x"], score=7.0)
    assert "100 %" in shown(finding, page)


def test_what_detectors_and_officers_write_stays_text(page: Page) -> None:
    finding = signal(other=other(text=EVIL, source=EVIL, document=EVIL, url=EVIL), innocent=[EVIL], x=EVIL)
    decide(finding.pk, "needs-reply", EVIL, by=person(EVIL[:20]), now=timezone.now(), seen=None)
    assert "<img src=x" not in shown(finding, page) + page("/doi-chieu/?status=decided")


def test_a_verdict_is_written_with_its_reason_and_leads_back_to_the_signal() -> None:
    officer, finding = signed_in("officer"), signal()
    response = conclude(officer, finding)
    assert response["Location"] == f"/bai/{finding.article_id}/#dau-hieu-{finding.pk}"
    html = officer.get(f"/bai/{finding.article_id}/").content.decode()
    assert "đã gọi Sở" in html and "Cần phản hồi" in html


@pytest.mark.parametrize(
    "data", [{"reason": " "}, {"verdict": ""}, {"verdict": "sai"}, {"reason": "x" * 2001}]
)
def test_a_verdict_that_is_incomplete_is_asked_for_again_with_what_was_typed(data: dict[str, str]) -> None:
    finding = signal()
    response = conclude(signed_in("officer"), finding, **data)
    html = response.content.decode()
    assert response.status_code == 409 and 'role="alert"' in html
    assert (data.get("reason") or "đã gọi Sở").strip() in html
    assert not Decision.objects.exists()


def test_who_decides_after_somebody_else_is_shown_that_verdict_first() -> None:
    finding = signal()
    conclude(signed_in("approver"), finding, verdict="false-alarm", reason="bài nói năm khác")
    late = conclude(signed_in("officer"), finding, reason="điều tôi viết")
    html = late.content.decode()
    assert late.status_code == 409
    for words in ("Vừa có người khác kết luận", "bài nói năm khác", "điều tôi viết"):
        assert words in html
    seen = str(Decision.objects.get().pk)
    assert conclude(signed_in("officer"), finding, seen=seen).status_code == 302
    html = signed_in("officer").get(f"/bai/{finding.article_id}/").content.decode()
    assert "đã được kết luận lại" in html and "bài nói năm khác" in html


@pytest.mark.parametrize("seen", ["x", "-1", "9" * 30, "²"])
def test_a_form_that_was_tampered_with_is_no_error(seen: str) -> None:
    finding = signal()
    assert conclude(signed_in("officer"), finding, seen=seen).status_code in (302, 409)


def test_a_finding_that_is_no_signal_cannot_be_decided() -> None:
    topic = find(make_article(make_outlet()), "topic", "minerals")
    assert conclude(signed_in("officer"), topic).status_code == 404


def test_a_decided_signal_of_an_older_version_still_shows_its_words(page: Page) -> None:
    finding = signal()
    decide(finding.pk, "needs-reply", "x", by=person("lan"), now=timezone.now(), seen=None)
    revise(finding.article, text="Bài đã viết lại hoàn toàn, không còn số nào.")
    assert '<mark class="signal">12 hộ</mark>' in shown(finding, page)


def test_the_list_keeps_what_waits_apart_from_what_was_decided(page: Page) -> None:
    waiting, done = signal(), signal(label="S9")
    first = decide(done.pk, "false-alarm", "lý do đầu", by=person("lan"), now=timezone.now(), seen=None)
    decide(done.pk, "needs-reply", "lý do sau", by=person("minh"), now=timezone.now(), seen=first.pk)
    html = page("/doi-chieu/")
    assert f"#dau-hieu-{waiting.pk}" in html and f"#dau-hieu-{done.pk}" not in html
    html = page("/doi-chieu/?status=needs-reply")
    assert "lý do đầu" in html and "lý do sau" in html and "đã được kết luận lại" in html
    assert "Chưa có kết luận nào như vậy" in page("/doi-chieu/?status=decided&signal=S1")


@pytest.mark.parametrize("query", ["status=x", "signal=x", "page=x", "status=open&signal=S1&page=99"])
def test_an_address_that_means_nothing_shows_what_waits(page: Page, query: str) -> None:
    finding = signal()
    assert f"#dau-hieu-{finding.pk}" in page(f"/doi-chieu/?{query}")


def test_precision_counts_overturned_and_never_names_an_outlet(page: Page) -> None:
    assert "Chưa có kết luận nào" in page("/do-chinh-xac/")
    finding = signal()
    now = timezone.now()
    first = decide(finding.pk, "false-alarm", "x", by=person("lan"), now=now - timedelta(days=8), seen=None)
    decide(finding.pk, "needs-reply", "x", by=person("minh"), now=now, seen=first.pk)
    html = page("/do-chinh-xac/")
    assert "1 trên 1 kết luận" in html and "21\u00a0% – 100\u00a0%" in html and "còn ít" in html
    assert "Báo Lam Giang" not in html
    assert "Chưa có kết luận nào" in page("/do-chinh-xac/?signal=S9")
    assert "1 trên 1 kết luận" in page("/do-chinh-xac/?signal=x")


def test_an_administrator_switches_a_signal_off_with_the_reason_on_record() -> None:
    admin = signed_in("admin")
    assert admin.post("/dau-hieu/S6/", {"threshold": "0", "reason": "báo nhầm nhiều"}).status_code == 302
    assert not in_force()["S6"].enabled
    html = admin.get("/dau-hieu/").content.decode()
    assert "đã tắt" in html and "báo nhầm nhiều" in html


def test_a_threshold_that_may_be_lowered_is_proposed_with_what_is_not_known() -> None:
    change("S1", enabled=True, threshold=0.9, by=None, now=timezone.now(), reason="thử")
    for _ in range(40):
        decide(signal().pk, "needs-reply", "x", by=person("lan"), now=timezone.now(), seen=None)
    html = signed_in("admin").get("/dau-hieu/").content.decode()
    assert "Đề xuất ngưỡng 0,85: giữ 40, đúng 100" in html
    assert "chưa có kết luận nào, hãy xem lại sau khi hạ" in html


@pytest.mark.parametrize(
    "signal, data, status",
    [
        ("S1", {"threshold": "x", "reason": "x"}, 409),
        ("S1", {"threshold": "2", "reason": "x"}, 409),
        ("S1", {"threshold": "0.5", "reason": ""}, 409),
        ("S11", {"threshold": "0.5", "reason": "x"}, 404),
    ],
)
def test_a_setting_that_cannot_be_changes_nothing(signal: str, data: dict[str, str], status: int) -> None:
    before = in_force()
    response = signed_in("admin").post(f"/dau-hieu/{signal}/", data)
    assert response.status_code == status
    assert in_force() == before


def test_the_number_of_queries_does_not_grow(
    browser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    article = make_article(make_outlet())
    for number in range(20):
        entry = draft(indicator=f"chỉ tiêu {number}")
        evidence = {"other": other(("register", "article")[number % 2], ids=[str(entry.pk)])}
        finding = find(article, "signal", "S1", "12 hộ", evidence=evidence)
        decide(finding.pk, "needs-reply", "x", by=person(f"nguoi-{number}"), now=timezone.now(), seen=None)
    with django_assert_max_num_queries(16):
        browser_client.get(f"/bai/{article.pk}/")
    with django_assert_max_num_queries(16):
        browser_client.get("/doi-chieu/?status=decided")
    with django_assert_max_num_queries(8):
        browser_client.get("/do-chinh-xac/")
